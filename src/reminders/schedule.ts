import { z } from 'zod';
import { localAt, zoneNamed } from './clock.ts';
import { isCron } from './cron.ts';
import { WEEKDAYS, weekdayOf } from './dates.ts';

const date = z.iso.date();
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const instant = z.iso.datetime({ precision: 0 });
const weekday = z.int().min(1).max(7);
const zone = z.string().refine((name) => zoneNamed(name) === name, 'must be a time zone such as “Europe/Dublin”');

/** The longest intervals, in days and in minutes, and the most days after a weekday of the month. */
export const longest = { days: 366, after: 60, minutes: 366 * 24 * 60 };

/**
 * When a reminder fires, as it is stored. Dates and times are those of the clock in `zone`, to the minute; weekdays count
 * from Monday 1 to Sunday 7; instants are UTC to the second.
 */
export const schedule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('once'), date, time, zone }),
  z.strictObject({ kind: z.literal('instant'), at: instant, zone }),
  // Elapsed time: the first firing is `minutes` after `from`. Clock changes neither stretch nor move it.
  z.strictObject({ kind: z.literal('elapsed'), minutes: z.int().min(1).max(longest.minutes), from: instant, zone }),
  // Every so many days, counted from the first: `every 2 weeks on Monday` is 14 days from a Monday.
  z.strictObject({ kind: z.literal('interval'), days: z.int().min(2).max(longest.days), from: date, time, zone }),
  z.strictObject({
    kind: z.literal('weekly'),
    days: z
      .array(weekday)
      .min(1)
      .refine((days) => days.every((day, index) => day > (days[index - 1] ?? 0)), 'must be in order, each once'),
    time,
    zone,
  }),
  // A month without the day, such as a 31st, is left out. The last working day is the last from Monday to Friday.
  z.strictObject({
    kind: z.literal('day of month'),
    day: z.union([z.int().min(1).max(31), z.enum(['last', 'last working'])]),
    time,
    zone,
  }),
  // `after` days later, which may be in the next month: 3 days after Patch Tuesday, the second Tuesday.
  z.strictObject({
    kind: z.literal('weekday of month'),
    nth: z.union([z.int().min(1).max(5), z.literal('last')]),
    weekday,
    after: z.int().min(0).max(longest.after),
    time,
    zone,
  }),
  z.strictObject({ kind: z.literal('cron'), cron: z.string().refine(isCron, 'must be a cron expression'), zone }),
]);

/** When a reminder fires. */
export type Schedule = z.infer<typeof schedule>;

/** A schedule that goes by the clock of its zone; the others go by elapsed time. */
export type ClockSchedule = Exclude<Schedule, { kind: 'instant' | 'elapsed' }>;

const NTH = ['first', 'second', 'third', 'fourth', 'fifth'];

/**
 * A schedule in words, one phrase for each, which `parseSchedule` reads as the same schedule.
 * @example describe({ kind: 'weekly', days: [6], time: '02:00', zone: 'Europe/Dublin' }) // 'every Saturday 02:00 in Europe/Dublin'
 */
export function describe(stored: Schedule): string {
  return `${phrase(stored)} in ${stored.zone}`;
}

/**
 * A schedule as people read it: without the instant it is counted from, and local times in the place of instants.
 * @example spoken({ kind: 'elapsed', minutes: 360, from: '2026-11-22T09:00:00Z', zone: 'UTC' }) // 'every 6 hours'
 */
export function spoken(stored: Schedule): string {
  if (stored.kind === 'elapsed') return `every ${elapsed(stored.minutes)}`;
  if (stored.kind !== 'instant') return describe(stored);
  return `on ${localAt(new Date(stored.at), stored.zone).replace('T', ' ')} in ${stored.zone}`;
}

function phrase(stored: Schedule): string {
  switch (stored.kind) {
    case 'once':
      return `on ${stored.date} ${stored.time}`;
    case 'instant':
      return `at ${stored.at}`;
    case 'elapsed':
      return `every ${elapsed(stored.minutes)} from ${stored.from}`;
    case 'interval':
      return `every ${interval(stored.days, stored.from)} ${stored.time} from ${stored.from}`;
    case 'weekly':
      return `${weekly(stored.days)} ${stored.time}`;
    case 'day of month':
      return `${dayOfMonth(stored.day)} ${stored.time}`;
    case 'weekday of month':
      return `${weekdayOfMonth(stored)} ${stored.time}`;
    case 'cron':
      return stored.cron;
  }
}

const several = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;
const elapsed = (minutes: number) =>
  (minutes % 60 ? several(minutes, 'minute') : several(minutes / 60, 'hour')).replace(/^1 /, '');
const nameOf = (day: number) => WEEKDAYS[day - 1];

function interval(days: number, from: string): string {
  return days % 7 ? several(days, 'day') : `${several(days / 7, 'week')} on ${nameOf(weekdayOf(from))}`;
}

function weekly(days: number[]): string {
  if (days.length === 7) return 'every day';
  if (days.join() === '1,2,3,4,5') return 'weekdays';
  const names = days.map(nameOf);
  return `every ${[names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ')}`;
}

function dayOfMonth(day: number | 'last' | 'last working'): string {
  if (typeof day === 'string') return `${day} day of the month`;
  const ending = new Map([
    [1, 'st'],
    [2, 'nd'],
    [3, 'rd'],
  ]);
  // 11, 12 and 13 are spoken otherwise than 21, 22 and 23.
  return `every month on the ${day}${day > 10 && day < 14 ? 'th' : (ending.get(day % 10) ?? 'th')}`;
}

function weekdayOfMonth({ nth, weekday, after }: { nth: number | 'last'; weekday: number; after: number }): string {
  const patchTuesday = nth === 2 && weekday === 2;
  const which = typeof nth === 'number' ? NTH[nth - 1] : nth;
  const day = patchTuesday ? 'Patch Tuesday' : `${after > 0 ? 'the ' : ''}${which} ${nameOf(weekday)} of the month`;
  return after > 0 ? `${several(after, 'day')} after ${day}` : day;
}
