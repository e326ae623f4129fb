import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { question } from './arguments.ts';
import { UserError } from './errors.ts';
import { type Grammar, phraseAt } from './grammar.ts';
import { isFiller, type Raw, Reading, said, unusable } from './reading.ts';
import { clip, numberAt, type Token, tokens } from './tokens.ts';

const YEAR = /^(19|20)\d\d$/;

/**
 * Reads "2 hosts 8 vms" into the arguments of a command and validates them.
 * @throws UserError one sentence about the first thing that is missing, double, out of range or not understood
 */
export function readArguments<Args extends z.ZodObject>(text: string, schema: Args, known: Grammar): z.output<Args> {
  const [rest] = [...known.args].find(([, arg]) => arg.kind === 'rest') ?? [];
  const raw = rest ? { [rest]: text.trim() || undefined } : read(text, known);
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const key = String(issue?.path[0] ?? '');
  const missing = raw[key] === undefined ? schema.shape[key] : undefined;
  throw new UserError(missing ? question(missing) : (issue?.message ?? 'That combination is not one I know.'));
}

function read(text: string, known: Grammar): Raw {
  const members = [...known.groups.values()].map((group) => group.member);
  const all = tokens(text, (word) => [known, ...members].some((grammar) => grammar.units.has(word)));
  const reading = new Reading(all, known);
  while (reading.at < all.length) if (!reading.step()) throw unknown(all, reading.at, known);
  return reading.raw;
}

/** One sentence about the word that nothing takes, with the nearest word that something would take. */
function unknown(all: readonly Token[], at: number, known: Grammar): UserError {
  const first = all[at]?.word ?? '';
  const releases = known.args.get('release')?.phrases;
  if (releases && YEAR.test(first)) {
    const names = Object.keys(releases).sort();
    return new UserError(
      `I know no release “${first}” here, only ${names.slice(0, -1).join(', ')} and ${names.at(-1)}.`,
    );
  }
  const number = numberAt(all, at);
  let wordAt = at + (number?.length ?? 0);
  const written = said(all, at, wordAt);
  if (number && !number.values) return unusable(written);
  while (number && isFiller(all[wordAt])) wordAt += 1;
  const word = all[wordAt];
  const isKnown = known.words.includes(word?.word ?? '');
  if (number && (!word || isKnown || numberAt(all, wordAt)))
    return new UserError(`Please say what “${written}” counts: no unit follows it.`);
  const unit = phraseAt(known.units, all, at);
  if (unit) {
    const words = said(all, at, unit.end);
    return new UserError(`“${words}” needs its number in front of it, for example “2 ${words}”.`);
  }
  const near = isKnown ? undefined : nearest(word?.word ?? '', known.words);
  return new UserError(
    `I don’t know what “${clip(word?.text ?? '')}” means here${near ? `; did you mean “${near}”?` : '.'}`,
  );
}

/** The word most like another one, when it is like it at all: at most two letters off, and fewer than half of them. */
export function nearest(word: string, among: readonly string[]): string | undefined {
  if (word.length > 40 || among.length === 0) return undefined;
  const near = closest(word, among);
  const off = distance(word, near);
  return off <= 2 && off * 2 < near.length ? near : undefined;
}
