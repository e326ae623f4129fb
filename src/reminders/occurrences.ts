import { instantOf, localAt } from './clock.ts';
import { calendar } from './cron.ts';
import type { ClockSchedule, Schedule } from './schedule.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** So many occurrences are looked for between two instants and no more. */
const MOST = 10_000;

/** One firing of a schedule. */
export type Occurrence = {
  /** The local date and time it is for, `2026-03-29T01:30`, or the instant, `2026-03-29T01:30:00Z`, of elapsed time. */
  id: string;
  at: Date;
  /** What the clock of the zone shows at that instant: another time than in the id where the clocks skip that one. */
  local: string;
  /** The clocks skip its time that day, or show it twice, of which this is the first. */
  clockChange?: 'skipped' | 'repeated';
};

/**
 * The next occurrences after an instant, at most `count`; fewer when the schedule ends.
 * Of several that a clock change moves to the same instant, only the last is one.
 * @example occurrencesAfter({ kind: 'weekly', days: [6], time: '02:00', zone: 'UTC' }, new Date('2026-11-22'), 1)[0]?.id // '2026-11-28T02:00'
 */
export function occurrencesAfter(schedule: Schedule, instant: Date, count: number): Occurrence[] {
  const found: Occurrence[] = [];
  if (count < 1) return found;
  for (const occurrence of occurrences(schedule, instant)) {
    found.push(occurrence);
    if (found.length >= count) break;
  }
  return found;
}

/** The occurrences after `from` and not after `to`, the first 10,000 of them, so that neighbouring spans share none. */
export function occurrencesBetween(schedule: Schedule, from: Date, to: Date): Occurrence[] {
  const found: Occurrence[] = [];
  for (const occurrence of occurrences(schedule, from)) {
    if (occurrence.at > to || found.length >= MOST) break;
    found.push(occurrence);
  }
  return found;
}

function occurrences(schedule: Schedule, after: Date): Iterable<Occurrence> {
  return schedule.kind === 'instant' || schedule.kind === 'elapsed'
    ? byInstant(schedule, after)
    : byClock(schedule, after);
}

/** Elapsed time is counted in UTC, so that nothing drifts and no clock change moves it. */
function* byInstant(schedule: Exclude<Schedule, ClockSchedule>, after: Date): Generator<Occurrence> {
  const occurrence = (at: Date) => ({
    id: at.toISOString().replace('.000', ''),
    at,
    local: localAt(at, schedule.zone),
  });
  if (schedule.kind === 'instant') {
    const at = new Date(schedule.at);
    if (at > after) yield occurrence(at);
    return;
  }
  const from = Date.parse(schedule.from);
  const step = schedule.minutes * MINUTE;
  const passed = Math.max(0, Math.floor((after.getTime() - from) / step));
  for (let at = from + (passed + 1) * step; ; at += step) yield occurrence(new Date(at));
}

function* byClock(schedule: ClockSchedule, after: Date): Generator<Occurrence> {
  let held: Occurrence | undefined;
  // An instant never comes before the clock shows its time, so nothing up to the time shown now can be still to come.
  for (const clock of clockTimes(schedule, Date.parse(`${localAt(after, schedule.zone)}Z`))) {
    const id = new Date(clock).toISOString().slice(0, 16);
    const { at, clockChange } = instantOf(id.slice(0, 10), id.slice(11), schedule.zone);
    if (at <= after) continue;
    if (held && held.at.getTime() !== at.getTime()) yield held;
    held = undefined;
    const occurrence = { id, at, local: localAt(at, schedule.zone), ...(clockChange && { clockChange }) };
    if (clockChange === 'skipped') held = occurrence;
    else yield occurrence;
  }
  if (held) yield held;
}

/** The dates and times a schedule is for, later than one shown by the clock, in order, all as if they were UTC. */
function* clockTimes(schedule: ClockSchedule, after: number): Generator<number> {
  if (schedule.kind === 'once') {
    yield Date.parse(`${schedule.date}T${schedule.time}Z`);
  } else if (schedule.kind === 'interval') {
    const first = Date.parse(`${schedule.from}T${schedule.time}Z`);
    const step = schedule.days * DAY;
    const passed = Math.max(0, Math.floor((after - first) / step) + 1);
    for (let clock = first + passed * step; ; clock += step) yield clock;
  } else {
    const dates = calendarOf(schedule);
    for (let next = dates.nextRun(new Date(after)); next; next = dates.nextRun(next)) yield next.getTime();
  }
}

/** What cron can say of a schedule, which is all but intervals of days. */
function calendarOf(schedule: Exclude<ClockSchedule, { kind: 'once' | 'interval' }>) {
  if (schedule.kind === 'cron') return calendar(schedule.cron);
  const at = `${Number(schedule.time.slice(3))} ${Number(schedule.time.slice(0, 2))}`;
  if (schedule.kind === 'weekly') return calendar(`${at} * * ${schedule.days.join()}`);
  if (schedule.kind === 'day of month') {
    const { day } = schedule;
    return calendar(`${at} ${day === 'last' ? 'L' : day === 'last working' ? 'LW' : day} * *`);
  }
  const { nth, weekday, after } = schedule;
  return calendar(`${at} * * ${weekday}#${nth === 'last' ? 'L' : nth}`, after);
}
