import { type Book, dueOf, type ReminderLog } from './book.ts';
import type { Reminder } from './reminder.ts';

/** Milliseconds between two looks at the clock. */
const LOOK = 60_000;
const LOOKS_AN_HOUR = 60;
/** Reminders that are looked at before others are let in. */
const BREATH = 20;

/**
 * Sees to it that every active reminder has its next occurrence queued: at the start, every hour, and when the clock of the
 * machine was put back, since an occurrence that was queued from a time too late would leave out those before it.
 * @param made.hourly is done with it
 * @returns what stops it
 */
export function watch({ book, log, hourly }: { book: Book; log: ReminderLog; hourly?: () => Promise<void> }): {
  checked: Promise<void>;
  stop(): void;
} {
  const { clock } = book;
  let seen = clock.now();
  let looks = 0;
  let stopTimer = () => {};
  let checked = check();

  async function check(): Promise<void> {
    try {
      let looked = 0;
      for await (const [key, reminder] of book.reminders.entries()) {
        if (await isStale(key, reminder)) await mend(key);
        looked += 1;
        if (looked % BREATH === 0) await new Promise(setImmediate);
      }
      await hourly?.();
    } catch (err) {
      log.error({ err }, 'the reminders could not be looked over: tried again in an hour');
    }
  }

  /** Whether its next occurrence should have come, or should be an earlier one. */
  async function isStale(key: string, { state, next, schedule }: Reminder): Promise<boolean> {
    if (state !== 'active') return false;
    if (!next) return true;
    const now = clock.now();
    if (Date.parse(next.at) <= now - LOOK) return true;
    const first = await book.firstOpen(key, schedule, new Date(now));
    return first !== undefined && first.at.getTime() < Date.parse(next.at);
  }

  async function mend(key: string): Promise<void> {
    // It may have changed since the page that it stands on was read.
    const reminder = await book.reminders.get(key);
    if (reminder?.state !== 'active') return;
    const { next, schedule } = reminder;
    const now = new Date(clock.now());
    if (next && Date.parse(next.at) <= now.getTime()) return book.put(dueOf(key, next.id), new Date(next.at));
    const put = await book.queueNext(key, schedule, now);
    await book.reminders.update(key, (old) =>
      old?.state === 'active' && old.next?.id === next?.id
        ? { ...old, next: put, state: put ? 'active' : 'ended' }
        : undefined,
    );
    await book.putNext(key, put);
  }

  function look(): void {
    const now = clock.now();
    looks += 1;
    if (now < seen || looks % LOOKS_AN_HOUR === 0) checked = checked.then(check);
    seen = now;
    stopTimer = clock.setTimer(look, LOOK);
  }
  stopTimer = clock.setTimer(look, LOOK);

  return {
    get checked() {
      return checked;
    },
    stop: () => stopTimer(),
  };
}
