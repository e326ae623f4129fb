import { UserError } from '../errors.ts';
import { acknowledgeable, acknowledged, isOver } from './acknowledgement.ts';
import { type Book, dueOf, type ReminderLog, taskOf } from './book.ts';
import { createChanging } from './changing.ts';
import { occurrencesAfter } from './occurrences.ts';
import type { Policy } from './policy.ts';
import type { Poster } from './poster.ts';
import { blank, type Occurrence, occurrenceKey, placeKey, type Reminder, reminderKey, type Spot } from './reminder.ts';
import type { Happened, Reminders } from './reminders.ts';

/** What puts an occurrence into its channel. */
const POSTS = new Set(['due', 'again']);

/** Reminders of one place at most: more than people can answer, and few enough to be listed at once. */
const MOST = 250;

/** The reminders as people change them; what comes due is not done here, but by `delivery.ts`. */
export function createReminders(made: {
  book: Book;
  posters: ReadonlyMap<string, Poster>;
  policy: Policy;
  log: ReminderLog;
}): Reminders {
  const { book, posters, policy, log } = made;
  const { reminders, occurrences } = book;

  const { get, existing, write, change, reschedule, stop } = createChanging({ book, policy, log });

  async function* all(place: Spot, number?: number): AsyncGenerator<Happened> {
    const known = new Map<string, Reminder>();
    for await (const [key, reminder] of reminders.entries(placeKey(place))) known.set(key, reminder);
    const prefix = number === undefined ? placeKey(place) : `${reminderKey(place, number)}@`;
    for await (const [key, occurrence] of occurrences.entries(prefix)) {
      const reminder = known.get(key.slice(0, key.indexOf('@')));
      if (reminder) yield { reminder, occurrence };
    }
  }

  return {
    async obstacle({ place, user }, number) {
      const own = policy(user, number === undefined ? undefined : await existing(place, number));
      return own ?? posters.get(place.platform)?.obstacle(place.address);
    },

    async add(draft, by, declared) {
      const obstacle = policy(by.user);
      if (obstacle) throw new UserError(obstacle);
      let number = 1;
      let living = 0;
      for await (const [, reminder] of reminders.entries(placeKey(by.place))) {
        number = Math.max(number, reminder.number + 1);
        if (reminder.state !== 'removed') living += 1;
      }
      if (living >= MOST) throw new UserError(`There are ${MOST} reminders here already, the most I keep: remove one.`);
      for (; ; number += 1) {
        const key = reminderKey(by.place, number);
        if (await reminders.get(key)) continue;
        const added = { at: by.now.toISOString(), by: by.user, did: 'added' };
        const next = await book.queueNext(key, draft.schedule, by.now);
        if (!next) throw new UserError('That time has passed: please name a later one.');
        const whole: Reminder = {
          ...draft,
          place: { platform: by.place.platform, address: by.place.address },
          number,
          owner: draft.owner ?? by.user,
          creator: by.user,
          ...(declared !== undefined && { declared }),
          state: 'active',
          next,
          changes: [added],
        };
        const written = await reminders.update(key, (old) => (old ? undefined : whole));
        if (!written) continue;
        await book.putNext(key, next);
        log.info({ reminder: key, by: by.user.id, did: 'added' }, 'a reminder was changed');
        return written;
      }
    },

    async edit(number, draft, by) {
      const old = await existing(by.place, number);
      const { owner = old.owner, target, cluster, escalation } = draft;
      const to = { ...draft, owner, target, cluster, escalation };
      if (old.state === 'paused') return change(number, 'edited', by, () => to);
      return reschedule(old, draft.schedule, 'edited', by, to);
    },

    async pause(number, by) {
      const old = await existing(by.place, number);
      if (old.state !== 'active') throw new UserError(`Reminder ${number} is not active: it ${stateOf(old)} already.`);
      return stop(old, 'paused', by, { state: 'paused' });
    },

    async resume(number, by) {
      const old = await existing(by.place, number);
      if (old.state === 'active') throw new UserError(`Reminder ${number} is active already.`);
      if (occurrencesAfter(old.schedule, by.now, 1).length === 0)
        throw new UserError(`Reminder ${number} has ended: “/reminder edit ${number} on …” gives it another time.`);
      return reschedule(old, old.schedule, 'resumed', by, {});
    },

    async remove(number, by) {
      const old = await existing(by.place, number);
      const before = old.state === 'removed' ? 'active' : old.state;
      // Brought back, it no longer comes from a file.
      return stop(old, 'removed', by, { state: 'removed', before, declared: undefined });
    },

    async restore(number, by) {
      const old = await get(by.place, number);
      if (old.state !== 'removed') throw new UserError(`Reminder ${number} is there: it was not removed.`);
      if (old.before === 'paused')
        return change(number, 'restored', by, () => ({ state: 'paused', before: undefined }));
      return reschedule(old, old.schedule, 'restored', by, {});
    },

    async run(number, { place, user, now }) {
      const old = await existing(place, number);
      const key = reminderKey(place, number);
      const id = `run-${now.toISOString().slice(0, 19)}Z`;
      const due: Occurrence = { ...blank, id, at: now.toISOString() };
      await occurrences.update(occurrenceKey(key, id), (there) => (there ? undefined : due));
      await book.put(dueOf(key, id), now);
      // Whoever may say that it was done may have it posted: its schedule stays as it is.
      const written = await write(key, 'run now', { place, user, now }, () => ({ last: id }));
      return written ?? old;
    },

    async acknowledge(number, given, { place, user, now }) {
      // Also of one that was removed: its card may still be there.
      const reminder = await get(place, number);
      const key = reminderKey(place, number);
      const id = given.occurrence ?? reminder.last;
      if (id === undefined)
        throw new UserError(`Reminder ${number} has not come yet: there is nothing to acknowledge.`);
      const whole = occurrenceKey(key, id);
      const before = await occurrences.get(whole);
      if (!before)
        throw new UserError(`Reminder ${number} has no such occurrence: “/reminder history ${number}” has them.`);
      if (!acknowledgeable(before, given) && !isOver(before))
        throw new UserError(`Reminder ${number} is not posted just now, so it can only be done or skipped.`);
      if (given.as === 'snoozed') await book.put({ kind: 'again', reminder: key, occurrence: id }, given.until);
      const written = await occurrences.update(whole, (old) =>
        old && acknowledgeable(old, given) ? acknowledged(old, given, user, now) : undefined,
      );
      const occurrence = written ?? (await occurrences.get(whole)) ?? before;
      if (occurrence.version !== occurrence.shownVersion)
        await book.put({ kind: 'show', reminder: key, occurrence: id }, now);
      if (written)
        log.info({ reminder: key, occurrence: id, by: user.id, did: given.as }, 'a reminder was acknowledged');
      return { reminder, occurrence, first: written !== undefined };
    },

    async list(place) {
      const found: Reminder[] = [];
      for await (const [, reminder] of reminders.entries(placeKey(place)))
        if (reminder.state !== 'removed') found.push(reminder);
      found.sort((a, b) => a.number - b.number);
      return Promise.all(found.map(withLast));
    },

    find: async (place, number) => withLast(await existing(place, number)),

    async history(place, number) {
      if (number !== undefined) await get(place, number);
      const found: Happened[] = [];
      for await (const one of all(place, number)) found.push(one);
      return found.sort((a, b) => b.occurrence.at.localeCompare(a.occurrence.at));
    },

    async failed(place) {
      const found = [];
      for (const { task, error } of await dead(place)) {
        const reminder = await reminders.get(task.reminder);
        const occurrence = await occurrences.get(occurrenceKey(task.reminder, task.occurrence));
        if (reminder && occurrence) found.push({ reminder, occurrence, error });
      }
      return found;
    },

    async retry(place) {
      const found = await dead(place);
      for (const { id } of found) await book.storage.jobs.retry(id);
      return found.length;
    },
  };

  async function dead(place: Spot) {
    const letters = await book.storage.jobs.dead();
    return letters
      .map((letter) => ({ id: letter.id, error: letter.error, task: taskOf(letter) }))
      .filter(({ task }) => task.reminder.startsWith(placeKey(place)) && POSTS.has(task.kind));
  }

  async function withLast(reminder: Reminder) {
    const key = reminder.last && occurrenceKey(reminderKey(reminder.place, reminder.number), reminder.last);
    const last = key ? await occurrences.get(key) : undefined;
    return { reminder, ...(last && { last }) };
  }
}

const stateOf = ({ state }: Reminder) => (state === 'paused' ? 'is paused' : 'has ended');
