import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import type { Answer } from '../../src/answer.ts';
import { type Book, openBook, taskOf } from '../../src/reminders/book.ts';
import { createDelivery } from '../../src/reminders/delivery.ts';
import type { Policy } from '../../src/reminders/policy.ts';
import type { Poster } from '../../src/reminders/poster.ts';
import { type Draft, type Occurrence, occurrenceKey, reminderKey } from '../../src/reminders/reminder.ts';
import { createReminders } from '../../src/reminders/service.ts';
import { watch } from '../../src/reminders/watch.ts';
import type { Person } from '../../src/request.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import type { Clock } from '../../src/storage/storage.ts';
import { knowledge } from '../ask.ts';

export const PLACE = { platform: 'slack', address: 'C1' };
export const alice: Person = { id: 'UALICE', name: 'alice' };
export const bob: Person = { id: 'UBOB', name: 'bob' };

/** Time that stands still until it is moved; `putBack` moves it without running anything, as setting a clock does. */
export function createClock(start: string) {
  let now = Date.parse(start);
  let timers: { run: () => void; at: number }[] = [];
  const clock: Clock = {
    now: () => now,
    setTimer(run, ms) {
      const timer = { run, at: now + ms };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
  };
  const runDue = () => {
    const due = timers.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
    timers = timers.filter(({ at }) => at > now);
    for (const { run } of due) run();
  };
  return {
    clock,
    /** Sets the time, and runs each timer that is due then, once. */
    set(to: number) {
      now = to;
      runDue();
    },
    /** Timers count what has passed, not what the clock shows: after it was put back they still run. */
    putBack(to: number) {
      const by = now - to;
      for (const timer of timers) timer.at -= by;
      now = to;
    },
    runDue,
  };
}

export type Posted = { address: string; answer: Answer; thread?: string; message: string; at: string };

/** The real reminders over real SQLite, with a clock to move and a platform that keeps what it is given. */
export function openDesk({
  start = '2026-11-22T09:00:00Z',
  policy = () => undefined,
  dataDir = mkdtempSync(join(tmpdir(), 'clusterwise-desk-')),
}: {
  start?: string;
  policy?: Policy;
  dataDir?: string;
} = {}) {
  const time = createClock(start);
  const { clock } = time;
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  const storage = openSqlite({ dataDir, log: quiet, clock });
  const book: Book = openBook(storage, clock);
  const posted: Posted[] = [];
  const edited: { message: string; answer: Answer }[] = [];
  const told: { person: Person; answer: Answer }[] = [];
  /** What the platform does with the next posts and edits: an error is thrown. */
  let refusal: (() => Error | undefined) | undefined;
  const poster: Poster = {
    async post(address, answer, { thread, still, kept } = {}) {
      if (still && !(await still())) return;
      const error = refusal?.();
      if (error) throw error;
      const message = `m${posted.length + 1}`;
      const at = new Date(clock.now()).toISOString();
      posted.push({ address, answer, ...(thread && { thread }), message, at });
      await kept?.(message);
    },
    async edit(_, message, answer) {
      const error = refusal?.();
      if (error) throw error;
      edited.push({ message, answer });
    },
    async tell(person, answer) {
      told.push({ person, answer });
    },
    obstacle: async () => undefined,
  };
  const posters = new Map([['slack', poster]]);
  const reminders = createReminders({ book, posters, policy, log: quiet });
  let underWay = 0;
  let working = false;
  const peek = new DatabaseSync(join(dataDir, 'clusterwise.db'), { readOnly: true });
  const due = peek.prepare('SELECT count(*) AS due FROM jobs WHERE dead = 0 AND due <= ?');
  const counted: Book = {
    ...book,
    storage: {
      ...storage,
      jobs: {
        ...storage.jobs,
        work: (queue, handler) =>
          storage.jobs.work(queue, async (job, given) => {
            underWay += 1;
            await handler(job, given).finally(() => {
              underWay -= 1;
            });
          }),
      },
    },
  };
  const asked: string[] = [];
  const delivery = createDelivery({
    book: counted,
    posters,
    knowledge,
    log: quiet,
    async ask(text) {
      asked.push(text);
      return { headline: `The answer to ${text}.` };
    },
  });
  let watching: ReturnType<typeof watch> | undefined;
  let open = true;

  /** Resolves when nothing is under way and nothing more is due. */
  async function idle(): Promise<void> {
    do {
      await new Promise(setImmediate);
      time.runDue();
    } while (underWay > 0 || (working && due.get(clock.now())?.due !== 0));
  }

  async function close(): Promise<void> {
    if (!open) return;
    open = false;
    working = false;
    peek.close();
    watching?.stop();
    await storage.close();
  }
  onTestFinished(async () => {
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const by = (user = alice) => ({ place: PLACE, user, now: new Date(clock.now()) });

  return {
    dataDir,
    book,
    clock,
    posted,
    edited,
    told,
    asked,
    reminders,
    by,
    idle,
    close,
    refuse(with_: () => Error | undefined) {
      refusal = with_;
    },
    /** Starts delivering, as a process does at its start. */
    async work() {
      watching = watch({ book: counted, log: quiet });
      await watching.checked;
      working = true;
      await delivery.start();
      await idle();
    },
    /** Moves the time to an instant, in steps of at most `step` minutes, and lets happen what falls due. */
    async pass(to: string, step = 60) {
      const end = Date.parse(to);
      while (clock.now() < end) {
        time.set(Math.min(end, clock.now() + step * 60_000));
        await idle();
      }
    },
    async jump(to: string) {
      time.set(Date.parse(to));
      await idle();
    },
    /** The clock of the machine is set to an earlier time; the next minute passes as always. */
    async putBack(to: string) {
      time.putBack(Date.parse(to));
      time.set(clock.now() + 60_000);
      await idle();
      await watching?.checked;
      await idle();
    },
    add: (draft: Partial<Draft> & Pick<Draft, 'schedule'>, user = alice) =>
      reminders.add({ subject: { kind: 'chore', name: 'defrag' }, ...draft }, by(user)),
    occurrence: (id: string, number = 1): Promise<Occurrence | undefined> =>
      book.occurrences.get(occurrenceKey(reminderKey(PLACE, number), id)),
    reminder: (number = 1) => book.reminders.get(reminderKey(PLACE, number)),
    tasks: async () => (await storage.jobs.dead()).map(taskOf),
  };
}
