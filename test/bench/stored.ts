import { z } from 'zod';
import { dueOf, QUEUE } from '../../src/reminders/book.ts';
import { occurrencesAfter } from '../../src/reminders/occurrences.ts';
import { type Draft, occurrenceKey, type Reminder, reminderKey, type Spot } from '../../src/reminders/reminder.ts';
import type { Schedule } from '../../src/reminders/schedule.ts';
import type { Row } from '../../src/storage/storage.ts';

const DAY = 86_400_000;
const ZONES = ['Europe/Dublin', 'UTC', 'America/New_York'];
const EACH = 200;

export const channels = Array.from({ length: 50 }, (_, index) => `C${100 + index}`);
export const alice = { id: 'U1', name: 'alice' };
export const place = (address: string): Spot => ({ platform: 'slack', address });

/** Reminders, and when each is made due. */
export const plan = z.array(z.object({ channel: z.string(), number: z.number(), at: z.number() }));
export type Plan = z.infer<typeof plan>;

/** A reminder whose next occurrence is due at the second of an instant, and the one after it a day later. */
export function dueAt(at: number): Draft {
  const from = new Date(Math.floor(at / 1000) * 1000 - DAY).toISOString().replace('.000', '');
  return draftOf({ kind: 'elapsed', minutes: 24 * 60, from, zone: 'Europe/Dublin' });
}

const draftOf = (schedule: Schedule): Draft => ({
  subject: { kind: 'chore', name: 'defrag' },
  target: 'CSV1',
  schedule,
  escalation: { minutes: 240, to: { id: 'U2', name: 'bob' } },
});

/** The rows of 10,000 reminders, 200 a channel, as a backup would have them; none is due today or tomorrow. */
export function storedReminders(now = new Date()): Row[] {
  const weekday = ((now.getUTCDay() + 2) % 7) + 1;
  return channels.flatMap((channel) =>
    Array.from({ length: EACH }, (_, index) => {
      const time = `${String(index % 24).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}`;
      const zone = ZONES[index % ZONES.length] ?? 'UTC';
      return rowsOf(channel, index + 1, { kind: 'weekly', days: [weekday], time, zone }, now);
    }).flat(),
  );
}

function rowsOf(channel: string, number: number, schedule: Schedule, now: Date): Row[] {
  const [first] = occurrencesAfter(schedule, now, 1);
  if (!first) throw new Error('A weekly reminder has no next occurrence.');
  const reminder: Reminder = {
    ...draftOf(schedule),
    place: place(channel),
    number,
    owner: alice,
    creator: alice,
    state: 'active',
    next: { id: first.id, at: first.at.toISOString() },
    changes: [{ at: now.toISOString(), by: alice, did: 'added' }],
  };
  const key = reminderKey(reminder.place, number);
  const id = `due ${occurrenceKey(key, first.id)}`;
  return [
    { kind: 'value', key: `reminders:${key}`, value: JSON.stringify({ value: reminder }) },
    { kind: 'job', job: { id, queue: QUEUE, at: first.at.getTime(), data: dueOf(key, first.id) } },
  ];
}
