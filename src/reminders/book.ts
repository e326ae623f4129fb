import { z } from 'zod';
import type { Clock, Collection, Job, Storage } from '../storage/storage.ts';
import { type Occurrence as Firing, occurrencesAfter } from './occurrences.ts';
import { type Occurrence, occurrence, occurrenceKey, type Reminder, reminder } from './reminder.ts';
import type { Schedule } from './schedule.ts';

/** The queue of all that reminders do at a time. */
export const QUEUE = 'reminders';

/** What is done: an occurrence posted, posted again, shown as it is now, called out; or an owner told of a pause. */
const task = z.object({
  kind: z.enum(['due', 'again', 'show', 'escalate', 'notice']),
  /** The key of the reminder, and the id of the occurrence. */
  reminder: z.string(),
  occurrence: z.string(),
});
export type Task = z.infer<typeof task>;

/** The part of a logger that reminders use; never given what a person typed. */
export type ReminderLog = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>;

/** The stored reminders and occurrences, and the jobs that move them. */
export type Book = {
  clock: Clock;
  storage: Storage;
  reminders: Collection<Reminder>;
  occurrences: Collection<Occurrence>;
  /** Puts a task at a time; put twice, it is done once. */
  put(task: Task, at: Date): Promise<void>;
  /**
   * Puts the next occurrence of a reminder once more, when the reminder names it: it may have fallen due before, and found
   * no reminder that waits for it.
   */
  putNext(key: string, next: Reminder['next']): Promise<void>;
  /**
   * Puts the first occurrence after an instant that has not come yet, and gives it back. It is put before the reminder
   * names it as its next, so that whatever ends the process in between loses nothing.
   */
  queueNext(key: string, schedule: Schedule, after: Date): Promise<Reminder['next']>;
  /** The occurrence that `queueNext` would put. */
  firstOpen(key: string, schedule: Schedule, after: Date): Promise<Firing | undefined>;
};

/** The task of posting an occurrence when it is due. */
export const dueOf = (reminder: string, occurrence: string): Task => ({ kind: 'due', reminder, occurrence });

/** Each snooze has a job of its own, so that one that is cut off takes no other back. */
const idOf = ({ kind, reminder, occurrence }: Task, at: Date) =>
  `${kind} ${occurrenceKey(reminder, occurrence)}${kind === 'again' ? ` ${at.toISOString()}` : ''}`;

/** @throws ZodError for a job that is none of ours */
export const taskOf = (job: Job): Task => task.parse(job.data);

/** Milliseconds between which and now an occurrence may fall due while a reminder is written, on any machine’s clock. */
const NEAR = 60_000;

export function openBook(storage: Storage, clock: Clock): Book {
  const reminders = storage.collection('reminders', reminder);
  const occurrences = storage.collection('occurrences', occurrence);
  const put = (task: Task, at: Date) =>
    storage.jobs.put({ id: idOf(task, at), queue: QUEUE, at: at.getTime(), data: task });

  async function firstOpen(key: string, schedule: Schedule, after: Date): Promise<Firing | undefined> {
    for (let from = after; ; ) {
      const [firing] = occurrencesAfter(schedule, from, 1);
      if (!firing) return undefined;
      // One that has come already is met when the clock of the machine was ahead and was put right.
      const known = await occurrences.get(occurrenceKey(key, firing.id));
      if (!known || known.state === 'missed') return firing;
      from = firing.at;
    }
  }

  return {
    clock,
    storage,
    reminders,
    occurrences,
    put,
    async putNext(key, next) {
      if (next && Date.parse(next.at) < clock.now() + NEAR) await put(dueOf(key, next.id), new Date(next.at));
    },
    firstOpen,
    async queueNext(key, schedule, after) {
      const firing = await firstOpen(key, schedule, after);
      if (!firing) return undefined;
      await put({ kind: 'due', reminder: key, occurrence: firing.id }, firing.at);
      return { id: firing.id, at: firing.at.toISOString() };
    },
  };
}
