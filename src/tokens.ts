/** One word of a request. `text` is the word as typed, `word` the same for comparing. */
export type Token = {
  text: string;
  word: string;
  /** The word ended in `=` or `:`, as in `hosts=2`: its value follows. */
  gives?: true;
  /** A comma followed: `16, 16, 32` is a list. */
  comma?: true;
  /** The word stood in quotation marks: it is a value, never a keyword. */
  quoted?: true;
};

// Every pattern here reads a text once: no two neighbouring parts of one can take the same letter.
const QUOTATION_MARKS = /["“”]/;
// A comma between digits belongs to its word, as in `1,000` and `16,16,32`; any other stands for itself.
const PIECES = /(?:[^\s,]|(?<=\d),(?=\d))+|,/g;
// `path:D:\VMs` gives a value, `HKLM:\SYSTEM` and `https://…` do not.
const ASSIGNMENT = /^([a-z][a-z-]+)(?:=|:(?![\\/]))(.*)$/i;
const LEADING_DIGITS = /^\d[\d,]*/;
const DIGITS = /^\d+$/;
const THOUSANDS = /^\d{1,3}(?:,\d{3})+$/;
const LIST = /^[1-9]\d*(?:[,;/+][1-9]\d*)+$/;
const NUMBER_LIKE = /^[-+−–.]?\p{N}/u;
const OPENING = '([{';
const CLOSING = ')]};!?.';
const LONGEST_LIST = 64;

/**
 * Splits a request into words: `hosts=2`, `hosts: 2`, `200-host`, `"quoted values"`, trailing punctuation dropped.
 * A quotation mark that is never closed is a letter like any other.
 * @param isUnit tells whether a word is a unit, so that `200-host` is split and `R2-D2` is not
 */
export function tokens(text: string, isUnit: (word: string) => boolean): Token[] {
  const found: Token[] = [];
  const parts = text.split(QUOTATION_MARKS);
  if (parts.length % 2 === 0) parts.splice(-2, 2, parts.slice(-2).join('"'));
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1) found.push({ ...token(part), quoted: true });
    else for (const piece of part.match(PIECES) ?? []) take(piece, found, isUnit);
  }
  return found;
}

function take(piece: string, found: Token[], isUnit: (word: string) => boolean) {
  const last = found.at(-1);
  if (piece === ',' && last && !last.comma) last.comma = true;
  else if (/^[=:]/.test(piece) && last && !last.gives) {
    last.gives = true;
    if (piece.length > 1) found.push(...split(piece.slice(1), isUnit));
  } else found.push(...split(piece, isUnit));
}

function split(piece: string, isUnit: (word: string) => boolean): Token[] {
  const text = trimmed(piece);
  const [, key, value = text] = ASSIGNMENT.exec(text) ?? [];
  const found: Token[] = key === undefined ? [] : [{ ...token(key), gives: true }];
  if (value !== '') found.push(...numberAndUnit(value, isUnit).map(token));
  return found;
}

/** The piece without the punctuation around it, or all of it where it is nothing else. */
function trimmed(piece: string): string {
  let from = 0;
  let to = piece.length;
  while (from < to && OPENING.includes(piece.charAt(from))) from += 1;
  while (to > from && CLOSING.includes(piece.charAt(to - 1))) to -= 1;
  return from < to ? piece.slice(from, to) : piece;
}

/** `8vms`, `200-host` and `two-node` are a number and its unit; anything else is one word. */
function numberAndUnit(text: string, isUnit: (word: string) => boolean): string[] {
  const hyphen = text.lastIndexOf('-');
  const number = hyphen > 0 ? text.slice(0, hyphen) : (LEADING_DIGITS.exec(text)?.[0] ?? '');
  const unit = text.slice(hyphen > 0 ? hyphen + 1 : number.length);
  return isUnit(unit.toLowerCase()) && numberAt([token(number)], 0)?.values ? [number, unit] : [text];
}

function token(text: string): Token {
  return { text, word: text.toLowerCase() };
}

/** The whole numbers at a position, or no values when they are written in a way that is not accepted. */
export type NumberRead = { values: number[] | undefined; length: number };

/**
 * Reads a number at a position: `2`, `1,000`, `two`, `2 dozen`, `one hundred and fifty`, `dual`; or one word that is a
 * list, `16,16,32`. Anything else that starts like a number (`-3`, `1e9`, `2.5`) is found, with no values.
 */
export function numberAt(all: readonly Token[], at: number): NumberRead | undefined {
  const first = all[at];
  if (!first || first.quoted) return undefined;
  if (DIGITS.test(first.word) || THOUSANDS.test(first.word)) {
    const times = TIMES.get(all[at + 1]?.word ?? '');
    const value = Number(first.word.replaceAll(',', ''));
    return { values: [value * (times ?? 1)], length: times ? 2 : 1 };
  }
  if (LIST.test(first.word)) return { values: first.word.split(/[,;/+]/).map(Number), length: 1 };
  if (NUMBER_LIKE.test(first.word)) return { values: undefined, length: 1 };
  return spelled(all, at);
}

/**
 * Reads two numbers or more: `16,32`, `16 and 32`, `16, 16, 32`, `16, 16 and 32`. At most 64, one for each node.
 * A comma and a blank between two numbers do not make a list: `3, 16 cores` may well be two things.
 */
export function listAt(all: readonly Token[], at: number): { values: number[]; length: number } | undefined {
  const values: number[] = [];
  let end = at;
  let sure = false;
  for (let next = at; ; next = all[end]?.word === 'and' ? end + 1 : end) {
    const joined = next === at || next > end || all[end - 1]?.comma;
    const number = joined && values.length < LONGEST_LIST ? numberAt(all, next) : undefined;
    if (!number?.values) break;
    sure ||= next > end || number.values.length > 1;
    values.push(...number.values);
    end = next + number.length;
  }
  return values.length > 2 || sure ? { values, length: end - at } : undefined;
}

const ONES =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
/** The numbers from 1 to 99 that are one word. */
const SPELLED = new Map([
  ...ONES.map((word, i) => [word, i + 1] as const),
  ...TENS.map((word, i) => [word, 20 + i * 10] as const),
  ...TENS.flatMap((ten, i) => ONES.slice(0, 9).map((one, j) => [`${ten}-${one}`, 21 + i * 10 + j] as const)),
]);
const TIMES = new Map(Object.entries({ dozen: 12, hundred: 100, thousand: 1000 }));
/** Words that are a number by themselves and join no other. */
const ALONE = new Map(Object.entries({ zero: 0, single: 1, dual: 2, twin: 2, quad: 4 }));

/** A number in words: `two`, `a dozen`, `one thousand two hundred and fifty`. It ends where the next word would not add. */
function spelled(all: readonly Token[], at: number): NumberRead | undefined {
  const wordAt = (position: number) => all[position]?.word ?? '';
  const alone = ALONE.get(wordAt(at));
  if (alone !== undefined) return { values: [alone], length: 1 };
  const half = ['half dozen', 'half a dozen'].find((words) =>
    words.split(' ').every((word, i) => wordAt(at + i) === word),
  );
  if (half) return { values: [6], length: half.split(' ').length };
  let thousands = 0;
  let below = 0;
  let end = at;
  for (; ; end += 1) {
    const word = wordAt(end);
    const value = SPELLED.get(word);
    if (value !== undefined && value < room(below)) below += value;
    else if (word === 'dozen' && thousands === 0 && below < 100)
      return { values: [(below || 1) * 12], length: end + 1 - at };
    else if (word === 'hundred' && below < 100) below = (below || 1) * 100;
    else if (word === 'thousand' && thousands === 0) {
      thousands = (below || 1) * 1000;
      below = 0;
    } else if (word !== 'and' || end === at || below % 100 > 0 || !SPELLED.has(wordAt(end + 1))) break;
  }
  return end === at ? undefined : { values: [thousands + below], length: end - at };
}

/** What may still be added to a spelled number has to be smaller than this. */
function room(below: number): number {
  if (below % 100 === 0) return 100;
  return below % 10 === 0 && below % 100 >= 20 ? 10 : 0;
}

// Letters that are not seen, or that turn the direction of the text around them.
const UNSEEN = /[\p{Cc}\p{Bidi_Control}]/gu;

/** What somebody typed, short enough and tame enough to be said back: one line, well-formed, at most `most` characters. */
export function clip(text: string, most = 40): string {
  const letters = [...text.toWellFormed().replace(/\s/g, ' ').replace(UNSEEN, '\u{fffd}')];
  return letters.length <= most ? letters.join('') : `${letters.slice(0, most).join('')}…`;
}

/** So many words from a place on, in small letters. */
export function wordsAt(all: readonly Token[], from: number, count = 1): string {
  let words = all[from]?.word ?? '';
  for (let at = from + 1; at < from + count; at += 1) words += ` ${all[at]?.word ?? ''}`;
  return words;
}
