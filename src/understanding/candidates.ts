import type { Command } from '../command.ts';
import type { Turn } from '../conversation.ts';
import type { CommandPack, Hints } from '../core/understanding.ts';
import type { Raw } from '../reading.ts';
import { clip, numberAt, tokens } from '../tokens.ts';
import { type Gathered, gather } from './gather.ts';
import { spell } from './spell.ts';
import type { Terms } from './terms.ts';

/** A command that a sentence may be for. */
export type Candidate = {
  command: Command;
  raw: Raw;
  /** The same before a change that the sentence speaks of. */
  before?: Raw;
  /** True when its numbers and words leave no doubt; else only where no entry answers. */
  isSure: boolean;
};

/** What a command can take of a text, and the words that say something it cannot. */
type Read = Gathered & { rest: string[] };

/** Readings that are held. */
const MOST_LATELY = 32;
/** A number that may well stand in a sentence about something else. */
const RELEASE = /^(?:2008|2012|2016|2019|2022|2025)$/;

const none: Hints = {
  cues: [],
  asks: [],
  noise: [],
  open: {},
  says: {},
  weak: {},
  enough: [],
  blocks: [],
  telling: [],
  tiers: false,
  solves: [],
  counted: {},
  alike: {},
  implied: [],
  unnamed: {},
};

/** Finds the commands that a sentence may be for, by their own grammar and the hints of the knowledge. */
export function createCandidates(commands: readonly Command[], pack: CommandPack | undefined, terms: Terms) {
  const hinted = Object.entries(pack?.commands ?? {}).flatMap(([name, hints]) => {
    const command = commands.find((each) => each.name === name);
    return command ? [{ command, hints, noise: new Set(hints.noise) }] : [];
  });
  for (const { command } of hinted) for (const word of command.grammar.words) terms.learn(word);
  const lately = new Map<string, Read | undefined>();
  // Else “fifth” is taken for a mistyped “fifty”, and “halving” for “having”.
  const { adds = [], removes = [], uncounted = [], changes = [], ordinals = [], factors = [] } = pack ?? {};
  const counting = [...ordinals, ...factors].map(([word]) => word);
  for (const word of [...adds, ...removes, ...uncounted, ...changes, ...counting]) terms.learn(word);

  /** What a command can take of a text; `rest` are the words that say something it cannot. Read once, as it is asked for several times. */
  function read(text: string, command: Command): Read | undefined {
    const key = `${command.name} ${text}`;
    if (lately.has(key)) return lately.get(key);
    if (lately.size >= MOST_LATELY) lately.clear();
    const found = readAnew(text, command);
    lately.set(key, found);
    return found;
  }

  function readAnew(text: string, command: Command): Read | undefined {
    const found = hinted.find((each) => each.command === command);
    if (!found || !pack) return undefined;
    const { hints, noise } = found;
    const gathered = gather(text, command.grammar, hints, pack);
    const cues = new Set([...hints.cues, ...hints.asks].flatMap((cue) => cue.split(' ')));
    const rest = gathered.left.filter(
      (word) => !noise.has(word) && !cues.has(word) && !terms.isIgnored(word) && /[\p{L}\p{N}]/u.test(word),
    );
    return { ...gathered, rest };
  }

  function candidate(text: string, sentence: string, { command, hints }: (typeof hinted)[number]): Candidate[] {
    const has = (phrases: readonly string[]) => hasPhrase(sentence, phrases);
    const isCued = has(hints.cues) || has(hints.asks);
    // Without a word for it and without a number nothing is for a command.
    const found = isCued || isCounting(text) ? read(text, command) : undefined;
    if (!found || found.isDoubtful) return [];
    const { was, rest, asked, strayNumbers, times, more } = found;
    const raw = { ...found.raw };
    const isUncounted = found.left.some((word) => pack && (pack.uncounted.includes(word) || pack.factors.has(word)));
    if (has(hints.blocks) || isUncounted || times.size > 0 || more.size > 0) return [];
    const numbers = [...command.grammar.args].filter(([key, { kind }]) => /count|groups/.test(kind) && key in raw);
    const missing = hints.enough.filter((key) => !(key in raw));
    const isSolved =
      missing.length === 1 && missing.every((key) => asked.has(key)) && hints.solves.some((key) => key in raw);
    const isComputed = hints.enough.length > 0 && (missing.length === 0 || isSolved);
    const strange = rest.filter((word) => !terms.isCommon(stemmed(word, terms)));
    const isClear = strange.length === 0 && strayNumbers.length === 0;
    const isStray = strayNumbers.some((number) => !RELEASE.test(number));
    const isWhole = isComputed && missing.length === 0;
    const isTold = hints.telling.some((keys) => keys.every((key) => key in raw));
    const isAbout = isCued || 'code' in raw || isWhole || (isClear && (isComputed || isTold));
    if (!isAbout || (!isClear && !('code' in raw) && (!isComputed || isStray))) return [];
    // “How many VMs” is no question to a command that has to be told them.
    if (asked.size > 0 && numbers.length === 0) return [];
    for (const { when, unless, without, said, given } of hints.implied)
      if (
        Object.entries(when).every(([key, value]) => isGiven(raw[key], value)) &&
        !unless.some((key) => key in raw || asked.has(key)) &&
        !has(without) &&
        (said === undefined || has(said))
      )
        for (const [key, value] of Object.entries(given)) raw[key] ??= value;
    const isAsked = has(hints.asks) && rest.length === 0;
    const isCounted = numbers.some(([key]) => hints.enough.length === 0 || hints.enough.includes(key));
    const isWeak = Object.entries(hints.weak).some(([key, values]) => values.includes(String(raw[key])));
    const isSure = !isWeak && (isCounted || 'code' in raw || isAsked);
    if (!isSure && rest.length > 0) return [];
    const isChanged = Object.keys(was).length > 0;
    return [{ command, raw, isSure, ...(isChanged && { before: { ...raw, ...was } }) }];
  }

  return {
    read,
    /** The candidates, those with the most arguments first. */
    in(text: string): Candidate[] {
      const sentence = padded(text);
      const found = hinted.flatMap((each) => candidate(text, sentence, each));
      return found.sort((a, b) => Object.keys(b.raw).length - Object.keys(a.raw).length);
    },
    /** The command whose sum a sentence asks for in a way that it cannot take: its cue and two counts are there. */
    unclear(text: string): Command | undefined {
      const sentence = padded(text);
      const found = hinted.find(({ command, hints }) => {
        if (hints.enough.length === 0 || !hasPhrase(sentence, hints.cues)) return false;
        const raw = Object.keys(read(text, command)?.raw ?? {});
        return raw.filter((key) => /^counts?$/.test(command.grammar.args.get(key)?.kind ?? '')).length > 1;
      });
      return found?.command;
    },
    /** What there is to say to a question like “limit of a VNX5300”, by what `isUnknown` says of each word. */
    unnamed(text: string, isUnknown: (word: string) => boolean): string[] {
      const sentence = padded(text);
      const says = (word: string) => !terms.isIgnored(word) && !terms.isCommon(stemmed(word, terms));
      return hinted.flatMap(({ command, hints, noise }) =>
        Object.entries(hints.unnamed).flatMap(([key, said]) => {
          const names = [key, ...(command.grammar.args.get(key)?.leads ?? [])];
          const asks = [names, hints.cues].every((all) => all.some((each) => sentence.includes(` ${each} `)));
          const name = asks ? nameIn(sentence, (word) => noise.has(word) || !says(word), isUnknown) : undefined;
          return name === undefined ? [] : [said.replace('{}', () => clip(typed(name, text)))];
        }),
      );
    },
    /** The text that asks a command for these arguments. */
    spelled: (command: Command, raw: Raw): string => `/${command.name} ${spell(raw, command.grammar)}`.trim(),
    /** What the command of a turn was given, also where it was typed. */
    given: ({ command, raw, typed = '' }: Turn): Raw =>
      raw ?? (pack && command ? gather(typed, command.grammar, none, pack).raw : {}),
  };
}

export type Candidates = ReturnType<typeof createCandidates>;

function isCounting(text: string): boolean {
  const all = tokens(text, () => false);
  return all.some((_, at) => numberAt(all, at) !== undefined) || /\d/.test(text);
}

/** `*` stands for any single value. */
function isGiven(value: unknown, wanted: string): boolean {
  return wanted === '*' ? value !== undefined && (!Array.isArray(value) || value.length === 1) : value === wanted;
}

function stemmed(word: string, terms: Terms): string {
  return terms.of(word)[0] ?? word;
}

/** What stands behind a word such as “of” where a word of it is not known, as far as it goes: `netapp fas2240`. */
function nameIn(sentence: string, isPlain: (word: string) => boolean, isUnknown: (word: string) => boolean) {
  for (const { index, 0: behind } of sentence.matchAll(/ (?:of|on|for|from|with|by|does|has)(?= )/g)) {
    const words = sentence
      .slice(index + behind.length)
      .trim()
      .split(' ');
    const from = words.findIndex((word) => !isPlain(word));
    const end = words.findIndex((word, at) => at > from && isPlain(word));
    const name = from < 0 ? [] : words.slice(from, end < 0 ? words.length : end);
    if (name.some(isUnknown)) return name.join(' ');
  }
  return undefined;
}

/** Words as they stand in the text they were taken from. */
function typed(words: string, text: string): string {
  const at = text.toLowerCase().indexOf(words);
  return at < 0 ? words : text.slice(at, at + words.length);
}

/** Whether one of some phrases is in a text, which `padded` has made comparable. */
export function hasPhrase(sentence: string, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => sentence.includes(` ${phrase} `));
}

/** The words of a text with one blank around each. */
export function padded(text: string): string {
  return ` ${text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[^\p{L}\p{N}'_-]+/gu, ' ')
    .trim()} `;
}
