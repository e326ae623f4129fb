import { type Grammar, phraseAt } from '../grammar.ts';
import { numberAt, type Token, tokens } from '../tokens.ts';
import { written } from './written.ts';

/** The words of a sentence in the order and form in which a command would be typed. `plain` are words that say nothing before a unit. */
export function plainly(text: string, known: Grammar, plain: ReadonlySet<string>): Token[] {
  const members = [...known.groups.values()].map((group) => group.member);
  const all = tokens(written(text), (word) => [known, ...members].some(({ units }) => units.has(word)));
  for (let at = 0; at < all.length; at += 1) {
    const length = quantityAt(all, at, known);
    if (length === 0) continue;
    unqualify(all, at + length, known, plain);
    turn(all, at, length, known);
  }
  return all;
}

/** How many words a number has that may count things; none for a release. */
function quantityAt(all: readonly Token[], at: number, known: Grammar): number {
  const number = numberAt(all, at);
  const isOne = number?.values?.length === 1 && !all[at + number.length - 1]?.comma;
  return isOne && !phraseAt(known.values, all, at) ? number.length : 0;
}

/** `11 windows vms` are `11 vms`. */
function unqualify(all: Token[], from: number, known: Grammar, plain: ReadonlySet<string>) {
  const isUnit = (at: number) => phraseAt(known.units, all, at) !== undefined && !known.groups.has(all[at]?.word ?? '');
  let to = from;
  while (plain.has(all[to]?.word ?? '') && !isUnit(to) && !known.leads.has(all[to]?.word ?? '') && !all[to]?.comma)
    to += 1;
  const unit = phraseAt(known.units, all, to);
  if (to > from && unit && !all[unit.end - 1]?.gives && !phraseAt(known.units, all, from)) all.splice(from, to - from);
}

/** `2 10-core cpus` are `10 cores 2 cpus`: what stands behind is counted by the number in front. */
function turn(all: Token[], at: number, length: number, known: Grammar) {
  const from = at + length;
  const inner = quantityAt(all, from, known);
  const first = inner > 0 ? phraseAt(known.units, all, from + inner) : undefined;
  const second = first && phraseAt(known.units, all, first.end);
  if (!first || !second || first.hit === second.hit || all[first.end - 1]?.comma || all[second.end - 1]?.gives) return;
  all.splice(at, first.end - at, ...all.slice(from, first.end), ...all.slice(at, from));
}
