import type { CommandPack, Hints } from '../core/understanding.ts';
import { type Grammar, type Phrase, phraseAt } from '../grammar.ts';
import { isFiller, type Raw } from '../reading.ts';
import { numberAt } from '../tokens.ts';
import { plainly } from './plainly.ts';
import { takenAt } from './taken.ts';

/** What of a sentence belongs to a command. */
export type Gathered = {
  raw: Raw;
  /** The values that those of `raw` take the place of: “from 2 to 4 modules”. */
  was: Raw;
  /** The words that no argument takes. */
  left: string[];
  /** The numbers among them. */
  strayNumbers: string[];
  /** The arguments whose number is asked for, as in “how many CSVs”. */
  asked: Set<string>;
  /** By argument, what its value before has to be multiplied by: “double the CSVs”. */
  times: Map<string, number>;
  /** True when two values were given for one argument and nothing says which of them counts. */
  isDoubtful: boolean;
};

const ASKING = ['max number of', 'maximum number of', 'how many', 'number of', 'max', 'maximum', 'most', 'many'];
const LINKS = new Set(['to', 'is', 'are', 'of', 'from', 'was', 'at', 'the', 'my', 'our']);

/** Reads what a command can take out of a sentence, and says what it leaves. */
export function gather(text: string, known: Grammar, hints: Hints, pack: CommandPack): Gathered {
  const all = plainly(text, known, new Set(hints.noise));
  const found: Gathered = {
    raw: {},
    was: {},
    left: [],
    strayNumbers: [],
    asked: new Set(),
    times: new Map(),
    isDoubtful: false,
  };
  const laterWins = pack.changes.some((phrase) => ` ${text.toLowerCase()} `.includes(` ${phrase} `));
  const silent = new Map(hints.noise.map((phrase) => [phrase, true]));
  const units = new Map(Object.entries(hints.counted).flatMap(([key, words]) => words.map((each) => [each, key])));
  const says = new Map(
    Object.entries(hints.says).flatMap(([key, values]) =>
      Object.entries(values).flatMap(([value, phrases]) => phrases.map((phrase) => [phrase, { key, value }])),
    ),
  );
  const open = new Set<string>();
  const fixed = new Set<string>();
  let at = 0;

  while (at < all.length)
    at =
      noise() ||
      said(2) ||
      question() ||
      factor() ||
      addition() ||
      above() ||
      span() ||
      counted() ||
      step() ||
      unitFirst() ||
      said(1) ||
      leave();
  for (const key of open) delete found.raw[key];
  for (const [key, times] of found.times) change(key, (was) => Math.round(was * times));
  return found;

  /** What becomes of a number that was said before. */
  function change(key: string, become: (was: number) => number): boolean {
    const was = found.raw[key];
    if (typeof was !== 'number') return false;
    [found.was[key], found.raw[key]] = [was, become(was)];
    return true;
  }

  function word(position: number): string {
    return all[position]?.word ?? '';
  }

  function words(from: number, count: number): string {
    return Array.from({ length: count }, (_, index) => word(from + index)).join(' ');
  }

  /** Several words that say nothing together; one alone may still say something to the reader. */
  function noise(): number {
    const phrase = phraseAt(silent, all, at);
    return phrase && phrase.end > at + 1 ? phrase.end : 0;
  }

  /** `256 PRs`. */
  function counted(): number {
    const number = numberAt(all, at);
    const unit = number && phraseAt(units, all, at + number.length);
    if (!unit || number.values?.length !== 1) return 0;
    merge({ [unit.hit]: number.values[0] });
    return unit.end;
  }

  /** `how many CSVs`, `max CSVs`. */
  function question(): number {
    const length = [1, 2, 3].findLast((count) => ASKING.includes(words(at, count))) ?? 0;
    const from = at + length;
    const unit = length > 0 ? (phraseAt(known.units, all, from) ?? phraseAt(units, all, from)) : undefined;
    if (!unit || all[unit.end - 1]?.gives) return 0;
    found.asked.add(unit.hit);
    return unit.end;
  }

  /** `double the CSVs`. */
  function factor(): number {
    const times = pack.factors[word(at)];
    let unitAt = at + 1;
    while (LINKS.has(word(unitAt)) || word(unitAt) === 'number') unitAt += 1;
    const unit = times === undefined ? undefined : phraseAt(known.units, all, unitAt);
    if (!unit || times === undefined) return 0;
    let numberedAt = unit.end;
    while (LINKS.has(word(numberedAt))) numberedAt += 1;
    if (numberedAt > unit.end && numberAt(all, numberedAt)) return unitAt;
    found.times.set(unit.hit, times);
    return unit.end;
  }

  /** `adding a fifth host`, `plus 2 hosts`, `another host`, `a 5th host`: goes on from the number that is said. */
  function addition(): number {
    const isAdded = pack.adds.includes(word(at));
    let from = at + (isAdded ? 1 : 0);
    while (['a', 'an', 'the', 'another', 'extra', 'more'].includes(word(from))) from += 1;
    const ordinal = pack.ordinals[word(from)] ?? Number(/^(\d+)(?:st|nd|rd|th)$/.exec(word(from))?.[1] ?? 0);
    if (!isAdded && (ordinal === 0 || from === at)) return 0;
    const number = ordinal > 0 ? undefined : numberAt(all, from);
    from += ordinal > 0 ? 1 : (number?.length ?? 0);
    while (word(from) === 'more') from += 1;
    const unit = phraseAt(known.units, all, from);
    if (!unit || (number && number.values?.length !== 1)) return 0;
    if (ordinal > 0) {
      if (!change(unit.hit, () => ordinal)) found.raw[unit.hit] = ordinal;
      fixed.add(unit.hit);
      return unit.end;
    }
    const base = found.raw[unit.hit] === undefined ? baseOf(unit) : undefined;
    if (base) found.raw[unit.hit] = base.was;
    const isChanged = change(unit.hit, (was) => was + (number?.values?.[0] ?? 1));
    return isChanged ? (base?.end ?? unit.end) : 0;
  }

  /** `to a 3 host cluster`, behind what is added to it. */
  function baseOf({ hit, end }: Phrase<string>): { was: number | undefined; end: number } | undefined {
    if (!['to', 'onto', 'into'].includes(word(end))) return undefined;
    let from = end + 1;
    while (['a', 'an', 'the', 'my', 'our', 'existing', 'current'].includes(word(from))) from += 1;
    const number = numberAt(all, from);
    const unit = number && phraseAt(known.units, all, from + number.length);
    return unit?.hit === hit && number?.values?.length === 1 ? { was: number.values[0], end: unit.end } : undefined;
  }

  /** `over 150 hosts`: one more than that. */
  function above(): number {
    if (![1, 2].some((count) => pack.above.includes(words(at, count)))) return 0;
    const numberedAt = pack.above.includes(word(at)) ? at + 1 : at + 2;
    const read = takenAt(all, known, numberedAt);
    const [key, value] = Object.entries(read?.raw ?? {})[0] ?? [];
    if (!read || key === undefined || typeof value !== 'number') return 0;
    merge({ [key]: value + 1 });
    return read.at;
  }

  /** `from 2 to 4 modules`, `from 2 modules to 4`. */
  function span(): number {
    const before = word(at) === 'from' ? numberAt(all, at + 1) : undefined;
    const beforeAt = at + 1 + (before?.length ?? 0);
    const early = before && phraseAt(known.units, all, beforeAt);
    const toAt = early?.end ?? beforeAt;
    const after = before && word(toAt) === 'to' ? numberAt(all, toAt + 1) : undefined;
    const end = toAt + 1 + (after?.length ?? 0);
    const unit = after && (phraseAt(known.units, all, end) ?? early);
    if (!unit || (early && early.hit !== unit.hit) || before?.values?.length !== 1 || after?.values?.length !== 1)
      return 0;
    merge({ [unit.hit]: after.values[0] });
    found.was[unit.hit] = before.values[0];
    return unit === early ? end : toAt + 1;
  }

  function step(): number {
    const read = takenAt(all, known, at);
    if (!read) return 0;
    merge(read.raw);
    return read.at;
  }

  /** `the CSVs to 8`, `the limit is 1024`. */
  function unitFirst(): number {
    const lead = phraseAt(known.leads, all, at);
    const unit =
      phraseAt(known.units, all, at) ?? (known.args.get(lead?.hit ?? '')?.kind === 'count' ? lead : undefined);
    if (!unit || all[unit.end - 1]?.comma) return 0;
    let numberedAt = unit.end;
    while (LINKS.has(word(numberedAt))) numberedAt += 1;
    let number = numberedAt > unit.end || all[unit.end - 1]?.gives ? numberAt(all, numberedAt) : undefined;
    const toAt = numberedAt + (number?.length ?? 0);
    // `from 12 to 5` ends at 5.
    const last = word(numberedAt - 1) === 'from' && word(toAt) === 'to' ? numberAt(all, toAt + 1) : undefined;
    if (last) [number, numberedAt] = [last, toAt + 1];
    const end = numberedAt + (number?.length ?? 0);
    if (number?.values?.length !== 1 || phraseAt(known.units, all, end)) return 0;
    merge({ [unit.hit]: known.args.get(unit.hit)?.kind === 'counts' ? number.values : number.values[0] });
    return end;
  }

  /** A phrase of the hints, of at least so many words. */
  function said(least: number): number {
    const phrase = phraseAt(says, all, at);
    if (!phrase || phrase.end < at + least) return 0;
    const { key, value } = phrase.hit;
    merge({ [key]: known.args.get(key)?.kind === 'count' ? Number(value) : value });
    return phrase.end;
  }

  function leave(): number {
    const number = numberAt(all, at);
    const { text: typed = '', word: left = '' } = all[at] ?? {};
    if (number && /\p{N}/u.test(left)) found.strayNumbers.push(typed);
    else if (!isFiller(all[at])) found.left.push(left);
    return at + 1;
  }

  /** `from 12 CSVs`, `instead of 12 CSVs`. */
  function wasBefore(): boolean {
    return pack.before.some((phrase) => {
      const { length } = phrase.split(' ');
      return words(at - length, length) === phrase;
    });
  }

  function merge(raw: Raw) {
    for (const [key, value] of Object.entries(raw)) {
      const before = found.raw[key];
      const kind = known.args.get(key)?.kind;
      if (hints.open[key]?.includes(word(at - 1))) open.add(key);
      if (fixed.has(key)) found.was[key] = value;
      else if (before === undefined || JSON.stringify(before) === JSON.stringify(value)) found.raw[key] = value;
      else if (Array.isArray(before) && Array.isArray(value) && kind !== 'counts')
        found.raw[key] = kind === 'groups' ? [...before, ...value] : [...new Set([...before, ...value])];
      else if (laterWins && kind === 'count')
        [found.raw[key], found.was[key]] = wasBefore() ? [before, value] : [value, before];
      else found.isDoubtful ||= !open.has(key);
    }
  }
}
