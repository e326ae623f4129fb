import { createInterface } from 'node:readline';
import type { Answer } from '../answer.ts';
import type { Bot } from '../bot.ts';
import { renderText } from './text.ts';

/** What the terminal platform reads and writes; a test brings its own. */
export type Terminal = {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
  user: string;
};

/** The exit status of one question: 0 answered, 1 our own fault, 2 not understood or invalid. */
export function exitStatus({ problem }: Answer): 0 | 1 | 2 {
  if (problem === undefined) return 0;
  return problem === 'input' ? 2 : 1;
}

/** Asks the bot as the person at the terminal. */
export function askAs(bot: Bot, user: string, text: string): Promise<Answer> {
  const place = { platform: 'terminal', address: 'terminal', kind: 'terminal' } as const;
  return bot.ask({ text, user: { id: user, name: user }, place, now: new Date() });
}

/** One request a line in, one JSON object a line out, in order, until the input ends. */
export async function runJson(bot: Bot, { input, output, user }: Terminal): Promise<void> {
  for await (const ask of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const answer = await askAs(bot, user, ask);
    const { headline, problem } = answer;
    const line = { ask, understood: problem === undefined, headline, text: renderText(answer), answer };
    output.write(`${JSON.stringify(line)}\n`);
  }
}

/** A prompt with history (arrow keys) and completion (Tab), until “exit” or the end of the input. */
export async function runPrompt(bot: Bot, { input, output, user }: Terminal): Promise<void> {
  const prompt = createInterface({
    input,
    output,
    prompt: 'clusterwise> ',
    completer: completer(bot),
    historySize: 500,
  });
  let open = true;
  prompt.once('close', () => {
    open = false;
  });
  prompt.prompt();
  for await (const line of prompt) {
    const text = line.trim();
    if (/^\/?(exit|quit)$/i.test(text)) break;
    if (text !== '') output.write(`\n${renderText(await askAs(bot, user, text))}\n\n`);
    // The input may have ended while the answer was made; lines read before that are still answered.
    if (open) prompt.prompt();
  }
  prompt.close();
}

/** Completes the command first, then the words that command understands. */
export function completer({ commands }: Bot): (line: string) => [string[], string] {
  return (line) => {
    const words = line.trimStart().split(/\s+/);
    const last = words.at(-1) ?? '';
    const [first = ''] = words;
    const names = commands.map(({ name }) => name);
    const command = commands.find(({ name, aliases = [] }) => [name, ...aliases].includes(first.replace(/^\//, '')));
    const known = command && command.grammar.words.length > 0 ? command.grammar.words : names;
    const [candidates, start] =
      words.length < 2 ? [names.map((name) => `/${name}`), `/${last.replace(/^\//, '')}`] : [known, last];
    const hits = candidates.filter((word) => word.startsWith(start));
    // What is complete is followed by a blank, so that the next word can be typed.
    return [hits.length === 1 ? hits.map((hit) => `${hit} `) : hits, last];
  };
}
