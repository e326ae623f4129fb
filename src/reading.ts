import { UserError } from './errors.ts';
import { type Grammar, type Phrase, phraseAt, type Value } from './grammar.ts';
import { clip, listAt, type NumberRead, numberAt, type Token } from './tokens.ts';

/** What was read, still to be validated, by argument. */
export type Raw = Record<string, unknown>;

/** Numbers and the unit behind them, which stands from `unitAt` to `end`. */
type Counted = { key: string; values: number[] | undefined; unitAt: number; end: number };

// Words that say nothing about a quantity. Everything else that no argument takes is reported, never dropped.
const FILLERS = new Set(
  'a an and are at edition for have in is my of on or our please release running the to version we windows with x'.split(
    ' ',
  ),
);

/** True for a word that says nothing about a quantity: `of`, `the`. */
export function isFiller(token: Token | undefined): boolean {
  return token !== undefined && !token.quoted && FILLERS.has(token.word);
}

/** The words of a request from one place to another, short enough to be said back. */
export function said(all: readonly Token[], at: number, end: number): string {
  const words = all.slice(at, end).map(({ text }) => text);
  return clip(words.join(' '));
}

/** One pass over the words of a request, left to right. Each step takes one argument or one word that says nothing. */
export class Reading {
  readonly raw: Raw = {};
  /** The first word that is not read yet. */
  at: number;
  readonly #all: readonly Token[];
  readonly #known: Grammar;

  constructor(all: readonly Token[], known: Grammar, at = 0) {
    this.#all = all;
    this.#known = known;
    this.at = at;
  }

  /** Takes what stands next; false when nothing takes it. Throws UserError when it is taken and wrong. */
  step(): boolean {
    return (
      this.#group() ||
      this.#lead() ||
      this.#shaped() ||
      this.#number() ||
      this.#unitFirst() ||
      this.#value() ||
      this.#filler()
    );
  }

  /** `host 2 procs 18 cores`: numbers and units up to the first word the member does not know. */
  #group(): boolean {
    const lead = this.#phrase(this.#known.groups);
    if (!lead || this.#all[lead.end - 1]?.comma) return false;
    const { key, member } = lead.hit;
    const inner = new Reading(this.#all, member, lead.end);
    while (inner.#number() || inner.#unitFirst() || inner.#filler());
    if (Object.keys(inner.raw).length === 0) return false;
    this.raw[key] = [...((this.raw[key] as Raw[] | undefined) ?? []), inner.raw]; // only this method sets a group
    this.at = inner.at;
    return true;
  }

  /** `limit 128`, `limit of 128`, `path D:\VMs`. */
  #lead(): boolean {
    const lead = this.#phrase(this.#known.leads);
    const arg = lead && this.#known.args.get(lead.hit);
    if (!arg) return false;
    let at = lead.end;
    while (isFiller(this.#all[at])) at += 1;
    if (arg.kind === 'text' || arg.kind === 'texts') {
      const value = this.#all[at];
      if (!value) throw new UserError(`“${said(this.#all, this.at, lead.end)}” needs a value behind it.`);
      this.at = at + 1;
      this.#set(lead.hit, [value.text]);
    } else this.#takeNumberAt(at, lead);
    return true;
  }

  /** A word that is known by its look: `0x800704C8`. */
  #shaped(): boolean {
    const token = this.#all[this.at];
    const [key] = (token && [...this.#known.args].find(([, arg]) => arg.shape?.test(token.text))) ?? [];
    if (!token || key === undefined) return false;
    this.at += 1;
    this.#set(key, [token.text]);
    return true;
  }

  /** `2 hosts`, `16 cores per processor`; a bare year is a release. */
  #number(): boolean {
    if (!numberAt(this.#all, this.at)) return false;
    const counted = this.#counted(this.at);
    const value = this.#phrase(this.#known.values);
    // "/vmm 2022 hosts" names a release and a question, “2022 host” one host of it; "/vmm sizing 2022 hosts" counts hosts.
    if (value && (counted?.values?.length !== 1 || this.#opens(counted) || this.#isSingle(counted)))
      return this.#value();
    if (!counted) return false;
    this.#setNumber(counted.key, counted.values, counted.end);
    return true;
  }

  /** A number and its unit; several numbers only where the unit's argument is a list. */
  #counted(at: number): Counted | undefined {
    const list = listAt(this.#all, at);
    const listed = list && this.#unitBehind(at, list);
    if (listed && this.#takesList(listed.key)) return listed;
    const number = numberAt(this.#all, at);
    return number && this.#unitBehind(at, number);
  }

  #unitBehind(at: number, { values, length }: NumberRead): Counted | undefined {
    let unitAt = at + length;
    while (['of', 'x'].includes(this.#all[unitAt]?.word ?? '')) unitAt += 1;
    const unit = phraseAt(this.#known.units, this.#all, unitAt);
    // In `2022 hosts=2` the unit belongs to the number behind it.
    if (!unit || this.#all[unit.end - 1]?.gives) return undefined;
    // In `csvs 9, hosts 3` the 9 is of what stands before it.
    if (values?.length === 1 && this.#all[at + length - 1]?.comma) return undefined;
    return { key: unit.hit, values, unitAt, end: unit.end };
  }

  /** The unit word could as well begin something of its own: a question, a group, a list. */
  #opens({ unitAt, end }: Counted): boolean {
    const group = phraseAt(this.#known.groups, this.#all, unitAt);
    return (
      this.#open(phraseAt(this.#known.values, this.#all, unitAt)?.hit) !== undefined ||
      (group !== undefined && numberAt(this.#all, group.end) !== undefined) ||
      listAt(this.#all, end) !== undefined
    );
  }

  #isSingle({ values, end }: Counted): boolean {
    return values?.[0] !== 1 && !this.#all[end - 1]?.word.endsWith('s');
  }

  /** `hosts=2`; or `hosts 16,16,32 cores`, where the list says how many hosts there are. */
  #unitFirst(): boolean {
    const unit = this.#phrase(this.#known.units);
    if (!unit) return false;
    const list = this.#counted(unit.end)?.values?.length ?? 0;
    if (this.#all[unit.end - 1]?.gives) this.#takeNumberAt(unit.end, unit);
    else if (list > 1) this.#setNumber(unit.hit, [list], unit.end);
    else return false;
    return true;
  }

  #value(): boolean {
    const found = this.#phrase(this.#known.values);
    // A second "hosts" is not the question again but a unit without its number.
    const isUnit = found && this.#phrase(this.#known.units) !== undefined;
    const value = found && (this.#open(found.hit) ?? (isUnit ? undefined : found.hit[0]));
    if (!value) return false;
    this.at = found.end;
    this.#set(value.key, [this.#known.args.get(value.key)?.kind === 'flag' ? true : value.value]);
    return true;
  }

  #filler(): boolean {
    const filler = isFiller(this.#all[this.at]);
    if (filler) this.at += 1;
    return filler;
  }

  #phrase<T>(phrases: Map<string, T>): Phrase<T> | undefined {
    return phraseAt(phrases, this.#all, this.at);
  }

  /** The first meaning of a phrase whose argument is still to be given. */
  #open(values: Value[] | undefined): Value | undefined {
    return values?.find(({ key }) => this.#known.args.get(key)?.kind === 'choices' || this.raw[key] === undefined);
  }

  #takesList(key: string): boolean {
    return this.#known.args.get(key)?.kind === 'counts';
  }

  /** The number that the words from `this.at` to `word.end` announce stands at `at`. */
  #takeNumberAt(at: number, word: Phrase<string>) {
    const list: NumberRead | undefined = this.#takesList(word.hit) ? listAt(this.#all, at) : undefined;
    const number = list ?? numberAt(this.#all, at);
    const words = said(this.#all, this.at, word.end);
    if (!number) throw new UserError(`“${words}” needs a number behind it, for example “${words} 2”.`);
    this.at = at;
    this.#setNumber(word.hit, number.values, at + number.length);
  }

  #setNumber(key: string, values: number[] | undefined, end: number) {
    const written = said(this.#all, this.at, end);
    if (!values) throw unusable(written);
    if (values.length > 1 && !this.#takesList(key))
      throw new UserError(`Please give one number instead of the list “${written}”.`);
    this.at = end;
    this.#set(key, values);
    this.#qualify(key);
  }

  /** `per host` and the like, right behind a number and its unit. */
  #qualify(key: string) {
    const phrases = this.#known.after.get(key);
    const setsKey = this.#known.args.get(key)?.setsKey;
    for (let phrase = phrases && this.#phrase(phrases); phrase; phrase = phrases && this.#phrase(phrases)) {
      this.at = phrase.end;
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
    if (before !== undefined && (before !== value || arg?.kind === 'count'))
      throw new UserError(`You gave ${arg?.label ?? key} twice: please say which one counts.`);
    this.raw[key] = arg?.kind === 'counts' ? values : value;
  }
}

/** The sentence about a number that is written in a way that is not accepted. */
export function unusable(written: string): UserError {
  return new UserError(`I can’t use “${written}”: please write a plain whole number, such as “2” or “1,000”.`);
}
