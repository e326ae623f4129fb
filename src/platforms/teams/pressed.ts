import { z } from 'zod';
import { type Form, filled } from '../../form.ts';

/** Characters of a text, more than the bot reads. */
const LONGEST = 5000;

const text = z.string().max(LONGEST);
const name = z.string().min(1).max(100);
const field = z.object({
  name,
  label: text,
  kind: z.enum(['text', 'words', 'choice', 'person']),
  lead: name.exactOptional(),
  hint: text.exactOptional(),
  options: z
    .array(z.object({ label: text, value: text }))
    .max(100)
    .exactOptional(),
  optional: z.boolean().exactOptional(),
  long: z.boolean().exactOptional(),
});
/** `Pressed` of message.ts. Whoever can press can send anything, so that it is only ever a text they could have typed. */
const pressed = z.looseObject({
  ask: text.optional(),
  form: z.object({ title: text, submit: text, ask: text, fields: z.array(field).max(50) }).optional(),
});

/** What somebody pressed: the text it asks, and the form that it comes from, as it was filled in. */
export type Press = { text: string; form?: Form };

/** The press in what a card sent back; undefined for what no card of ours sends. */
export function pressOf(sent: unknown): Press | undefined {
  const { data } = pressed.safeParse(sent);
  if (!data?.form) return data?.ask ? { text: data.ask } : undefined;
  const { form } = data;
  const values = Object.fromEntries(
    form.fields.map(({ name, kind }) => {
      const value = Object.hasOwn(data, name) ? data[name] : '';
      const typed = typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, LONGEST) : '';
      return [name, kind === 'person' ? person(typed) : typed];
    }),
  );
  const fields = form.fields.map((one) => ({ ...one, initial: values[one.name] ?? '' }));
  return { text: filled(form, values), form: { ...form, fields } };
}

/** A picker gives ids; where several can be picked, with commas between. What is no id stays as it was typed. */
function person(picked: string): string {
  const [first = ''] = picked.split(',');
  return /^[^<>|\s]{1,200}$/.test(first) ? `<@${first}>` : picked;
}
