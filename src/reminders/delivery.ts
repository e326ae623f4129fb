import { dueOf, QUEUE, type Task, taskOf } from './book.ts';
import { card, escalation, pausedNotice } from './card.ts';
import { occurrencesBetween } from './occurrences.ts';
import { Refused } from './poster.ts';
import { createPosting, type Posting } from './posting.ts';
import { blank, type Occurrence, occurrenceKey, type Reminder } from './reminder.ts';

/**
 * Does what reminders do at a time. Each step looks at what is stored, so that one that is done twice, by this process or
 * by another, changes nothing the second time.
 */
export function createDelivery(made: Posting) {
  const { book, knowledge, log } = made;
  const { reminders, occurrences, clock } = book;
  const { posterOf, write, insist, miss, post } = createPosting(made);

  /** The occurrence that waited has come: it is recorded and the next one queued, or it has been overtaken by a later one. */
  async function begin(key: string, reminder: Reminder, id: string, now: Date): Promise<'post' | 'overtaken'> {
    const at = new Date(reminder.next?.at ?? now);
    // An edit has put it off and kept its name: the same local time of another zone.
    if (at > now) {
      await book.put(dueOf(key, id), at);
      return 'overtaken';
    }
    const later = occurrencesBetween(reminder.schedule, at, now);
    const newest = later.pop();
    if (newest) {
      await miss(key, id, at);
      for (const firing of later) {
        await miss(key, firing.id, firing.at);
        // A long absence has many: others are let in between.
        await new Promise(setImmediate);
      }
      const next = { id: newest.id, at: newest.at.toISOString() };
      // Named before it is put: it is due already, and one that comes unnamed is passed over.
      await reminders.update(key, (old) => (old?.next?.id === id ? { ...old, next, last: id } : undefined));
      await book.put(dueOf(key, newest.id), newest.at);
      return 'overtaken';
    }
    await occurrences.update(occurrenceKey(key, id), (old) =>
      !old || old.state === 'missed' ? { ...old, ...blank, id, at: at.toISOString() } : undefined,
    );
    // The one before it was given up.
    if (reminder.last && (await occurrences.get(occurrenceKey(key, reminder.last)))?.state === 'due')
      await miss(key, reminder.last, at);
    const next = await book.queueNext(key, reminder.schedule, at);
    await reminders.update(key, (old) =>
      old?.next?.id === id ? { ...old, next, last: id, state: next ? old.state : 'ended' } : undefined,
    );
    await book.putNext(key, next);
    return 'post';
  }

  /** @param at when the job was due, which on another machine’s clock may be later than it is here */
  async function due({ reminder: key, occurrence: id }: Task, at: Date, given: AbortSignal): Promise<void> {
    const now = new Date(Math.max(clock.now(), at.getTime()));
    const reminder = await reminders.get(key);
    if (!reminder) return;
    if (reminder.next?.id === id) {
      if ((await begin(key, reminder, id, now)) === 'post') await post(key, reminder, id, given);
      return;
    }
    // What named the next one ended before it was put.
    if (reminder.next && Date.parse(reminder.next.at) <= now.getTime())
      await book.put(dueOf(key, reminder.next.id), new Date(reminder.next.at));
    const record = await occurrences.get(occurrenceKey(key, id));
    // Tried again until the next one is due.
    const overtaken =
      record?.state === 'due' &&
      !id.startsWith('run') &&
      occurrencesBetween(reminder.schedule, new Date(record.at), now).length > 0;
    if (overtaken) return miss(key, id, new Date(record.at));
    if (record) await post(key, reminder, id, given);
  }

  /** A snoozed one comes back. */
  async function again({ reminder: key, occurrence: id }: Task, at: Date, given: AbortSignal): Promise<void> {
    const reminder = await reminders.get(key);
    const whole = occurrenceKey(key, id);
    const woken = await write(whole, (old) =>
      old.state === 'snoozed' && old.until === at.toISOString()
        ? { ...old, state: 'due', until: undefined, version: old.version + 1 }
        : undefined,
    );
    const record = woken ?? (await occurrences.get(whole));
    if (!reminder || record?.state !== 'due') return;
    const { message } = record;
    await post(key, reminder, id, given);
    // The one that was snoozed is over; that it could not be said so on it harms nobody.
    const older = { ...record, state: 'snoozed' as const, until: at.toISOString() };
    const { buttons: _, ...over } = card(reminder, older, knowledge);
    if (message)
      await posterOf(reminder)
        .edit(reminder.place.address, message, over)
        .catch(() => {});
  }

  async function show({ reminder: key, occurrence: id }: Task): Promise<void> {
    const whole = occurrenceKey(key, id);
    const reminder = await reminders.get(key);
    const record = await occurrences.get(whole);
    if (!reminder || !record?.message || record.version === record.shownVersion) return;
    try {
      await posterOf(reminder).edit(reminder.place.address, record.message, card(reminder, record, knowledge));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      log.warn({ reminder: key, occurrence: id, fault: error.message }, 'a posted reminder could not be edited');
    }
    const written = await write(whole, (old) => ({ ...old, shownVersion: Math.max(old.shownVersion, record.version) }));
    // It was acknowledged once more meanwhile; that press has put this job while it ran, or is about to.
    if (written && written.version !== written.shownVersion)
      await book.put({ kind: 'show', reminder: key, occurrence: id }, new Date(clock.now()));
  }

  async function escalate({ reminder: key, occurrence: id }: Task, _: Date, given: AbortSignal): Promise<void> {
    const whole = occurrenceKey(key, id);
    const reminder = await reminders.get(key);
    const isOpen = (record?: Occurrence) => record?.state === 'posted' && !record.escalatedAt;
    const record = await occurrences.get(whole);
    if (!reminder?.escalation || !record?.message || !isOpen(record)) return;
    const still = async () => !given.aborted && isOpen(await occurrences.get(whole));
    const escalatedAt = () => new Date(clock.now()).toISOString();
    const kept = () =>
      insist(() => write(whole, (old) => ({ ...old, escalatedAt: escalatedAt(), version: old.version + 1 })));
    const said = escalation(reminder, record, knowledge);
    await posterOf(reminder).post(reminder.place.address, said, { thread: record.message, still, kept });
    if (!(await occurrences.get(whole))?.escalatedAt) return;
    log.info({ reminder: key, occurrence: id }, 'a reminder was escalated');
    await book.put({ kind: 'show', reminder: key, occurrence: id }, new Date(clock.now()));
  }

  async function notice({ reminder: key, occurrence: id }: Task): Promise<void> {
    const reminder = await reminders.get(key);
    const fault = (await occurrences.get(occurrenceKey(key, id)))?.fault;
    if (reminder && fault) await posterOf(reminder).tell(reminder.owner, pausedNotice(reminder, fault, knowledge));
  }

  const tasks = { due, again, show, escalate, notice };
  return {
    /** Begins to work the queue. */
    start: () =>
      book.storage.jobs.work(QUEUE, async (job, given) => {
        const task = taskOf(job);
        await tasks[task.kind](task, new Date(job.at), given);
      }),
  };
}
