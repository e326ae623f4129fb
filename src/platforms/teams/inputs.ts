import type { Field, Form } from '../../form.ts';
import { printable, shorten } from '../printable.ts';
import { leaf } from './escape.ts';
import { most } from './limits.ts';
import { paragraph, run } from './runs.ts';

/** The questions of a form, each with its hint below it. A picker of people gives back the Entra id of one. */
export function inputs({ fields }: Form): object[] {
  return fields.flatMap((field) => [
    {
      ...question(field),
      id: field.name,
      label: shorten(leaf(field.label), most.label),
      spacing: 'Medium',
      ...(!field.optional && { isRequired: true, errorMessage: 'This one is needed.' }),
    },
    ...(field.hint ? [paragraph([run(shorten(field.hint, most.asked), { isSubtle: true })], 'None')] : []),
  ]);
}

function question({ kind, initial, options = [], long }: Field): object {
  if (kind === 'choice') {
    const choices = options.map(({ label, value }) => ({ title: shorten(leaf(label), most.label), value }));
    const known = choices.some(({ value }) => value === initial);
    return { type: 'Input.ChoiceSet', style: 'compact', choices, ...(known && { value: initial }) };
  }
  if (kind === 'person') {
    const [, id, name] = /^<@([^<>|]+)(?:\|([^<>]*))?>$/.exec(initial ?? '') ?? [];
    return {
      type: 'Input.ChoiceSet',
      choices: id ? [{ title: shorten(leaf(name || id), most.label), value: id }] : [],
      'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users' },
      ...(id && { value: id }),
    };
  }
  const value = initial && printable(initial);
  return { type: 'Input.Text', isMultiline: kind === 'text' && long === true, ...(value && { value }) };
}
