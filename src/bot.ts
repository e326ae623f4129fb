import { randomUUID } from 'node:crypto';
import type { Answer, Button } from './answer.ts';
import type { Command, Context, Kept } from './command.ts';
import { Unavailable, UserError } from './errors.ts';
import type { Knowledge } from './knowledge.ts';
import { nearest } from './reader.ts';
import type { Request } from './request.ts';
import { clip } from './tokens.ts';

/** Longest request that is read, in characters. Slack's own limit for a message typed by a person is 4,000. */
const LONGEST_REQUEST = 4000;
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

  async function answer(request: Request): Promise<Answer> {
    const text = request.text.slice(0, LONGEST_REQUEST).trim();
    const [, first = '', rest = ''] = /^\/?(\S*)\s*(.*)$/s.exec(text) ?? [];
    const named = byWord.get(first.toLowerCase());
    if (!named && request.text.length <= LONGEST_REQUEST) return unknown(first, rest);
    if (!named) return { headline: tooLong, ...whatNext, problem: 'input' };
    const asksHelp = /^(help|-h|--help|\?)$/i.test(rest) && byWord.get('help');
    const command = asksHelp || named;
    // What the channel has set goes before what the installation has.
    const { timeZone: zone = timeZone, defaultRelease: release = defaultRelease } =
      (await kept?.channels.of(request.place)) ?? {};
    const set = { timeZone: zone, ...(release && { defaultRelease: release }) };
    const context: Context = { request, knowledge, commands, ...kept, ...set };
    try {
      if (request.text.length > LONGEST_REQUEST) throw new UserError(tooLong);
      return await command.run(asksHelp ? named.name : rest, context);
    } catch (error) {
      if (error instanceof UserError && !(error instanceof Unavailable)) return refused(error, command);
      throw error;
    }
  }

  /** The first word is no command: the nearest one is suggested, or else one that knows the word. */
  function unknown(first: string, rest: string): Answer {
    if (!first) return { headline: 'Please ask me something.', ...whatNext, problem: 'input' };
    const word = first.toLowerCase();
    const near = byWord.get(nearest(word, [...byWord.keys()]) ?? '');
    const command = near ?? commands.find((c) => c.grammar.words.includes(word));
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

const tooLong = 'That is too long for me to read: please ask in one or two lines.';
const whatNext: { buttons: Button[] } = { buttons: [{ label: 'What can I ask?', ask: '/help' }] };

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
