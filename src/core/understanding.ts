import { z } from 'zod';

const phrases = z.array(z.string().regex(/^[^A-Z]+$/, 'write it small'));
/** Looked up by what somebody typed, which may be `constructor`: hence no object. */
const numbers = z.record(z.string(), z.number().positive()).transform((all) => new Map(Object.entries(all)));
const words = z.string().transform((text) => text.split(/\s+/).filter(Boolean));

/** How people say things: words that say nothing, words that say little, and names for the same thing. */
const wordPack = z.strictObject({
  kind: z.literal('words'),
  ignored: words,
  common: words,
  /** Each row is one thing under several names. */
  synonyms: z.array(phrases.min(2)),
});

/** What in a sentence belongs to one command. */
const hints = z.strictObject({
  /** Without one of these a sentence is not for the command. */
  cues: phrases,
  /** These put its question even where no number stands beside them. */
  asks: phrases,
  /** Words that say no more than the command knows anyhow. */
  noise: phrases,
  /** By argument, the words before a value that ask about it instead of giving it: “do I need datacenter”. */
  open: z.record(z.string(), phrases).default({}),
  /** By argument and value, more phrases for it, in sentences only. */
  says: z.record(z.string(), z.record(z.string(), phrases)).default({}),
  /** By argument, the values with which an entry goes first, however many numbers are said. */
  weak: z.record(z.string(), z.array(z.string())).default({}),
  /** The arguments that make the answer right whatever else the sentence says. */
  enough: z.array(z.string()).default([]),
  /** True where “over 150 hosts” is as good as 151, since a table begins there. */
  tiers: z.boolean().default(false),
  /** Arguments that together tell the command without a cue, where the sentence says nothing else. */
  telling: z.array(z.array(z.string())).default([]),
  /** Phrases that change the sum in a way the command cannot take. */
  blocks: phrases.default([]),
  /** With one of these given, one of those above may be asked for instead: “how many CSVs within 256 PRs”. */
  solves: z.array(z.string()).default([]),
  /** By argument, more words that may stand behind its number, in sentences only. */
  counted: z.record(z.string(), phrases).default({}),
  /** By argument, what else counts it where one of some phrases is said: the VMs, with “one CSV per VM”. */
  alike: z.record(z.string(), z.strictObject({ when: phrases, units: phrases })).default({}),
  /** By argument, what is said when it is asked of something that nothing here names; `{}` stands for its name. */
  unnamed: z.record(z.string(), z.string().regex(/^I don’t know .*“\{\}”/)).default({}),
  /** What may be taken for given when others have these values, `*` being any one value, and unless some are given or asked for. */
  implied: z
    .array(
      z.strictObject({
        when: z.record(z.string(), z.string()),
        unless: z.array(z.string()).default([]),
        /** Words of a sentence with which it may not, and one of which must be there. */
        without: phrases.default([]),
        said: phrases.optional(),
        given: z.record(z.string(), z.number()),
      }),
    )
    .default([]),
});

const commandPack = z.strictObject({
  kind: z.literal('commands'),
  /** Before a number, they mean the next one: “over 150 hosts”. */
  above: phrases,
  /** Before `over` these say that it means no more than “on”: “CSVs over 2 paths”. */
  across: phrases.default([]),
  /** Before that `over` these may be of all together or of each. */
  shared: phrases.default([]),
  /** Before a number, they leave open which one it is: “under 5 hosts”. */
  below: phrases.default([]),
  /** With one of these in a sentence, the later of two values for the same thing counts. */
  changes: phrases,
  /** Before the value of before, wherever in the sentence it stands: “to 5 CSVs from 12 CSVs”. */
  before: phrases.default([]),
  /** With one of these a sentence speaks to the bot or of somebody: only an entry that hardly differs answers it. */
  personal: phrases.default([]),
  /** With one of each a sentence demands what nobody hands out: “give me” and “password”. */
  demands: phrases.default([]),
  secrets: phrases.default([]),
  /** Words before something that comes on top of what was said: “adding a host”. */
  adds: phrases.default([]),
  /** Words before something that goes: “removing a host”. */
  removes: phrases.default([]),
  /** Words before “by 2 hosts” that say which way it goes. */
  grows: phrases.default([]),
  shrinks: phrases.default([]),
  /** Before a value, they say that it is not this one: “not datacenter”. */
  denies: phrases.default([]),
  /** Words of a change that nothing here can count: with one of them left, a sum would be of what was before. */
  uncounted: phrases.default([]),
  /** Which number a word of an order is: “a fifth host”. */
  ordinals: numbers.default(() => new Map()),
  /** Words that multiply what was said before: “double the CSVs”. */
  factors: numbers,
  /** How a sentence begins that goes on from the one before. */
  openers: phrases,
  /** Sentences that ask for the last answer as a script. */
  asScript: phrases,
  commands: z.record(z.string(), hints),
});

/** How sentences are understood. */
export const understandingPack = z.discriminatedUnion('kind', [wordPack, commandPack]);

export type UnderstandingPack = z.output<typeof understandingPack>;
export type WordPack = z.output<typeof wordPack>;
export type CommandPack = z.output<typeof commandPack>;
export type Hints = z.output<typeof hints>;
