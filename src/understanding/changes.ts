import type { CommandPack } from '../core/understanding.ts';
import { type Grammar, type Phrase, phraseAt } from '../grammar.ts';
import { isFiller, type Raw } from '../reading.ts';
import { numberAt, type Token, wordsAt } from '../tokens.ts';
import type { Gathered } from './gather.ts';
import { takenAt } from './taken.ts';

/** Words between what is counted and its number: “the CSVs are 8”. */
export const LINKS = new Set(['to', 'is', 'are', 'of', 'from', 'was', 'at', 'the', 'my', 'our']);

/** Reads the changes that a sentence speaks of; each reader says where it ended, or 0 where it took nothing. */
export function createChanges(sentence: {
  all: readonly Token[];
  known: Grammar;
  pack: CommandPack;
  found: Gathered;
  merge(raw: Raw): void;
  /** True where a word says that something becomes another number. */
  isChanging: boolean;
  /** True where “over 150” is as good as 151. */
  hasTiers: boolean;
}) {
  const { all, known, pack, found, merge, isChanging, hasTiers } = sentence;
  const fixed = new Set<string>();
  let addedAt = -1;
  return {
    factor,
    addition,
    removal,
    difference,
    merging,
    above,
    below,
    downTo,
    span,
    finish,
    isFixed: (key: string) => fixed.has(key),
  };

  /** What becomes of a number that was said before. */
  function change(key: string, become: (was: number) => number): boolean {
    const was = found.raw[key];
    if (typeof was !== 'number') return false;
    [found.was[key], found.raw[key]] = [was, become(was)];
    return true;
  }

  /** `double the CSVs`. */
  function factor(at: number): number {
    const times = pack.factors.get(wordsAt(all, at));
    let unitAt = at + 1;
    while (LINKS.has(wordsAt(all, unitAt)) || wordsAt(all, unitAt) === 'number') unitAt += 1;
    const unit = times === undefined ? undefined : phraseAt(known.units, all, unitAt);
    if (!unit || times === undefined) return 0;
    let numberedAt = unit.end;
    while (LINKS.has(wordsAt(all, numberedAt))) numberedAt += 1;
    if (numberedAt > unit.end && numberAt(all, numberedAt)) return unitAt;
    found.times.set(unit.hit, times);
    return unit.end;
  }

  /** Does what could only be done once all numbers were known; what is left changes the numbers of the question before. */
  function finish() {
    for (const [key, times] of found.times) if (change(key, (was) => Math.round(was * times))) found.times.delete(key);
    for (const [key, more] of found.more) if (change(key, (was) => was + more)) found.more.delete(key);
    found.isDoubtful ||= Object.keys(found.was).some((key) => Number(found.raw[key]) <= 0);
  }

  /** `adding a fifth host`, `plus 2 hosts`, `2 more hosts`, `a 5th host`: goes on from the number that is said, before or after. */
  function addition(at: number): number {
    const isAdded = pack.adds.includes(wordsAt(all, at)) || (at === addedAt && wordsAt(all, at) === 'and');
    let from = at + (isAdded ? 1 : 0);
    while (['a', 'an', 'another', 'extra', 'more', ...(isAdded ? ['the'] : [])].includes(wordsAt(all, from))) from += 1;
    // Of “a third and fourth host” the last one counts.
    while (ordinalAt(from) > 0 && wordsAt(all, from + 1) === 'and' && ordinalAt(from + 2) > 0) from += 2;
    const ordinal = ordinalAt(from);
    const number = ordinal > 0 ? undefined : numberAt(all, from);
    const isFurther = number !== undefined && wordsAt(all, from + number.length) === 'more';
    if (!isAdded && !isFurther && (ordinal === 0 || from === at)) return 0;
    from += ordinal > 0 ? 1 : (number?.length ?? 0);
    const isMore = wordsAt(all, from) === 'more';
    while (wordsAt(all, from) === 'more') from += 1;
    const unit = phraseAt(known.units, all, from) ?? (isMore ? lastUnit(from) : undefined);
    if (!unit || (number && number.values?.length !== 1)) return 0;
    addedAt = unit.end;
    if (ordinal > 0) {
      if (!change(unit.hit, () => ordinal)) found.raw[unit.hit] = ordinal;
      fixed.add(unit.hit);
      return unit.end;
    }
    const base = found.raw[unit.hit] === undefined ? baseOf(unit) : undefined;
    if (base) found.raw[unit.hit] = base.was;
    const count = number?.values?.[0] ?? 1;
    if (change(unit.hit, (was) => was + count)) return base?.end ?? unit.end;
    if (isPast(at)) found.isDoubtful = true;
    // “4 CSVs plus 2 hosts” is a list.
    if (['plus', 'extra'].includes(wordsAt(all, at))) return 0;
    found.more.set(unit.hit, (found.more.get(unit.hit) ?? 0) + count);
    return unit.end;
  }

  /** “After adding 2 CSVs we have 8” tells what came out. */
  function isPast(at: number): boolean {
    return [1, 2].some((before) => ['after', 'when', 'once'].includes(wordsAt(all, at - before)));
  }

  function ordinalAt(at: number): number {
    const word = wordsAt(all, at);
    return pack.ordinals.get(word) ?? Number(/^(\d+)(?:st|nd|rd|th)$/.exec(word)?.[1] ?? 0);
  }

  /** `removing two hosts`, `retire 2 of the hosts`, `losing 3 of our 9 LUNs`; but `drop the CSVs to 8` says what is left. */
  function removal(at: number): number {
    if (!pack.removes.includes(wordsAt(all, at))) return 0;
    let from = at + 1;
    while (['a', 'an', 'the', 'our', 'one', 'of'].includes(wordsAt(all, from)) && !numberAt(all, from)) from += 1;
    const number = numberAt(all, from);
    from += number?.length ?? 0;
    while (['of', 'the', 'our', 'my', 'those', 'these'].includes(wordsAt(all, from))) from += 1;
    const total = number && numberAt(all, from);
    const unit = phraseAt(known.units, all, from + (total?.length ?? 0));
    if (!unit || ['to', 'from'].includes(wordsAt(all, unit.end))) return 0;
    if (total?.values?.length === 1) merge({ [unit.hit]: total.values[0] });
    if (isPast(at) && found.raw[unit.hit] === undefined) found.isDoubtful = true;
    found.more.set(unit.hit, -(number?.values?.[0] ?? 1));
    return unit.end;
  }

  /** `reduce by 2 hosts`, `increase the CSVs by 4`; doubtful where nothing says up or down. */
  function difference(at: number): number {
    const number = wordsAt(all, at) === 'by' ? numberAt(all, at + 1) : undefined;
    const end = at + 1 + (number?.length ?? 0);
    const unit = number && (phraseAt(known.units, all, end) ?? phraseAt(known.units, all, at - 1));
    if (!unit || number.values?.length !== 1) return 0;
    const before = wordsAt(all, 0, at).split(' ');
    const isUp = before.some((word) => pack.grows.includes(word));
    const isDown = before.some((word) => pack.shrinks.includes(word));
    if (isUp === isDown) found.isDoubtful = true;
    found.more.set(unit.hit, (number.values[0] ?? 0) * (isUp ? 1 : -1));
    return Math.max(end, unit.end);
  }

  /** How many are left of `merging 2 CSVs` nobody can know. */
  function merging(at: number): number {
    const isCounted = ['merge', 'merging'].includes(wordsAt(all, at)) && numberAt(all, at + 1) !== undefined;
    if (isCounted) found.isDoubtful = true;
    return isCounted ? at + 1 : 0;
  }

  /** What was counted last: “2 modules, add 2 more”. */
  function lastUnit(end: number): Phrase<string> | undefined {
    const hit = Object.keys(found.raw).at(-1);
    return hit === undefined ? undefined : { hit, end };
  }

  /** `to a 3 host cluster`, behind what is added to it. */
  function baseOf({ hit, end }: Phrase<string>): { was: number | undefined; end: number } | undefined {
    if (!['to', 'onto', 'into'].includes(wordsAt(all, end))) return undefined;
    let from = end + 1;
    while (['a', 'an', 'the', 'my', 'our', 'existing', 'current'].includes(wordsAt(all, from))) from += 1;
    const number = numberAt(all, from);
    const unit = number && phraseAt(known.units, all, from + number.length);
    return unit?.hit === hit && number?.values?.length === 1 ? { was: number.values[0], end: unit.end } : undefined;
  }

  /** `over 150 hosts`: one more than that; but CSVs that are presented over 2 paths are not. */
  function above(at: number): number {
    const isAcross = wordsAt(all, at) === 'over' && (!hasTiers || pack.across.includes(wordsAt(all, at - 1)));
    // “4 processors over 2 hosts” may be all or each host’s.
    if (isAcross && pack.shared.includes(wordsAt(all, at - 1))) found.isDoubtful = true;
    if (isAcross || ![1, 2].some((count) => pack.above.includes(wordsAt(all, at, count)))) return 0;
    const numberedAt = pack.above.includes(wordsAt(all, at)) ? at + 1 : at + 2;
    const read = takenAt(all, known, numberedAt);
    const [key, value] = Object.entries(read?.raw ?? {})[0] ?? [];
    if (!read || key === undefined || typeof value !== 'number') return 0;
    if (!hasTiers && key !== 'limit') found.isDoubtful = true;
    merge({ [key]: hasTiers ? value + 1 : value });
    return read.at;
  }

  /** `under 5 hosts` is no number to calculate with; what stays below a limit has one. */
  function below(at: number): number {
    const length = [1, 2].find((count) => pack.below.includes(wordsAt(all, at, count)));
    let from = at + (length ?? 0);
    while (isFiller(all[from])) from += 1;
    const read = length && takenAt(all, known, from);
    if (!read || Object.keys(read.raw).length === 0) return 0;
    if ('limit' in read.raw) merge(read.raw);
    else found.isDoubtful = true;
    return read.at;
  }

  /** `20 CSVs down to 5`, `consolidate 12 CSVs to 5`. */
  function downTo(at: number): number {
    const isTo = ['down to', 'up to'].includes(wordsAt(all, at, 2));
    const from = at + (isTo ? 2 : 1);
    const number = isTo || (isChanging && wordsAt(all, at) === 'to') ? numberAt(all, from) : undefined;
    const end = from + (number?.length ?? 0);
    const [value, ...more] = number?.values ?? [];
    const unit = value === undefined || more.length > 0 || phraseAt(known.units, all, end) ? undefined : lastUnit(end);
    return unit && change(unit.hit, () => value ?? 0) ? end : 0;
  }

  /** `from 2 to 4 modules`, `from 2 modules to 4`. */
  function span(at: number): number {
    const before = wordsAt(all, at) === 'from' ? numberAt(all, at + 1) : undefined;
    const beforeAt = at + 1 + (before?.length ?? 0);
    const early = before && phraseAt(known.units, all, beforeAt);
    const downAt = early?.end ?? beforeAt;
    const toAt = ['down', 'up'].includes(wordsAt(all, downAt)) ? downAt + 1 : downAt;
    const after = before && wordsAt(all, toAt) === 'to' ? numberAt(all, toAt + 1) : undefined;
    const end = toAt + 1 + (after?.length ?? 0);
    const unit = after && (phraseAt(known.units, all, end) ?? early);
    if (!unit || (early && early.hit !== unit.hit) || before?.values?.length !== 1 || after?.values?.length !== 1)
      return 0;
    merge({ [unit.hit]: after.values[0] });
    found.was[unit.hit] = before.values[0];
    return unit === early ? end : toAt + 1;
  }
}
