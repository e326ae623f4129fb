import { calledBy } from './card.ts';
import { occurrencesBetween } from './occurrences.ts';
import { occurrenceKey, type Reminder, reminderKey } from './reminder.ts';
import { spoken } from './schedule.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How far a feed looks ahead, how many events it has at most, and how long each of them is. */
const AHEAD = 90 * DAY;
const MOST = 1000;
const LENGTH = 15 * MINUTE;
/** Octets of a line at most, of RFC 5545. */
const LONGEST_LINE = 75;

/**
 * The iCalendar text (RFC 5545) of what active reminders are due for in the next 90 days, the first 1,000 of it.
 * @param how.titleOf what a reminder is about, in a few words
 */
export function calendarFeed(
  reminders: readonly Reminder[],
  how: { now: Date; name: string; titleOf: (reminder: Reminder) => string },
): string {
  const { now, name, titleOf } = how;
  const events = dueSoon(reminders, now).flatMap(({ reminder, id, at }) => [
    'BEGIN:VEVENT',
    `UID:${occurrenceKey(reminderKey(reminder.place, reminder.number), id)}`,
    `DTSTAMP:${utc(now.getTime())}`,
    `DTSTART:${utc(at)}`,
    `DTEND:${utc(at + LENGTH)}`,
    `SUMMARY:${escaped(titleOf(reminder))}`,
    `DESCRIPTION:${escaped(description(reminder))}`,
    'END:VEVENT',
  ]);
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Clusterwise//Reminders//EN', `X-WR-CALNAME:${escaped(name)}`],
    ...events,
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** The occurrences to come, by time. */
function dueSoon(reminders: readonly Reminder[], now: Date): { reminder: Reminder; id: string; at: number }[] {
  let found: { reminder: Reminder; id: string; at: number }[] = [];
  let end = new Date(now.getTime() + AHEAD);
  for (const reminder of reminders) {
    if (reminder.state !== 'active') continue;
    for (const { id, at } of occurrencesBetween(reminder.schedule, now, end))
      found.push({ reminder, id, at: at.getTime() });
    found = found.sort((a, b) => a.at - b.at).slice(0, MOST);
    const last = found[MOST - 1];
    if (last) end = new Date(last.at);
  }
  return found;
}

function description({ number, schedule, owner }: Reminder): string {
  return `Reminder ${number}, ${spoken(schedule)}\nOwner: ${calledBy(owner)}`;
}

/** @example utc(Date.parse('2026-11-28T02:00Z')) // '20261128T020000Z' */
const utc = (instant: number) => new Date(instant).toISOString().replace(/[-:]|\.\d+/g, '');

/** A text as a value: what has a meaning there is escaped, what may not stand there is left out. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n?|\n/g, '\\n')
    .replace(/(?!\t)\p{Cc}/gu, '');
}

/** A line in pieces of at most 75 octets, none of which ends within a character; each but the first begins with a blank. */
function folded(line: string): string {
  let whole = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LONGEST_LINE) {
      whole += '\r\n ';
      octets = 1;
    }
    whole += character;
    octets += size;
  }
  return whole;
}
