import type { z } from 'zod';
import { type Arg, about, vocabulary } from './arguments.ts';
import type { Token } from './tokens.ts';

/** One meaning of a phrase: an argument and its value. */
export type Value = { key: string; value: string };

/** The words of one command, looked up by phrase. */
export type Grammar = {
  args: Map<string, Arg>;
  units: Map<string, string>;
  leads: Map<string, string>;
  values: Map<string, Value[]>;
  groups: Map<string, { key: string; member: Grammar }>;
  after: Map<string, Map<string, string>>;
  /** All of them, for “did you mean”. */
  words: string[];
};

const LONGEST_PHRASE = 5;

/** Compiles the arguments of a command into a grammar, once. Throws for a field not made by arguments.ts. */
export function grammar(schema: z.ZodObject): Grammar {
  const made: Grammar = {
    args: new Map(),
    units: new Map(),
    leads: new Map(),
    values: new Map(),
    groups: new Map(),
    after: new Map(),
    words: [...new Set(vocabulary(schema))],
  };
  for (const [key, field] of Object.entries(schema.shape)) {
    const arg = about(field);
    made.args.set(key, arg);
    for (const unit of arg.units ?? []) made.units.set(unit, key);
    for (const lead of arg.leads ?? [])
      if (arg.member) made.groups.set(lead, { key, member: grammar(arg.member) });
      else made.leads.set(lead, key);
    for (const [value, phrases] of Object.entries(arg.phrases ?? {}))
      for (const phrase of phrases) made.values.set(phrase, [...(made.values.get(phrase) ?? []), { key, value }]);
    const after = Object.entries(arg.after ?? {}).flatMap(([value, phrases]) =>
      phrases.map((phrase) => [phrase, value] as const),
    );
    made.after.set(key, new Map(after));
  }
  return made;
}

/** A phrase that was found, and the place behind it. */
export type Phrase<T> = { hit: T; end: number };

/** The longest phrase that starts at a place; `end` is behind it. */
export function phraseAt<T>(phrases: Map<string, T>, all: readonly Token[], at: number): Phrase<T> | undefined {
  if (phrases.size === 0) return undefined;
  for (let end = Math.min(all.length, at + LONGEST_PHRASE); end > at; end -= 1) {
    const words = all.slice(at, end);
    const hit = words.some(({ quoted }) => quoted) ? undefined : phrases.get(words.map(({ word }) => word).join(' '));
    if (hit !== undefined) return { hit, end };
  }
  return undefined;
}
