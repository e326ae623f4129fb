import { z } from 'zod';
import { openStorage } from '../../src/storage/open.ts';
import { openPostgres } from '../../src/storage/postgres.ts';

// A process for tests that end it with kill -9: it commits, says so, and stays.
const [place = '', schema] = process.argv.slice(2);
const log = { info: () => {}, warn: () => {}, error: () => {} };
const storage = await (schema ? openPostgres({ url: place, schema, log }) : openStorage({ dataDir: place, log }));
await storage.collection('notes', z.string()).set('a', 'committed');
await storage.jobs.put({ id: 'later', queue: 'later', at: Date.now() + 3_600_000, data: null });
await storage.jobs.put({ id: 'now', queue: 'post', at: 0, data: null });
await storage.jobs.work('post', async () => {
  process.stdout.write('running\n');
  await new Promise(() => setInterval(() => {}, 1000));
});
