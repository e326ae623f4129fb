import { fileURLToPath } from 'node:url';
import { createBot, type Log } from '../src/bot.ts';
import { loadCommands } from '../src/handlers.ts';
import { loadKnowledge } from '../src/knowledge.ts';
import type { Request } from '../src/request.ts';

const root = new URL('../', import.meta.url);
/** A path of the project, from its top folder. */
export const projectPath = (path: string): string => fileURLToPath(new URL(path, root));

export const commands = await loadCommands(projectPath('handlers'));
export const knowledge = loadKnowledge(projectPath('knowledge'));

/** What the bot logged; a test that expects none asserts that it is empty. */
export const logged: unknown[] = [];
const log: Log = { error: (details, message) => logged.push({ ...details, message }) };

/** The real bot with every command and all knowledge. */
export const bot = createBot({ commands, knowledge, log });

/** A request as a person would type it in a channel, at a fixed time. */
export function request(text: string): Request {
  return {
    text,
    user: { id: 'U1', name: 'the person who asks' },
    place: { platform: 'test', address: 'C1', kind: 'channel' },
    now: new Date('2026-11-22T09:00:00Z'),
  };
}

/** Asks the real bot. */
export const ask = (text: string) => bot.ask(request(text));
