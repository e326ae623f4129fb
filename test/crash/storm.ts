import { setTimeout as pause } from 'node:timers/promises';
import type { Book } from '../../src/reminders/book.ts';
import { type Occurrence, occurrenceKey, reminderKey } from '../../src/reminders/reminder.ts';
import { createReminders } from '../../src/reminders/service.ts';
import type { Chance } from './chance.ts';
import { type Program, start } from './program.ts';
import { quiet, type Store } from './stores.ts';
import { until } from './until.ts';
import { type Post, SECRET, type Workspace } from './workspace.ts';

/** Reminders that are due in each round, one a channel: a channel takes one a second. */
const LOAD = 8;
/** Rounds until other channels are taken, so that none has more reminders than are kept of one. */
const ROUNDS = 25;
/** Milliseconds that a round waits for its posts, and the end for all that is due: a lease, then a few tries later each time. */
const ROUND = 1500;
const REST = 300_000;

const people = { id: 'U1', name: 'asker' };

/** What was done, and what was found in the end. */
export type Aftermath = {
  /** The runs that were killed, and how many of them before all that was due had been posted. */
  killed: Set<number>;
  busy: number;
  posts: Post[];
  /** Every occurrence that should have come, with what is stored of it. */
  occurrences: Map<string, Occurrence | undefined>;
  /** Those whose Done was acknowledged right before a kill. */
  pressed: Set<string>;
  dead: string[];
};

/** Kills programs with `kill -9` while they post, lets what is left be posted in peace, and reads what is stored. */
export async function storm(
  store: Store,
  { posts, apiUrl, press }: Workspace,
  { kills, chance, signal }: { kills: number; chance: Chance; signal: AbortSignal },
): Promise<Aftermath> {
  const running: Program[] = [];
  const killed = new Set<number>();
  const added = new Set<string>();
  const pressed = new Set<string>();
  let runs = 0;
  let busy = 0;

  const waiting = () => added.size - new Set(posts.map(({ key }) => key)).size;

  async function startOne(): Promise<void> {
    runs += 1;
    const slack = { SLACK_BOT_TOKEN: 'xoxb-crash', SLACK_SIGNING_SECRET: SECRET, SLACK_API_URL: apiUrl(runs) };
    running.push(await start(runs, { ...slack, HOST: '127.0.0.1', PORT: '0', ...store.env }));
  }

  /** Adds reminders that are due at once, one after the other over the channels. */
  async function add(count: number, book: Book): Promise<void> {
    const reminders = createReminders({ book, posters: new Map(), policy: () => undefined, log: quiet });
    for (let i = 0; i < count; i += 1) {
      const place = { platform: 'slack', address: `C${Math.floor(added.size / LOAD / ROUNDS)}X${added.size % LOAD}` };
      const second = Math.floor(Date.now() / 1000) * 1000;
      const at = new Date(second).toISOString().replace('.000', '');
      const draft = {
        subject: { kind: 'text', text: 'look' },
        schedule: { kind: 'instant', at, zone: 'UTC' },
      } as const;
      const { number } = await reminders.add(draft, { place, user: people, now: new Date(second - 1000) });
      added.add(occurrenceKey(reminderKey(place, number), at));
    }
  }

  /** One that works alone finds what is due at its start; replicas find it while they run. */
  async function prepare(): Promise<void> {
    const alone = store.replicas === 1;
    if (alone) await store.use((book) => add(LOAD - waiting(), book));
    while (running.length < store.replicas) await startOne();
    if (!alone) await store.use((book) => add(LOAD, book));
  }

  async function round(): Promise<void> {
    const before = posts.length;
    await prepare();
    const some = chance.upTo(LOAD);
    await until(() => posts.length - before >= some, ROUND);
    await pause(chance.upTo(25));
    const victim = running.splice(chance.upTo(running.length - 1), 1)[0];
    if (!victim) return;
    const card = chance.oneOf(posts.slice(-LOAD).filter(({ key }) => !pressed.has(key)));
    if (card && chance.next() < 1 / 3 && (await press(card, victim.port))) pressed.add(card.key);
    killed.add(victim.run);
    if (waiting() > 0) busy += 1;
    await victim.kill();
  }

  try {
    // Ended in peace, the first leaves its compiled code behind for the others.
    await startOne();
    await running.pop()?.end();
    while (killed.size < kills) {
      signal.throwIfAborted();
      await round();
    }
    while (running.length < store.replicas) await startOne();
    await until(async () => signal.aborted || (await store.jobs()) === 0, REST, 500);
    signal.throwIfAborted();
    await Promise.all(running.map((program) => program.end()));
  } finally {
    await Promise.all(running.map((program) => program.kill()));
  }

  const occurrences = new Map<string, Occurrence | undefined>();
  const dead: string[] = [];
  await store.use(async (book) => {
    for (const key of added) occurrences.set(key, await book.occurrences.get(key));
    dead.push(...(await book.storage.jobs.dead()).map(({ id, error }) => `${id}: ${error}`));
  });
  return { killed, busy, posts, occurrences, pressed, dead };
}
