import { fileURLToPath } from 'node:url';
import { type Bot, createBot, type Log } from './bot.ts';
import { loadCommands } from './handlers.ts';
import { loadKnowledge } from './knowledge.ts';

/** The bot with every command of `handlers/` and all of `knowledge/`. Throws what they throw when one has a fault. */
export async function loadBot(made: { log: Log; defaultRelease?: string; timeZone?: string }): Promise<Bot> {
  const folder = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
  return createBot({
    commands: await loadCommands(folder('handlers')),
    knowledge: loadKnowledge(folder('knowledge')),
    ...made,
  });
}
