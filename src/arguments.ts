import { z } from 'zod';

/** What the reader and the help know of one argument. It lives beside the zod schema, in `about()`. */
export type Arg = {
  kind: 'count' | 'counts' | 'choice' | 'choices' | 'flag' | 'text' | 'texts' | 'rest' | 'groups';
  /** How it is named in a sentence: "hosts". */
  label: string;
  /** How the usage line shows it: "N hosts". */
  show: string;
  /** The question put when it is missing. */
  question?: string;
  /** Words that follow the number, or precede it with `=` or `:`. */
  units?: readonly string[];
  /** Words that stand before the value: `limit 128`, `path D:\VMs`. */
  leads?: readonly string[];
  /** Phrases right behind a number and its unit; each sets `setsKey` to its name, or nothing where the name is ''. */
  after?: Readonly<Record<string, readonly string[]>>;
  setsKey?: string;
  /** The phrases that mean each value of a choice. */
  phrases?: Readonly<Record<string, readonly string[]>>;
  /** A value of this shape needs no leading word. */
  shape?: RegExp;
  /** The arguments of one member of a group. */
  member?: z.ZodObject;
  /** How text that the command reads by itself may begin, a row of the help for each. */
  forms?: readonly [show: string, label: string][];
};

/** The question to put when an argument is missing. */
export function question(schema: unknown): string {
  const arg = about(schema);
  return arg.question ?? `Please add ${arg.label}, for example “${arg.show}”.`;
}

type Named = Pick<Arg, 'label' | 'show'> & { question?: string };

const known = new WeakMap<object, Arg>();

function described<Schema extends object>(schema: Schema, arg: Arg): Schema {
  known.set(schema, arg);
  return schema;
}

/** What is known of an argument, through `optional()` and `default()`. Throws for a schema not made here. */
export function about(schema: unknown): Arg {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap();
  const arg = typeof inner === 'object' && inner !== null ? known.get(inner) : undefined;
  if (!arg) throw new Error('an argument was not made by arguments.ts');
  return arg;
}

type Counting = Named & Pick<Arg, 'units' | 'leads' | 'after' | 'setsKey'> & { min?: number; max: number };

function whole(min: number, max: number, label: string) {
  const most = max.toLocaleString('en');
  const wrong = `For ${label}, please give a whole number from ${min.toLocaleString('en')} to ${most}.`;
  return z.int(wrong).min(min, wrong).max(max, wrong);
}

/** A whole number from `min` (1 unless said) to `max`, with its unit words or leading words. */
export function count({ min = 1, max, ...named }: Counting) {
  return described(whole(min, max, named.label), { kind: 'count', ...named });
}

/** One whole number or a list of them: `16 cores` or `16,16,32 cores`. */
export function counts({ min = 1, max, ...named }: Counting) {
  return described(z.array(whole(min, max, named.label)), { kind: 'counts', ...named });
}

type Phrases<K extends string> = Readonly<Record<K, readonly string[]>>;

// Object.keys() of a Record<K, …> is K[]; TypeScript types it string[] because objects may have more keys.
const keysOf = <K extends string>(phrases: Phrases<K>) => Object.keys(phrases) as [K, ...K[]];

/** One of several values, each found by its own phrases. */
export function choice<K extends string>(phrases: Phrases<K>, named: Named) {
  return described(z.enum(keysOf(phrases)), { kind: 'choice', phrases, ...named });
}

/** Any number of values, each found by its own phrases; naming one twice is naming it once. */
export function choices<K extends string>(phrases: Phrases<K>, named: Named) {
  return described(z.array(z.enum(keysOf(phrases))), { kind: 'choices', phrases, ...named });
}

/** True when one of its phrases is there. */
export function flag(phrases: readonly string[], named: Named) {
  return described(z.boolean(), { kind: 'flag', phrases: { true: phrases }, ...named });
}

type Texting = Named & Pick<Arg, 'leads' | 'shape'> & { max?: number };

function short(max: number, label: string) {
  const wrong = `For ${label}, please give at least one character and at most ${max.toLocaleString('en')}.`;
  return z.string(wrong).min(1, wrong).max(max, wrong);
}

/** One word or quoted text behind a leading word, at most `max` characters (200 unless said). */
export function text({ max = 200, ...named }: Texting) {
  return described(short(max, named.label), { kind: 'text', ...named });
}

/** The same, any number of times, at most 20. */
export function texts({ max = 200, ...named }: Texting) {
  const many = z.array(short(max, named.label)).max(20, `For ${named.label}, please give at most 20.`);
  return described(many, { kind: 'texts', ...named });
}

/** All that was typed behind the command, unread. */
export function rest(named: Named & Pick<Arg, 'forms'>) {
  return described(z.string(), { kind: 'rest', ...named });
}

/** Things with arguments of their own, each opened by a leading word: `host 2 procs 18 cores host 4 procs 8 cores`. */
export function groups<M extends z.ZodObject>(member: M, named: Named & Pick<Arg, 'leads'>) {
  const many = z.array(member).max(64, `For ${named.label}, please give at most 64.`);
  return described(many, { kind: 'groups', member, ...named });
}

/** The usage line of a command: `/pr N hosts [N modules] …`, optional arguments in brackets. */
export function usage(name: string, args: z.ZodObject): string {
  const shown = Object.values(args.shape).map((schema) => {
    const { show, question } = about(schema);
    return schema.safeParse(undefined).success && question === undefined ? `[${show}]` : show;
  });
  return [`/${name}`, ...shown.filter((show) => show !== '[]')].join(' ');
}

/** Every word or phrase a command understands, for completion and for "did you mean". */
export function vocabulary(args: z.ZodObject): string[] {
  return Object.values(args.shape).flatMap((schema) => {
    const { units = [], leads = [], phrases = {}, member } = about(schema);
    return [...units, ...leads, ...Object.values(phrases).flat(), ...(member ? vocabulary(member) : [])];
  });
}
