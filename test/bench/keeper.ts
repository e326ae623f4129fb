import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import { createBot } from '../../src/bot.ts';
import { loadParts } from '../../src/clusterwise.ts';
import { createLog } from '../../src/log.ts';
import { createSlack } from '../../src/platforms/slack/slack.ts';
import { dueOf, openBook } from '../../src/reminders/book.ts';
import { createDelivery } from '../../src/reminders/delivery.ts';
import { reminderKey } from '../../src/reminders/reminder.ts';
import { createReminders } from '../../src/reminders/service.ts';
import { watch } from '../../src/reminders/watch.ts';
import { openStorage } from '../../src/storage/open.ts';
import { systemClock } from '../../src/storage/storage.ts';
import { SECRET } from './programs.ts';
import { serve } from './remote.ts';
import { alice, dueAt, type Plan, place, plan } from './stored.ts';

// The reminders as `src/keeper.ts` puts them together, so that nothing but them is in the event loop that is measured.
const [dataDir = '', apiUrl = '', databaseUrl] = process.argv.slice(2);
const log = createLog('warn');
const parts = await loadParts();
const storage = await openStorage({ dataDir, log, ...(databaseUrl !== undefined && { databaseUrl }) });
const book = openBook(storage, systemClock);
const bot = createBot({ ...parts, log });
const events = storage.collection('events', z.literal(true));
const { name, poster } = createSlack({ bot, log, events, botToken: 'xoxb-bench', signingSecret: SECRET, apiUrl });
const posters = new Map([[name, poster]]);
const reminders = createReminders({ book, posters, policy: () => undefined, log });
const delivery = createDelivery({
  book,
  posters,
  knowledge: parts.knowledge,
  ask: async () => ({ headline: '' }),
  log,
});
let stop = () => {};

async function timed(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}
const by = (channel: string) => ({ place: place(channel), user: alice, now: new Date() });

async function makeDue({ channel, number, at }: Plan[number]): Promise<void> {
  const { next } = await reminders.edit(number, dueAt(at), by(channel));
  if (!next || Date.parse(next.at) === at) return;
  // Schedules know whole seconds: what is between them is written by hand.
  const key = reminderKey(place(channel), number);
  await book.reminders.update(key, (old) => old && { ...old, next: { ...next, at: new Date(at).toISOString() } });
  await book.put(dueOf(key, next.id), new Date(at));
}

serve(
  {
    /** Begins to deliver. */
    start: () => timed(delivery.start),
    /** Looks over all that is stored, as at the start and every hour; how long that took. */
    'look over': () =>
      timed(async () => {
        const watching = watch({ book, log });
        stop = watching.stop;
        await watching.checked;
      }),
    /** Adds one reminder, which is due tomorrow, to a channel; how long that took. */
    add: (given) => timed(() => reminders.add(dueAt(Date.now() + 86_400_000), by(z.string().parse(given)))),
    /** Makes reminders due at other times, a few at once; how long that took. */
    edit: (given) =>
      timed(async () => {
        const left = plan.parse(given);
        while (left.length > 0) {
          await Promise.all(left.splice(0, 10).map(makeDue));
          await turn();
        }
      }),
    /** Mebibytes. */
    memory: () => process.memoryUsage.rss() / 2 ** 20,
  },
  async () => {
    stop();
    await storage.close();
  },
);
