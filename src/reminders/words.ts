import { UserError } from '../errors.ts';
import { clip, numberAt, tokens } from '../tokens.ts';
import { zoneNamed } from './clock.ts';

const UNITS = new Set(['am', 'pm', 'min', 'minute', 'minutes', 'h', 'hour', 'hours', 'day', 'days', 'week', 'weeks']);
/** Words that say nothing here. */
const SILENT = new Set(['the', 'of', 'and']);
/** Other words for one, and short ones for long ones. */
const SAME = new Map(
  [
    'monday mon, tuesday tue tues, wednesday wed, thursday thu thur thurs, friday fri, saturday sat, sunday sun',
    'january jan, february feb, march mar, april apr, june jun, july jul, august aug',
    'september sep sept, october oct, november nov, december dec',
    '1st first, 2nd second, 3rd third, 4th fourth, 5th fifth',
    'every each, day days, week weeks, hour hours h, minute minutes min, month months',
    'daily everyday, weekdays weekday, weekends weekend, 00:00 midnight, 12:00 noon',
  ]
    .join(', ')
    .split(', ')
    .flatMap((line) => {
      const [word = '', ...others] = line.split(' ');
      return others.map((other) => [other, word] as const);
    }),
);

/** The words of a schedule in lower case, one spelling for each, numbers in digits, without those that say nothing. */
export function wordsOf(text: string): string[] {
  const all = tokens(text, (word) => UNITS.has(word));
  const found: string[] = [];
  for (let at = 0; at < all.length; ) {
    const number = numberAt(all, at);
    const [value, ...others] = number?.values ?? [];
    const word = all[at]?.word ?? '';
    const single = value !== undefined && others.length === 0;
    found.push(single ? String(value) : (SAME.get(word) ?? word));
    at += single ? (number?.length ?? 1) : 1;
  }
  return found.filter((word) => !SILENT.has(word));
}

/** After these, and after a number, `in` is about time, not about a zone. */
const TIME_FOLLOWS = new Set(['a', 'an', 'the', 'every', 'each']);

/** True for a number, in digits or in words, unless it has a sign: `+05:30` is a zone. */
function isCount(word: string): boolean {
  const unsigned = tokens(word, () => false).filter((token) => !/^[+-]/.test(token.word));
  return numberAt(unsigned, 0) !== undefined;
}

/**
 * Takes `in Europe/Dublin` out of the words.
 * @throws UserError when there is no such zone
 */
export function takeZone(words: readonly string[]): { zone?: string; rest: string[] } {
  const at = words.findLastIndex((word) => word.toLowerCase() === 'in');
  const after = words.slice(at + 1).map((word) => word.replace(/[.,;!?]$/, ''));
  const [first] = after;
  if (at < 0 || first === undefined || TIME_FOLLOWS.has(first.toLowerCase()) || isCount(first))
    return { rest: [...words] };
  // Names of two or three words are written with a blank by people: America/New York.
  for (const length of [3, 2, 1]) {
    const zone = zoneNamed(after.slice(0, length).join('_'));
    if (zone && length <= after.length) return { zone, rest: words.toSpliced(at, length + 1) };
  }
  throw new UserError(`“${clip(first)}” is not a time zone: name one such as “Europe/Dublin”.`);
}

const AM_PM = /^[ap]m$/;

/**
 * Takes the time of day out of the words of `wordsOf`, as `09:00`: `9 am`, `21:30`, `12:00`.
 * @throws UserError when there are two, or one that no clock shows, or one that may be morning or evening
 */
export function takeTime(words: readonly string[]): { time?: string; rest: string[] } {
  const rest: string[] = [];
  const times: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const next = words[at + 1] ?? '';
    if (AM_PM.test(next) || /^\d+:/.test(word)) {
      times.push(clockTime(word, AM_PM.test(next) ? next : ''));
      if (AM_PM.test(next)) at += 1;
    } else if (word === 'at' && /^\d+$/.test(next) && !AM_PM.test(words[at + 2] ?? '')) {
      throw new UserError(`“at ${clip(next)}” may be morning or evening: write 09:00 or 9 pm, for example.`);
    } else if (word !== 'at') rest.push(word);
  }
  const [time] = times;
  if (times.length > 1) throw new UserError('A reminder has one time of day: add a second reminder for the other.');
  return { ...(time && { time }), rest };
}

function clockTime(word: string, half: string): string {
  const [, hours = '', minutes = '00', letters = ''] = /^(\d{1,2})(?::(\d\d))?([ap]m)?$/.exec(word) ?? [];
  const hour = Number(hours || 99);
  const part = half || letters;
  const valid = part ? hour >= 1 && hour <= 12 : hour <= 23;
  if (!valid || Number(minutes) > 59 || (half && letters)) {
    const said = clip(half ? `${word} ${half}` : word);
    throw new UserError(`“${said}” is not a time of day: write one from 00:00 to 23:59.`);
  }
  const counted = part ? (hour % 12) + (part === 'pm' ? 12 : 0) : hour;
  return `${String(counted).padStart(2, '0')}:${minutes}`;
}
