import { UserError } from '../errors.ts';
import { type Book, dueOf, type ReminderLog } from './book.ts';
import type { Policy } from './policy.ts';
import { blank, occurrenceKey, type Reminder, reminderKey, type Spot } from './reminder.ts';
import type { By } from './reminders.ts';

/** Changes of a reminder that are kept. */
const CHANGES = 100;

/** How one reminder is found and changed. */
export function createChanging({ book, policy, log }: { book: Book; policy: Policy; log: ReminderLog }) {
  const { reminders, occurrences } = book;

  async function get(place: Spot, number: number): Promise<Reminder> {
    const found = await reminders.get(reminderKey(place, number));
    if (!found) throw new UserError(`There is no reminder ${number} here: “/reminder list” shows those there are.`);
    return found;
  }

  async function existing(place: Spot, number: number): Promise<Reminder> {
    const found = await get(place, number);
    if (found.state !== 'removed') return found;
    throw new UserError(`Reminder ${number} was removed: “/reminder restore ${number}” brings it back.`);
  }

  /** Writes a change of one reminder with who and when. */
  async function write(
    key: string,
    did: string,
    { user, now }: By,
    to: (old: Reminder) => Partial<Reminder>,
    was?: Reminder['state'],
  ) {
    const written = await reminders.update(key, (old) => {
      if (was !== undefined && old?.state !== was) return undefined;
      const changes = [...(old?.changes ?? []), { at: now.toISOString(), by: user, did }].slice(-CHANGES);
      return old && { ...old, ...to(old), changes };
    });
    if (written) log.info({ reminder: key, by: user.id, did }, 'a reminder was changed');
    return written;
  }

  /** Writes a change, if it is allowed. */
  async function change(number: number, did: string, by: By, to: (old: Reminder) => Partial<Reminder>) {
    const before = await get(by.place, number);
    const obstacle = policy(by.user, before, did);
    if (obstacle) throw new UserError(obstacle);
    // What somebody else does at the same moment is not undone unseen.
    const written = await write(reminderKey(by.place, number), did, by, to, before.state);
    if (!written)
      throw new UserError(`Somebody has just changed reminder ${number}: “/reminder show ${number}” shows it.`);
    return written;
  }

  /** The job of the next occurrence is put, then named; the job of the old one finds that it is not. */
  async function reschedule(old: Reminder, schedule: Reminder['schedule'], did: string, by: By, to: Partial<Reminder>) {
    const key = reminderKey(by.place, old.number);
    const obstacle = policy(by.user, old, did);
    const next = obstacle ? undefined : await book.queueNext(key, schedule, by.now);
    const { next: _, why: __, before: ___, ...rest } = to;
    const written = await change(old.number, did, by, () => {
      return { ...rest, schedule, state: next ? 'active' : 'ended', next, why: undefined, before: undefined };
    });
    await book.putNext(key, next);
    if (old.next && old.next.id !== next?.id) await letCome(key, old.next);
    return written;
  }

  /** What was due already still comes, or is recorded as missed. */
  async function letCome(key: string, { id, at }: NonNullable<Reminder['next']>): Promise<void> {
    if (Date.parse(at) > book.clock.now()) return;
    await occurrences.update(occurrenceKey(key, id), (there) => (there ? undefined : { ...blank, id, at }));
    await book.put(dueOf(key, id), new Date(at));
  }

  async function stop(old: Reminder, did: string, by: By, to: Partial<Reminder>) {
    const written = await change(old.number, did, by, () => ({ ...to, next: undefined }));
    if (old.next) await letCome(reminderKey(by.place, old.number), old.next);
    return written;
  }

  return { get, existing, write, change, reschedule, stop };
}
