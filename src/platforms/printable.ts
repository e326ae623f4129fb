// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is removed here
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text without terminal escapes, control characters and changes of the writing direction; line ends and tabs stay. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '').toWellFormed();
}

/** The beginning of a text that is too long, with a visible mark; a text that fits as it is. */
export function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
