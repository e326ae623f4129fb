/**
 * One question of a form. `text` is free text and becomes a quoted word of the command; `words` go in as they are typed;
 * a `choice` gives the `value` of one of its options; a `person` gives `<@ID>`.
 */
export type Field = {
  name: string;
  label: string;
  kind: 'text' | 'words' | 'choice' | 'person';
  /** The word of the command that stands before the value: `for`, `owner`. */
  lead?: string;
  hint?: string;
  initial?: string;
  options?: { label: string; value: string }[];
  optional?: boolean;
  /** More than one line may be typed. */
  long?: boolean;
};

/** Questions whose answers complete a command: `ask`, then each value that was given, in the order of the fields. */
export type Form = { title: string; submit: string; ask: string; fields: Field[] };

/** As much of a form as its answers need. */
export type Fillable = { ask: string; fields: Pick<Field, 'name' | 'kind' | 'lead'>[] };

/**
 * The text that a filled form asks, exactly as if the person had typed it.
 * @param values by the name of the field; what is missing or blank is left out
 * @example filled({ title: 'Problem', submit: 'Send', ask: '/reminder problem 3', fields: [{ name: 'note', label: 'What is wrong?', kind: 'text' }] }, { note: 'No "space"' }) // `/reminder problem 3 "No 'space'"`
 */
export function filled({ ask, fields }: Fillable, values: Readonly<Record<string, string>>): string {
  const parts = fields.flatMap(({ name, kind, lead }) => {
    const value = (values[name] ?? '').trim();
    if (value === '') return [];
    // Inside quotation marks there can be none.
    const word = kind === 'text' ? `"${value.replace(/["“”]/g, "'")}"` : value;
    return [lead ? `${lead} ${word}` : word];
  });
  return [ask, ...parts].join(' ');
}
