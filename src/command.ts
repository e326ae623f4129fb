import type { z } from 'zod';
import type { Answer } from './answer.ts';
import { usage } from './arguments.ts';
import type { Channels } from './channels.ts';
import { UserError } from './errors.ts';
import type { Feedback } from './feedback.ts';
import { type Grammar, grammar } from './grammar.ts';
import type { Knowledge } from './knowledge.ts';
import { readArguments } from './reader.ts';
import type { Calendar } from './reminders/calendar.ts';
import type { Reminders } from './reminders/reminders.ts';
import type { Request } from './request.ts';

/** An example is a line of the help and a test: the bot's headline for `ask` must be exactly `headline`. */
export type Example = { ask: string; headline: string };

/** What outlives a request, where something is there to keep it: not in a terminal. */
export type Kept = { reminders: Reminders; channels: Channels; calendar: Calendar; feedback: Feedback };

/** What a command is given besides its arguments. */
export type Context = Partial<Kept> & {
  request: Request;
  knowledge: Knowledge;
  /** The release the installation runs, where one is set. */
  defaultRelease?: string;
  /** The IANA time zone that dates are shown in. */
  timeZone: string;
  commands: readonly Command[];
  /** Answers a sentence in somebody’s own words, as if it were all that they had said. */
  askSentence(text: string): Promise<Answer>;
};

type Definition<Args extends z.ZodObject> = {
  name: string;
  aliases?: string[];
  /** What it answers, in one line without a full stop. */
  summary: string;
  /** True for a command that can change something: a reminder may not ask it, and a press is answered once it is kept. */
  changes?: true;
  args: Args;
  examples: [Example, ...Example[]];
  answer(args: z.output<Args>, context: Context): Answer | Promise<Answer>;
};

/** A command as the rest of the program sees it: its arguments are read, validated and hidden behind `run`. */
export type Command = Omit<Definition<z.ZodObject>, 'args' | 'answer'> & {
  usage: string;
  grammar: Grammar;
  /** @throws UserError when the text is not understood or its values do not go together */
  run(text: string, context: Context): Answer | Promise<Answer>;
};

const made = new WeakSet<object>();

/** Defines a command; the default export of a file in `handlers/` is what this returns. */
export function command<Args extends z.ZodObject>({ args, answer, ...rest }: Definition<Args>): Command {
  const known = grammar(args);
  const defined: Command = {
    ...rest,
    usage: usage(rest.name, args),
    grammar: known,
    run: (text, context) => answer(readArguments(text, args, known), context),
  };
  made.add(defined);
  return defined;
}

/** True for what `command()` made. */
export function isCommand(value: unknown): value is Command {
  return typeof value === 'object' && value !== null && made.has(value);
}

/** The argument that a refusal asks for. */
export function pendingIn(error: unknown, { grammar }: Command): string | undefined {
  if (!(error instanceof UserError)) return undefined;
  return [...grammar.args].find(([, { question }]) => question === error.message)?.[0];
}
