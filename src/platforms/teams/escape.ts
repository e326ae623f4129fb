import type { Person } from '../../request.ts';
import { printable, shorten } from '../printable.ts';
import { most } from './limits.ts';

/** An id that Teams can call: of a user, of a bot, or of Microsoft Entra. */
const CALLABLE = /^(?:2[89]:[\w.:+/=-]{1,200}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** Whether Teams can call somebody: it refuses a card that calls what it does not know. */
export const isCallable = ({ id }: Person): boolean => CALLABLE.test(id);

/**
 * A name as it can stand within `<at>`, where Teams reads Markdown and markup: whatever could be either is a blank.
 * @example nameInMention({ id: '29:1', name: 'O’Neill </at><b>' }) // 'O’Neill at b'
 */
export function nameInMention({ name }: Person): string {
  const plain = printable(name).replace(/[^\p{L}\p{M}\p{N}.,'’-]+/gu, ' ');
  return shorten(plain.trim(), most.name) || 'somebody';
}

/** Text of a run, which Teams shows to the letter but for dates in its own notation; never empty, since phones refuse that. */
export function leaf(text: string): string {
  return printable(text).replace(/\{\{(?=(?:DATE|TIME)\()/g, '{\u2060{') || '\u00a0';
}

/** A line of code whose blanks stay as wide as they are: a client joins those that are beside each other. */
export function codeLine(line: string): string {
  const expanded = printable(line).replaceAll('\t', '    ');
  return leaf(expanded.replace(/^ +| {2,}/g, (blanks) => '\u00a0'.repeat(blanks.length)));
}
