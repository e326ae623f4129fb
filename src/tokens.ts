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

const DIGITS = /^\d+$/;
const THOUSANDS = /^\d{1,3}(,\d{3})+$/;
const LIST = /^\d+([,;/+]\d+)+$/;
const NUMBER_AND_UNIT = /^(\d[\d,]*)-?([a-z][a-z-]*)$/i;
const ASSIGNMENT = /^([a-z][a-z-]+)[=:](.*)$/i;
const NUMBER_LIKE = /^[-+−–.]?\d/;
// A quoted value, or a run of anything that is not white space.
const WORD = /"([^"]*)"|“([^”]*)”|(\S+)/g;

const SMALL = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, value) => [word, value]),
);
const TENS = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').map((w, i) => [w, 20 + i * 10]),
);
const TIMES = new Map([
  ['dozen', 12],
  ['hundred', 100],
  ['thousand', 1000],
]);
const ALONE = new Map([
  ['single', 1],
  ['dual', 2],
  ['twin', 2],
  ['quad', 4],
]);

/**
 * Splits a request into words: `hosts=2`, `hosts: 2`, `200-host`, `"quoted values"`, trailing punctuation dropped.
 * @param isUnit tells whether a word is a unit, so that `200-host` is split and `R2-D2` is not
 */
export function tokens(text: string, isUnit: (word: string) => boolean): Token[] {
  const found: Token[] = [];
  for (const match of text.matchAll(WORD)) {
    const quoted = match[1] ?? match[2];
    if (quoted === undefined) found.push(...split(match[3] ?? '', isUnit));
    else found.push({ text: quoted, word: quoted.toLowerCase(), quoted: true });
  }
  return found;
}

function split(piece: string, isUnit: (word: string) => boolean): Token[] {
  const comma = piece.endsWith(',') && piece.length > 1;
  const text = piece.replace(/^[([{]+/, '').replace(/[)\]},;!?]+$|(?<=\w)\.+$/g, '');
  if (text === '') return /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(piece) ? [token(piece)] : [];
  const assignment = ASSIGNMENT.exec(text);
  if (assignment?.[1] && !text.includes('\\')) {
    const key: Token = { ...token(assignment[1]), gives: true };
    return assignment[2] ? [key, ...split(assignment[2] + (comma ? ',' : ''), isUnit)] : [key];
  }
  const joined = NUMBER_AND_UNIT.exec(text);
  if (joined?.[1] && joined[2] && isUnit(joined[2].toLowerCase())) return [token(joined[1]), token(joined[2])];
  return [comma ? { ...token(text), comma: true } : token(text)];
}

function token(text: string): Token {
  return { text, word: text.toLowerCase() };
}

/** A whole number at a position: its value, or undefined when it is written in a way that is not accepted. */
export type NumberRead = { values: number[] | undefined; length: number };

/**
 * Reads a number, or a list of numbers, at a position: `2`, `1,000`, `two`, `a dozen`, `one hundred and fifty`, `dual`,
 * `16,16,32`. Anything else that starts like a number (`-3`, `1e9`, `2.5`) is found, with no value.
 */
export function numberAt(all: Token[], at: number): NumberRead | undefined {
  const first = all[at];
  if (!first || first.quoted) return undefined;
  const plain = digits(first.word);
  if (plain !== undefined) return listFrom(all, at, plain);
  if (LIST.test(first.word)) return { values: first.word.split(/[,;/+]/).map(Number), length: 1 };
  if (NUMBER_LIKE.test(first.word)) return { values: undefined, length: 1 };
  return spelled(all, at);
}

function digits(word: string): number | undefined {
  if (DIGITS.test(word)) return Number(word);
  return THOUSANDS.test(word) ? Number(word.replaceAll(',', '')) : undefined;
}

/** `16, 16, 32` and `16, 16 and 32` are lists; `2 hosts, 8 vms` is not, since a word stands between. */
function listFrom(all: Token[], at: number, first: number): NumberRead {
  const values = [first];
  let length = 1;
  while (all[at + length - 1]?.comma || all[at + length]?.word === 'and') {
    const skip = all[at + length]?.word === 'and' ? 1 : 0;
    const next = digits(all[at + length + skip]?.word ?? '');
    if (next === undefined || (skip === 1 && values.length === 1)) break;
    values.push(next);
    length += 1 + skip;
  }
  return { values, length };
}

function spelled(all: Token[], at: number): NumberRead | undefined {
  const alone = ALONE.get(all[at]?.word ?? '');
  if (alone !== undefined) return { values: [alone], length: 1 };
  let total = 0;
  let length = 0;
  for (;;) {
    const word = all[at + length]?.word ?? '';
    const value = spelledValue(word);
    const times = TIMES.get(word);
    const joins = word === 'and' && total >= 100 && spelledValue(all[at + length + 1]?.word ?? '') !== undefined;
    if (value !== undefined) total += value;
    else if (times !== undefined) total = Math.max(1, total) * times;
    else if (!joins) break;
    length += 1;
  }
  return length === 0 ? undefined : { values: [total], length };
}

function spelledValue(word: string): number | undefined {
  const [tens, ones] = word.split('-', 2);
  if (tens && ones && TENS.has(tens) && SMALL.has(ones)) return (TENS.get(tens) ?? 0) + (SMALL.get(ones) ?? 0);
  return SMALL.get(word) ?? TENS.get(word);
}

/** What somebody typed, short enough to be said back. */
export function clip(text: string, most = 40): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most).join('')}…`;
}
