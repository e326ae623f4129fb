import { type Book, dueOf, type ReminderLog } from './book.ts';

const LOOK = 60_000;
const LOOKS_AN_HOUR = 60;

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
      for await (const [key] of book.reminders.entries()) await checkOne(key);
      await hourly?.();
    } catch (err) {
      log.error({ err }, 'the reminders could not be looked over: tried again in an hour');
    }
  }

  async function checkOne(key: string): Promise<void> {
    const reminder = await book.reminders.get(key);
    if (reminder?.state !== 'active') return;
    const { next, schedule } = reminder;
    const now = clock.now();
    if (next && Date.parse(next.at) <= now - LOOK) return book.put(dueOf(key, next.id), new Date(next.at));
    const first = await book.firstOpen(key, schedule, new Date(now));
    if (next && (!first || Date.parse(next.at) <= first.at.getTime())) return;
    const put = await book.queueNext(key, schedule, new Date(now));
    await book.reminders.update(key, (old) =>
      old?.state === 'active' && old.next?.id === next?.id
        ? { ...old, next: put, state: put ? 'active' : 'ended' }
        : undefined,
    );
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
