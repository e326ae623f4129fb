import { randomUUID } from 'node:crypto';
import type { Answer, Button } from './answer.ts';
import { type Command, type Context, type Kept, pendingIn } from './command.ts';
import { createConversations } from './conversation.ts';
import { Unavailable, UserError } from './errors.ts';
import type { Knowledge } from './knowledge.ts';
import { notKnown } from './not-known.ts';
import { nearest } from './reader.ts';
import { isFiller } from './reading.ts';
import type { Request } from './request.ts';
import { clip, tokens } from './tokens.ts';
import { createUnderstanding, type Understanding, type Understood } from './understand.ts';

/** Longest request that is read, in characters. Slack's own limit for a message typed by a person is 4,000. */
const LONGEST_REQUEST = 4000;
/** Words beside a first one that may be a mistyped command; more of them are a sentence. */
const MOST_WORDS_BESIDE = 2;
/** Longest text that a button of this file asks; Slack allows 2,000 characters. */
const LONGEST_BUTTON = 1000;

export type Bot = {
  commands: readonly Command[];
  /** Answers one request; never rejects. What went wrong is in the answer's `problem`. */
  ask(request: Request): Promise<Answer>;
};

/** The part of a logger the bot needs: an error whole, and the reference people are given. */
export type Log = { error(details: { err: unknown; reference: string }, message: string): void };

export function createBot(made: {
  commands: readonly Command[];
  knowledge: Knowledge;
  log: Log;
  defaultRelease?: string;
  /** The IANA time zone of dates in answers; UTC unless said. */
  timeZone?: string;
  kept?: Kept;
}): Bot {
  const { commands, knowledge, log, defaultRelease, timeZone = 'UTC', kept } = made;
  const byWord = new Map(commands.flatMap((c) => [c.name, ...(c.aliases ?? [])].map((word) => [word, c] as const)));

  const conversations = createConversations();
  let built: Understanding | undefined;
  // Built when somebody first asks, so that the start does not wait for it.
  const understanding = () => {
    built ??= createUnderstanding(commands, knowledge);
    return built;
  };

  async function answer(request: Request): Promise<Answer> {
    const text = request.text.slice(0, LONGEST_REQUEST).trim();
    const [, slash = '', first = '', rest = ''] = /^(\/?)(\S*)\s*(.*)$/s.exec(text) ?? [];
    const named = byWord.get(first.toLowerCase());
    const isLong = request.text.length > LONGEST_REQUEST;
    if (!named && isLong) return { headline: aLog, ...whatNext, problem: 'input' };
    if (!named && (slash || !first)) return unknown(first, rest);
    const context = await contextOf(request);
    if (!named) return sentence(text, context);
    const asksHelp = /^(help|-h|--help|\?)$/i.test(rest) && byWord.get('help');
    const command = asksHelp || named;
    const keep = (error?: unknown) => {
      // What takes a text as it is, as /help and /ask do, leaves nothing to change.
      if ([...command.grammar.args.values()].some(({ kind }) => kind === 'rest')) return;
      const pending = pendingIn(error, command);
      conversations.keep(request, { asked: text, command, typed: rest, ...(pending !== undefined && { pending }) });
    };
    try {
      if (isLong) throw new UserError(tooLong);
      const answered = await command.run(asksHelp ? named.name : rest, context);
      keep();
      return answered;
    } catch (error) {
      if (!(error instanceof UserError) || error instanceof Unavailable) throw error;
      keep(error);
      const isSentence = !slash && !isLong && !command.changes && speaks(rest, command);
      const answered = isSentence ? await understood(text, context) : undefined;
      // What the command itself refuses says more than that the sentence is not clear.
      if (answered && !answered.isRefused) return answered.answer;
      const isMissing = pendingIn(error, command) !== undefined;
      if (isSentence && !isMissing && asks(text)) return notKnown(understanding().near(text), knowledge.topics);
      return refused(error, command);
    }
  }

  /** What a command is given. What the channel has set goes before what the installation has. */
  async function contextOf(request: Request): Promise<Context> {
    const { timeZone: zone = timeZone, defaultRelease: release = defaultRelease } =
      (await kept?.channels.of(request.place)) ?? {};
    const set = { timeZone: zone, ...(release && { defaultRelease: release }) };
    const context: Context = {
      request,
      knowledge,
      commands,
      ...kept,
      ...set,
      askSentence: (text) => sentence(text, context),
    };
    return context;
  }

  async function understood(text: string, context: Context): Promise<Understood | undefined> {
    const { request } = context;
    const found = await understanding().answer(text, context, conversations.last(request));
    if (found) conversations.keep(request, found.turn);
    return found;
  }

  /** A sentence in somebody’s own words. What is not understood is answered with what comes near it, never with a guess. */
  async function sentence(text: string, context: Context): Promise<Answer> {
    const answered = await understood(text, context);
    if (answered) return answered.answer;
    const [first = '', ...more] = text.split(/\s+/);
    const mistyped = more.length <= MOST_WORDS_BESIDE ? unknown(first, more.join(' ')) : undefined;
    const isSuggested = mistyped?.buttons && mistyped.buttons.length > whatNext.buttons.length;
    return isSuggested ? mistyped : notKnown(understanding().near(text), knowledge.topics);
  }

  /** The first word is no command: the nearest one is suggested, or else one that knows the word. */
  function unknown(first: string, rest: string): Answer {
    if (!first) return { headline: 'Please ask me something.', ...whatNext, problem: 'input' };
    const word = first.toLowerCase();
    const near = byWord.get(nearest(word, [...byWord.keys()]) ?? '');
    const command = near ?? (/^\d/.test(word) ? undefined : commands.find((c) => c.grammar.words.includes(word)));
    const headline = `I don’t know the command “${clip(first)}”`;
    if (!command) return { headline: `${headline}.`, ...whatNext, problem: 'input' };
    const ask = `/${command.name} ${near ? '' : `${first} `}${rest}`.trim();
    const button = { label: `Try /${command.name}`, ask };
    return {
      headline: `${headline}; did you mean /${command.name}?`,
      buttons: [...(ask.length <= LONGEST_BUTTON ? [button] : []), ...whatNext.buttons],
      problem: 'input',
    };
  }

  return {
    commands,
    async ask(request) {
      try {
        return await answer(request);
      } catch (err) {
        const reference = randomUUID().slice(0, 8);
        log.error({ err, reference }, 'a request failed');
        const sorry = `Sorry, that went wrong on my side. Please tell whoever runs me the reference ${reference}.`;
        return { headline: err instanceof Unavailable ? err.message : sorry, problem: 'fault' };
      }
    },
  };
}

const aLog = 'I don’t know what to make of so long a text: please ask in one or two lines.';
const tooLong = 'That is too long for me to read: please ask in one or two lines.';
const whatNext: { buttons: Button[] } = { buttons: [{ label: 'What can I ask?', ask: '/help' }] };

/** True when what stands behind a command reads like a sentence: some words, none assigned; one alone only where it is none of the command’s own. */
function speaks(rest: string, { grammar }: Command): boolean {
  const words = [...new Set(rest.match(/(?<![\p{L}<!@#])\p{L}{2,}/gu))].map((word) => word.toLowerCase());
  const isOther = words.some((word) => nearest(word, grammar.words) === undefined);
  const isAssigned =
    /=\d/.test(rest) ||
    [...rest.matchAll(/(\p{L}+)=/gu)].some(([, word = '']) => grammar.words.includes(word.toLowerCase()));
  return !isAssigned && (words.length > 1 || isOther);
}

/** True for a question, or a sentence without figures, beside which the refusal of a command says nothing. */
function asks(text: string): boolean {
  const small = tokens(text, () => false).filter(isFiller);
  return text.endsWith('?') || (!/(?<!\S)(?!20\d\d)\d/.test(text) && new Set(small.map(({ word }) => word)).size > 1);
}

/** A request that a command could not take: one sentence, the usage and an example to press. */
function refused(error: UserError, command: Command): Answer {
  const [example] = command.examples;
  return {
    headline: error.message,
    facts: [
      ['Usage', command.usage],
      ['Example', example.ask],
    ],
    buttons:
      error.buttons.length > 0 ? error.buttons : [{ label: `Help on /${command.name}`, ask: `/help ${command.name}` }],
    problem: 'input',
  };
}
