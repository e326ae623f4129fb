import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { type Arg, about, question, vocabulary } from './arguments.ts';
import { UserError } from './errors.ts';
import { clip, numberAt, type Token, tokens } from './tokens.ts';

type Raw = Record<string, unknown>;
type Value = { key: string; value: string };

/** The words of one command, looked up by phrase. Made once, when the command is defined. */
export type Grammar = {
  args: Map<string, Arg>;
  units: Map<string, string>;
  leads: Map<string, string>;
  values: Map<string, Value[]>;
  groups: Map<string, { key: string; member: Grammar }>;
  after: Map<string, Map<string, string>>;
  words: string[];
};

// Words that say nothing about a quantity. Everything else that no argument takes is reported, never dropped.
const FILLERS = new Set(
  'a an and are at edition for have in is my of on or our please release running the to version we windows with'.split(
    ' ',
  ),
);
const LONGEST_PHRASE = 4;
const YEAR = /^(19|20)\d\d$/;

/** Compiles the arguments of a command into a grammar. Throws for a field not made by arguments.ts. */
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
      phrases.map((p) => [p, value] as const),
    );
    made.after.set(key, new Map(after));
  }
  return made;
}

/**
 * Reads "2 hosts 8 vms" into the arguments of a command and validates them.
 * @throws UserError one sentence about the first thing that is missing, double, out of range or not understood
 */
export function readArguments<Args extends z.ZodObject>(text: string, schema: Args, known: Grammar): z.output<Args> {
  const [rest] = [...known.args].find(([, arg]) => arg.kind === 'rest') ?? [];
  const raw = rest ? { [rest]: text.trim() || undefined } : read(text, known);
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  // The member of a group is named by the end of the path: hosts, 0, cores.
  const path = parsed.error.issues[0]?.path.map(String) ?? [];
  const [key = '', , inner] = path;
  const member = [...known.groups.values()].find((group) => group.key === key)?.member;
  const arg = (inner && member?.args.get(inner)) || known.args.get(key);
  const field = inner && member ? undefined : schema.shape[key];
  if (field && raw[key] === undefined) throw new UserError(question(field));
  throw new UserError(arg ? outOfRange(arg) : 'That combination is not one I know.');
}

function outOfRange(arg: Arg): string {
  if (arg.range) {
    const [min, max] = arg.range;
    return `For ${arg.label}, please give a whole number from ${min.toLocaleString('en')} to ${max.toLocaleString('en')}.`;
  }
  return `For ${arg.label}, that is too long or too much.`;
}

function read(text: string, known: Grammar): Raw {
  const members = [...known.groups.values()].map((group) => group.member);
  const all = tokens(text, (word) => [known, ...members].some((grammar) => grammar.units.has(word)));
  const reading = new Reading(all, 0, known);
  while (reading.at < all.length) if (!reading.step()) throw unknown(all, reading.at, known);
  return reading.raw;
}

/** One pass over the words of a request, left to right. Each step takes one argument or one word that says nothing. */
class Reading {
  readonly raw: Raw = {};
  readonly #all: Token[];
  readonly #known: Grammar;
  at: number;

  constructor(all: Token[], at: number, known: Grammar) {
    this.#all = all;
    this.at = at;
    this.#known = known;
  }

  step(): boolean {
    return (
      this.#group() ||
      this.#lead() ||
      this.#shaped() ||
      this.#assigned() ||
      this.#number() ||
      this.#unitBeforeList() ||
      this.#value() ||
      this.#filler()
    );
  }

  /** `host 2 procs 18 cores`: numbers and units up to the first word the member does not know. */
  #group(): boolean {
    const lead = phraseAt(this.#known.groups, this.#all, this.at);
    if (!lead) return false;
    const { key, member } = lead.hit;
    const inner = new Reading(this.#all, this.at + lead.length, member);
    while (inner.#number());
    if (inner.at === this.at + lead.length) return false;
    this.raw[key] = [...((this.raw[key] as Raw[] | undefined) ?? []), inner.raw]; // only this method sets a group
    this.at = inner.at;
    return true;
  }

  /** `limit 128`, `path D:\VMs`. */
  #lead(): boolean {
    const lead = phraseAt(this.#known.leads, this.#all, this.at);
    if (!lead) return false;
    const word = this.#all[this.at]?.text ?? '';
    let at = this.at + lead.length;
    while (FILLERS.has(this.#all[at]?.word ?? '')) at += 1;
    const arg = this.#known.args.get(lead.hit);
    if (arg?.kind === 'text' || arg?.kind === 'texts') {
      const value = this.#all[at];
      if (!value) throw new UserError(`“${word}” needs a value behind it: ${arg.show}.`);
      this.at = at + 1;
      this.#set(lead.hit, [value.text]);
      return true;
    }
    const number = numberAt(this.#all, at);
    if (!number) throw new UserError(`“${word}” needs a number behind it: ${arg?.show ?? word}.`);
    this.at = at;
    this.#setNumber(lead.hit, number.values, number.length);
    return true;
  }

  #shaped(): boolean {
    const token = this.#all[this.at];
    for (const [key, arg] of this.#known.args) {
      if (!token || !arg.shape?.test(token.text)) continue;
      this.at += 1;
      this.#set(key, [token.text]);
      return true;
    }
    return false;
  }

  /** `hosts=2`. */
  #assigned(): boolean {
    const token = this.#all[this.at];
    const key = token?.gives && this.#known.units.get(token.word);
    if (!key) return false;
    const number = numberAt(this.#all, this.at + 1);
    if (!number) throw new UserError(`“${clip(token.text)}” needs a number behind it.`);
    this.at += 1;
    this.#setNumber(key, number.values, number.length);
    return true;
  }

  /** `2 hosts`, `16 cores per processor`; a bare year is a release. */
  #number(): boolean {
    const number = numberAt(this.#all, this.at);
    if (!number) return false;
    let behind = this.at + number.length;
    while (this.#all[behind]?.word === 'of' || this.#all[behind]?.word === 'x') behind += 1;
    const unit = phraseAt(this.#known.units, this.#all, behind);
    const value = phraseAt(this.#known.values, this.#all, this.at);
    // "/vmm 2022 hosts" names a release and a question; "/vmm sizing 2022 hosts" counts hosts.
    if (value && (!unit || this.#open(phraseAt(this.#known.values, this.#all, behind)?.hit))) return this.#value();
    if (!unit) return false;
    this.#setNumber(unit.hit, number.values, behind - this.at + unit.length);
    return true;
  }

  /** `hosts 16,16,32 cores`: the list counts the hosts itself. */
  #unitBeforeList(): boolean {
    const unit = phraseAt(this.#known.units, this.#all, this.at);
    const list = unit && numberAt(this.#all, this.at + unit.length);
    if (!unit || !list?.values || list.values.length < 2) return false;
    this.at += unit.length;
    return true;
  }

  #value(): boolean {
    const found = phraseAt(this.#known.values, this.#all, this.at);
    if (!found) return false;
    const open = this.#open(found.hit) ?? found.hit[0];
    if (!open) return false;
    this.at += found.length;
    this.#set(open.key, [this.#known.args.get(open.key)?.kind === 'flag' ? true : open.value]);
    return true;
  }

  #filler(): boolean {
    if (!FILLERS.has(this.#all[this.at]?.word ?? '')) return false;
    this.at += 1;
    return true;
  }

  /** The first meaning of a phrase whose argument is still to be given. */
  #open(values: Value[] | undefined): Value | undefined {
    return values?.find(({ key }) => this.#known.args.get(key)?.kind === 'choices' || this.raw[key] === undefined);
  }

  #setNumber(key: string, values: number[] | undefined, length: number) {
    const written = clip(
      this.#all
        .slice(this.at, this.at + length)
        .map((token) => token.text)
        .join(' '),
    );
    if (!values)
      throw new UserError(`I can’t use “${written}”: please write a plain whole number, such as “2” or “1,000”.`);
    if (values.length > 1 && this.#known.args.get(key)?.kind !== 'counts')
      throw new UserError(`“${written}”: please give one number there, not a list.`);
    this.at += length;
    this.#set(key, values);
    this.#qualify(key);
  }

  /** `per host` and the like, right behind a number and its unit. */
  #qualify(key: string) {
    const { after, args } = this.#known;
    for (;;) {
      const phrase = phraseAt(after.get(key) ?? new Map<string, string>(), this.#all, this.at);
      if (!phrase) return;
      this.at += phrase.length;
      const setsKey = args.get(key)?.setsKey;
      if (phrase.hit && setsKey) this.#set(setsKey, [phrase.hit]);
    }
  }

  #set(key: string, values: unknown[]) {
    const arg = this.#known.args.get(key);
    const before = this.raw[key];
    if (arg?.kind === 'choices' || arg?.kind === 'texts') {
      this.raw[key] = [...new Set([...(Array.isArray(before) ? before : []), ...values])];
      return;
    }
    const [value] = values;
    const same = before === value && arg?.kind !== 'count';
    if (before !== undefined && !same)
      throw new UserError(`You gave ${arg?.label ?? key} twice: please say which one counts.`);
    this.raw[key] = arg?.kind === 'counts' ? values : value;
  }
}

/** The longest phrase that starts at a position. */
function phraseAt<T>(phrases: Map<string, T>, all: Token[], at: number): { hit: T; length: number } | undefined {
  if (phrases.size === 0) return undefined;
  for (let length = LONGEST_PHRASE; length > 0; length -= 1) {
    const words = all.slice(at, at + length);
    if (words.length < length || words.some((token) => token.quoted)) continue;
    const hit = phrases.get(words.map((token) => token.word).join(' '));
    if (hit !== undefined) return { hit, length };
  }
  return undefined;
}

/** One sentence about the word that nothing takes, with the nearest word that something would take. */
function unknown(all: Token[], at: number, known: Grammar): UserError {
  const token = all[at];
  const number = numberAt(all, at);
  const releases = known.args.get('release')?.phrases;
  if (token && releases && YEAR.test(token.word))
    return new UserError(
      `I know no release “${token.word}” here. The releases are ${Object.keys(releases).join(', ')}.`,
    );
  const next = all[at + (number?.length ?? 0)];
  if (number && !number.values)
    return new UserError(
      `I can’t use “${clip(token?.text ?? '')}”: please write a plain whole number, such as “2” or “1,000”.`,
    );
  if (number && !next) return new UserError(`“${clip(token?.text ?? '')}” of what? Please name the unit.`);
  const word = (number ? next : token) ?? { text: '', word: '' };
  const near = nearest(word.word, known.words);
  return new UserError(`I don’t know what “${clip(word.text)}” means here.${near ? ` Did you mean “${near}”?` : ''}`);
}

/** The word most like another one, when it is like it at all: at most two letters off, and fewer than half of them. */
export function nearest(word: string, among: readonly string[]): string | undefined {
  if (word.length > 40 || among.length === 0) return undefined;
  const near = closest(word, among);
  const off = distance(word, near);
  return off <= 2 && off * 2 < near.length ? near : undefined;
}
