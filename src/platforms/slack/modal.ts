import type { types, ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import { type Field, type Form, filled } from '../../form.ts';
import { shorten } from '../printable.ts';
import { leaf, most } from './limits.ts';

/** The name of our forms among all views of Slack. */
export const FORM = 'form';
/** A block holds one element, so that the block alone needs a name of its own. */
const VALUE = 'value';

/** What a modal carries, since Slack gives back what was filled in and not what was asked. */
const carried = z.object({
  channel: z.string(),
  ask: z.string(),
  fields: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['text', 'words', 'choice', 'person']),
      lead: z.string().exactOptional(),
    }),
  ),
});

/** A form as a modal of Slack’s, which is to be asked in a channel. Slack refuses one that carries too much. */
export function modalOf({ title, submit, ask, fields }: Form, channel: string): types.ModalView {
  const kept: z.infer<typeof carried> = {
    channel,
    ask,
    fields: fields.map(({ name, kind, lead }) => ({ name, kind, ...(lead && { lead }) })),
  };
  return {
    type: 'modal',
    callback_id: FORM,
    title: plainText(title, most.title),
    submit: plainText(submit, most.title),
    close: plainText('Cancel', most.title),
    private_metadata: JSON.stringify(kept),
    blocks: fields.map((field) => ({
      type: 'input',
      block_id: field.name,
      label: plainText(field.label, most.question),
      ...(field.hint && { hint: plainText(field.hint, most.question) }),
      optional: field.optional ?? false,
      element: elementOf(field),
    })),
  };
}

function elementOf({ kind, initial, options = [], long = false }: Field): types.InputBlock['element'] {
  if (kind === 'choice') {
    const all = options.map(({ label, value }) => ({ text: plainText(label, most.label), value }));
    const first = all.find(({ value }) => value === initial);
    return { type: 'static_select', action_id: VALUE, options: all, ...(first && { initial_option: first }) };
  }
  if (kind === 'person') {
    const [user] = /[UW][A-Z0-9]+/.exec(initial ?? '') ?? [];
    return { type: 'users_select', action_id: VALUE, ...(user && { initial_user: user }) };
  }
  const multiline = kind === 'text' && long;
  return { type: 'plain_text_input', action_id: VALUE, multiline, ...(initial && { initial_value: initial }) };
}

function plainText(text: string, length: number): types.PlainTextElement {
  return { type: 'plain_text', text: shorten(leaf(text), length), emoji: false };
}

/** What a submitted modal asks, where, and how it says what is wrong with it. */
export function submitted({ private_metadata, state }: Pick<ViewOutput, 'private_metadata' | 'state'>) {
  const { channel, ...form } = carried.parse(JSON.parse(private_metadata));
  const values = Object.fromEntries(
    form.fields.map(({ name }) => {
      const { value, selected_option, selected_user } = state.values[name]?.[VALUE] ?? {};
      return [name, value ?? selected_option?.value ?? (selected_user ? `<@${selected_user}>` : '')];
    }),
  );

  /** The field that a sentence is about: one whose value it says back, else the first that is read word by word. */
  function blamed(sentence: string): string | undefined {
    const quoted = [...sentence.matchAll(/“([^”]+)”/g)].map(([, said = '']) => said.replace(/…$/, '').toLowerCase());
    for (const said of quoted) {
      const field = form.fields.find(({ name }) => values[name]?.toLowerCase().includes(said));
      if (field) return field.name;
    }
    return (form.fields.find(({ kind }) => kind === 'words') ?? form.fields[0])?.name;
  }

  return {
    channel,
    text: filled(form, values),
    errors: (sentence: string): Record<string, string> => {
      const field = blamed(sentence);
      return field ? { [field]: shorten(sentence, most.error) } : {};
    },
  };
}
