import type { CommandPack, Hints } from '../core/understanding.ts';
import { type Grammar, phraseAt } from '../grammar.ts';
import { isFiller, type Raw } from '../reading.ts';
import { numberAt, wordsAt } from '../tokens.ts';
import { createChanges, LINKS } from './changes.ts';
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
  /** By argument, what comes on top of its value before: “3 more hosts”, “remove a host”. */
  more: Map<string, number>;
  /** True when two values were given for one argument and nothing says which of them counts. */
  isDoubtful: boolean;
};

const ASKING = ['max number of', 'maximum number of', 'how many', 'number of', 'max', 'maximum', 'most', 'many'];

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
    more: new Map(),
    isDoubtful: false,
  };
  const sentence = ` ${wordsAt(all, 0, all.length)} `;
  const has = (phrase: string) => sentence.includes(` ${phrase} `);
  const laterWins = pack.changes.some(has);
  const silent = new Map(hints.noise.map((phrase) => [phrase, true]));
  const alike = Object.entries(hints.alike).flatMap(([key, { when, units }]) =>
    when.some(has) ? [[key, units] as const] : [],
  );
  const units = new Map(
    [...Object.entries(hints.counted), ...alike].flatMap(([key, words]) => words.map((each) => [each, key])),
  );
  const says = new Map(
    Object.entries(hints.says).flatMap(([key, values]) =>
      Object.entries(values).flatMap(([value, phrases]) => phrases.map((phrase) => [phrase, { key, value }])),
    ),
  );
  const open = new Set<string>();
  const changes = createChanges({ all, known, pack, found, merge, isChanging: laterWins, hasTiers: hints.tiers });
  let at = 0;

  while (at < all.length)
    at =
      noise() ||
      said(2) ||
      question() ||
      changes.factor(at) ||
      changes.addition(at) ||
      changes.removal(at) ||
      changes.difference(at) ||
      changes.merging(at) ||
      changes.above(at) ||
      changes.below(at) ||
      changes.downTo(at) ||
      changes.span(at) ||
      counted() ||
      step() ||
      unitFirst() ||
      said(1) ||
      leave();
  for (const key of open) delete found.raw[key];
  found.isDoubtful ||= [...known.args].some(([key, { setsKey, units = [] }]) => isLoose(key, setsKey, units));
  changes.finish();
  return found;

  /** `each host has 16 cores and 5 VMs`: whether the 5 are each host’s or all cannot be told. */
  function isLoose(key: string, setsKey: string | undefined, units: readonly string[]): boolean {
    if (setsKey === undefined || typeof found.raw[key] !== 'number' || found.raw[setsKey] !== undefined) return false;
    const each = all.findIndex(({ word }, index) => /^(?:each|every|@)$/.test(word) && !isEnd(index));
    return each >= 0 && all.slice(each).some(({ word }) => units.includes(word));
  }

  function isEnd(index: number): boolean {
    return all[index]?.comma === true || [undefined, 'and', ';'].includes(all[index + 1]?.word);
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
    if (!unit || number.values?.length !== 1 || all[at + number.length - 1]?.comma) return 0;
    merge({ [unit.hit]: number.values[0] });
    return unit.end;
  }

  /** `how many CSVs`, `max CSVs`. */
  function question(): number {
    const length = [1, 2, 3].findLast((count) => ASKING.includes(wordsAt(all, at, count))) ?? 0;
    const from = at + length;
    const unit = length > 0 ? (phraseAt(known.units, all, from) ?? phraseAt(units, all, from)) : undefined;
    if (!unit || all[unit.end - 1]?.gives) return 0;
    // “The number of CSVs is 8” tells it.
    if (LINKS.has(wordsAt(all, unit.end)) && numberAt(all, unit.end + 1)) return unit.end - 1;
    found.asked.add(unit.hit);
    return unit.end;
  }

  function step(): number {
    const read = isFiller(all[at]) ? undefined : takenAt(all, known, at);
    if (!read) return 0;
    merge(read.raw);
    return read.at;
  }

  /** `the CSVs to 8`, `the limit is 1024`, `channels per host: 4`, `csvs 9, hosts 3`. */
  function unitFirst(): number {
    const lead = phraseAt(known.leads, all, at);
    const unit =
      phraseAt(known.units, all, at) ?? (known.args.get(lead?.hit ?? '')?.kind === 'count' ? lead : undefined);
    if (!unit || all[unit.end - 1]?.comma) return 0;
    const isPlain = known.args.get(unit.hit)?.setsKey === undefined;
    const per = isPlain ? phraseAt(known.after.get(unit.hit) ?? new Map<string, string>(), all, unit.end) : undefined;
    let numberedAt = per?.end ?? unit.end;
    while (LINKS.has(wordsAt(all, numberedAt))) numberedAt += 1;
    let number = phraseAt(known.values, all, numberedAt) ? undefined : numberAt(all, numberedAt);
    const toAt = numberedAt + (number?.length ?? 0);
    // `from 12 to 5` ends at 5.
    const last =
      wordsAt(all, numberedAt - 1) === 'from' && wordsAt(all, toAt) === 'to' ? numberAt(all, toAt + 1) : undefined;
    const was = number?.values?.[0];
    if (last) [number, numberedAt] = [last, toAt + 1];
    const end = numberedAt + (number?.length ?? 0);
    if (number?.values?.length !== 1 || (phraseAt(known.units, all, end) && !all[end - 1]?.comma)) return 0;
    merge({ [unit.hit]: known.args.get(unit.hit)?.kind === 'counts' ? number.values : number.values[0] });
    if (last && was !== undefined) found.was[unit.hit] = was;
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
      return wordsAt(all, at - length, length) === phrase;
    });
  }

  function merge(raw: Raw) {
    for (const [key, value] of Object.entries(raw)) {
      const before = found.raw[key];
      const kind = known.args.get(key)?.kind;
      // “2019 VMs” are rather some of that release.
      if (kind === 'count' && typeof value === 'number' && known.values.has(String(value))) found.isDoubtful = true;
      const isDenied =
        kind === 'choice' && [1, 2].some((count) => pack.denies.includes(wordsAt(all, at - count, count)));
      if (isDenied || hints.open[key]?.includes(wordsAt(all, at - 1))) open.add(key);
      if (changes.isFixed(key)) found.was[key] = value;
      else if (before === undefined || JSON.stringify(before) === JSON.stringify(value)) found.raw[key] = value;
      else if (Array.isArray(before) && Array.isArray(value) && kind !== 'counts')
        found.raw[key] = kind === 'groups' ? [...before, ...value] : [...new Set([...before, ...value])];
      else if (laterWins && kind === 'count')
        [found.raw[key], found.was[key]] = wasBefore() ? [before, value] : [value, before];
      else found.isDoubtful ||= !open.has(key);
    }
  }
}
