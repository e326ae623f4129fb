import { fileURLToPath } from 'node:url';
import { type Bot, createBot, type Log } from './bot.ts';
import type { Command } from './command.ts';
import { loadCommands } from './handlers.ts';
import { type Knowledge, startKnowledge } from './knowledge.ts';

/** Every command of `handlers/` and all of `knowledge/`. Throws what their loaders throw when one has a fault. */
export async function loadParts(): Promise<{ commands: Command[]; knowledge: Knowledge }> {
  const folder = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
  return { commands: await loadCommands(folder('handlers')), knowledge: startKnowledge(folder('knowledge')) };
}

/** The bot of a terminal, which keeps nothing. */
export async function loadBot(made: { log: Log; defaultRelease?: string; timeZone?: string }): Promise<Bot> {
  return createBot({ ...(await loadParts()), ...made });
}
