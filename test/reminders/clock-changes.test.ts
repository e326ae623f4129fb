import { describe, expect, test } from 'vitest';
import { type Occurrence, occurrencesBetween } from '../../src/reminders/occurrences.ts';

/*
 * The oracle: what clocks show is asked of Intl.DateTimeFormat, quarter of an hour by quarter of an hour, and nothing else.
 * All offsets and all changes of these years are whole quarters of an hour, which a test below holds.
 */
const QUARTER = 15 * 60_000;
const DAY = 96 * QUARTER;
const FROM = Date.UTC(2026, 0, 1);
const TO = Date.UTC(2031, 0, 1);
const ZONES = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
const TIMES = Array.from({ length: 48 }, (_, half) => clock(half * 30));
const midnight = (day: number) => new Date(day).toISOString().slice(0, 10);

function clock(minutes: number) {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** What the clock of a zone shows, as `2026-03-29T02:00`. */
function wall(zone: string): (instant: number) => string {
  const field = '2-digit';
  // Swedish dates are written like ISO ones.
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: field,
    day: field,
    hour: field,
    minute: field,
  });
  return (instant) => format.format(instant).replace(' ', 'T');
}

/** How far a clock is ahead of UTC. */
const ahead = (shown: string, instant: number) => Date.parse(`${shown}Z`) - instant;

/** The days, as midnights of UTC, in which the clocks of a zone change. */
function changes(shows: (instant: number) => string): number[] {
  const found = [];
  for (let day = FROM, before = ahead(shows(day), day); day < TO; day += DAY) {
    const after = ahead(shows(day + DAY), day + DAY);
    if (after !== before) found.push(day);
    before = after;
  }
  return found;
}

/** When something daily fires: at the first instant at which the clock shows its time or a later one of that day on. */
function expected(dates: string[], time: string, shown: [instant: number, wall: string][]) {
  return dates.map((date) => {
    const id = `${date}T${time}`;
    const times = shown.filter(([, now]) => now === id).length;
    const at = shown.find(([, now]) => now >= id)?.[0];
    return { id, at, clockChange: times === 0 ? 'skipped' : times > 1 ? 'repeated' : undefined };
  });
}

const zones = ZONES.map((zone) => {
  const shows = wall(zone);
  return { zone, shows, days: changes(shows) };
});

test('the oracle knows the zones of the world and their changes', () => {
  expect(zones.length).toBeGreaterThan(400);
  expect(zones.flatMap(({ days }) => days).length).toBeGreaterThan(1000);
  // The last Sundays of March and October.
  const dublin = zones.find(({ zone }) => zone === 'Europe/Dublin')?.days.map(midnight);
  expect(dublin?.slice(0, 4)).toEqual(['2026-03-29', '2026-10-25', '2027-03-28', '2027-10-31']);
});

test('clocks change by whole quarters of an hour', () => {
  for (const { shows, days } of zones)
    for (const day of [FROM, ...days]) expect(Math.abs(ahead(shows(day), day) % QUARTER)).toBe(0);
});

describe('at every half hour, the day before, on and after each change of 2026 to 2030, once a day at the right instant', () => {
  // A zone whose clocks never change is looked at in one week.
  test.each(zones.map(({ zone, shows, days }) => ({ zone, shows, days: days.length > 0 ? days : [FROM + 180 * DAY] })))(
    '$zone',
    ({ zone, shows, days }) => {
      for (const day of days) {
        const dates = [-1, 0, 1].map((later) => midnight(day + later * DAY));
        // 15 hours more on either side: no clock is further from UTC.
        const [first, end] = [day - DAY - 60 * QUARTER, day + 2 * DAY + 60 * QUARTER];
        const shown = Array.from(
          { length: (end - first) / QUARTER + 1 },
          (_, quarter) => first + quarter * QUARTER,
        ).map((instant): [number, string] => [instant, shows(instant)]);
        for (const time of TIMES) {
          const schedule = { kind: 'weekly' as const, days: [1, 2, 3, 4, 5, 6, 7], time, zone };
          const fired = occurrencesBetween(schedule, new Date(first), new Date(end))
            .filter(({ id }) => dates.includes(id.slice(0, 10)))
            .map(({ id, at, clockChange }: Occurrence) => ({ id, at: at.getTime(), clockChange }));
          expect(fired).toEqual(expected(dates, time, shown));
        }
      }
    },
  );
});
