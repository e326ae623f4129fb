import { UserError } from '../errors.ts';
import { type Grammar, type Phrase, phraseAt } from '../grammar.ts';
import { isFiller, Reading } from '../reading.ts';
import { numberAt, type Token } from '../tokens.ts';

/** What a command’s own grammar takes at a place of a sentence; nothing where it is taken and wrong. */
export function takenAt(all: readonly Token[], known: Grammar, from: number): Reading | undefined {
  const lead = phraseAt(known.leads, all, from);
  const kind = lead && known.args.get(lead.hit)?.kind;
  const value = all[lead?.end ?? from];
  const isWord = !value?.quoted && !known.args.get(lead?.hit ?? '')?.shape?.test(value?.text ?? '');
  // In a sentence “path” and “array” are words like others unless what follows can be nothing but a value.
  if ((kind === 'text' || kind === 'texts') && isWord && !all[from]?.gives) return undefined;
  if (lead && kind === 'count' && isOfAnother(all, known, lead)) return undefined;
  const reading = new Reading(all, known, from);
  try {
    return reading.step() ? reading : undefined;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** In `256 PRs max, 8 hosts` the 8 is no maximum. */
function isOfAnother(all: readonly Token[], known: Grammar, { hit, end }: Phrase<string>): boolean {
  let numberedAt = end;
  while (isFiller(all[numberedAt])) numberedAt += 1;
  const number = numberAt(all, numberedAt);
  const behind = numberedAt + (number?.length ?? 0);
  const unit = number && phraseAt(known.units, all, behind);
  const isOwn = phraseAt(known.after.get(hit) ?? new Map<string, string>(), all, behind) !== undefined;
  return all[end - 1]?.comma === true || (unit !== undefined && !isOwn && !all[unit.end - 1]?.gives);
}
