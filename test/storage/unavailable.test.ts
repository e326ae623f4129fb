import { DatabaseSync } from 'node:sqlite';
import { stdSerializers } from 'pino';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { rest } from '../../src/arguments.ts';
import { createBot } from '../../src/bot.ts';
import { command } from '../../src/command.ts';
import { createCollection } from '../../src/storage/collection.ts';
import { SqliteStore } from '../../src/storage/sqlite-store.ts';
import { createStatements } from '../../src/storage/statements.ts';
import { knowledge, request } from '../ask.ts';
import { sentence, silent } from './contract.ts';

test('a request that needs a database that does not answer is told so, and the log why, without what was typed', async () => {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE keyv (key TEXT PRIMARY KEY, value TEXT NOT NULL); PRAGMA query_only = 1');
  const notes = createCollection(new SqliteStore(createStatements(database)), silent, 'notes', z.string());
  const logged: unknown[] = [];
  const keep = command({
    name: 'keep',
    summary: 'keeps words',
    args: z.object({ words: rest({ label: 'words', show: 'WORDS' }) }),
    examples: [{ ask: '/keep it', headline: 'Kept.' }],
    async answer({ words }) {
      await notes.set(words, words);
      return { headline: 'Kept.' };
    },
  });
  const bot = createBot({ commands: [keep], knowledge, log: { error: ({ err }) => logged.push(err) } });

  expect(await bot.ask(request('/keep geheim'))).toEqual({ headline: sentence, problem: 'fault' });
  expect(logged).toHaveLength(1);
  const [error] = logged;
  const line = JSON.stringify(error instanceof Error && stdSerializers.err(error));
  expect(line).toContain('attempt to write a readonly database');
  expect(line).not.toContain('geheim');
});
