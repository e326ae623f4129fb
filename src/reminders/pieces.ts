import { UserError } from '../errors.ts';
import type { Person } from '../request.ts';
import { clip } from '../tokens.ts';

// A person, quoted text, or a word; no part of one alternative can take what ends it, so a text is read once.
const PIECES = /<@[^<>|\s]+(?:\|[^<>]*)?>|“[^“”]*”|"[^"]*"|[“”"][^“”"]*[“”"]|\S+/g;
const PERSON = /^<@([^<>|\s]{1,200})(?:\|([^<>]*))?>$/;
const QUOTED = /^[“”"].*[“”"]$/s;
const NAMED_PERSON = /<@[^<>|\s]+\|([^<>]+)>/g;
const LONGEST_NAME = 200;

/** A part of what was typed; `word` is the same for comparing, and empty for a person and for quoted text. */
export type Piece = { text: string; word: string };

/** Splits what was typed behind a verb into people, quoted texts and words. A comma or semicolon by itself is none. */
export function pieces(words: string): Piece[] {
  const found = (words.match(PIECES) ?? []).filter((text) => text !== ',' && text !== ';');
  return found.map((text) => ({ text, word: /^(?:[“”"]|<@)/.test(text) ? '' : bare(text).toLowerCase() }));
}

/** The pieces as one line. */
export const joined = (all: readonly Piece[]): string => all.map(({ text }) => text).join(' ');

const bare = (text: string) => text.replace(/[,;:]$/, '');

export const isQuoted = (piece: Piece | undefined): boolean => piece !== undefined && QUOTED.test(piece.text);

/**
 * Words of somebody’s own as they are kept: one line, straight quotation marks inside, people by their names.
 * @throws UserError when they are empty or longer than `most` characters
 */
export function kept(text: string, most: number, label: string): string {
  const named = text.replace(NAMED_PERSON, '@$1').replace(/[“”]/g, '"').replace(/\s+/g, ' ').trim();
  if (named.length > most) throw new UserError(`The ${label} is too long: please use at most ${most} characters.`);
  const tame = clip(named, most);
  if (tame === '') throw new UserError(`The ${label} is empty: please put something between the quotation marks.`);
  return tame;
}

/** The text of a piece, kept: what stands between its quotation marks, or the word. @throws as `kept` does */
export function textOf(piece: Piece, most: number, label: string): string {
  return kept(isQuoted(piece) ? piece.text.slice(1, -1) : bare(piece.text), most, label);
}

/** Kept text in quotation marks, as `pieces` and `textOf` read it back. */
export function quoted(text: string): string {
  const inner = text.replace(/[“”]/g, '"');
  return inner.includes('"') ? `“${inner}”` : `"${inner}"`;
}

/** Who is meant by “me”, and whether `@name` is enough, where people have no ids, as in a terminal. */
export type Naming = { user?: Person; plainNames?: boolean };

/**
 * The person that a piece names.
 * @throws UserError when it names nobody
 */
export function personOf(piece: Piece | undefined, lead: string, { plainNames = false, user }: Naming): Person {
  if (user && /^@?me$/.test(piece?.word ?? '')) return user;
  const [, id, name = ''] = PERSON.exec(piece?.text ?? '') ?? [];
  if (id) return { id, name: clip(name.trim(), LONGEST_NAME - 1) };
  const said = piece ? clip(piece.text.replace(/^@/, '')) : '';
  if (said === '') throw new UserError(`“${lead}” needs a person behind it, as in “${lead} @name”.`);
  const plain = said.replace(/[<>|"“”\s]/g, '');
  if (plainNames && plain) return { id: plain, name: plain };
  throw new UserError(`I don’t know who “@${said}” is: pick them from the list that appears when you type @.`);
}

/** A person as `personOf` reads them back. */
export function mention({ id, name }: Person): string {
  const plain = name.replace(/[<>]/g, '');
  return plain ? `<@${id}|${plain}>` : `<@${id}>`;
}
