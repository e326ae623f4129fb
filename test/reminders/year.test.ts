import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Schedule } from '../../src/reminders/schedule.ts';
import { alice, openDesk } from './desk.ts';

/*
 * A year of 1,000 reminders against a calendar of its own: the days are counted one by one on plain dates, and what the
 * clocks of a zone show is asked of Intl, quarter of an hour by quarter of an hour.
 */
const START = '2026-11-22T09:00:00Z';
const END = '2027-11-22T09:00:00Z';
const QUARTER = 15 * 60_000;
const DAY = 24 * 60 * 60_000;
const ZONES = [
  ...['UTC', 'Europe/Dublin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'],
  ...['America/St_Johns', 'Pacific/Chatham', 'Africa/Cairo'],
];
const TIMES = ['00:00', '01:30', '02:00', '02:30', '03:00', '09:00', '16:45', '23:30'];

/** The instants of the year at which the clock of a zone first shows a time, or a later one of that day where it is left out. */
function clockOf(zone: string): (id: string) => number | undefined {
  const format = new Intl.DateTimeFormat('sv-SE', {
    ...{ timeZone: zone, year: 'numeric', month: '2-digit' },
    ...{ day: '2-digit', hour: '2-digit', minute: '2-digit' },
  });
  const first = new Map<string, number>();
  const from = Date.parse(START) - 2 * DAY;
  let before = '';
  for (let instant = from; instant < Date.parse(END) + 2 * DAY; instant += QUARTER) {
    const shown = format.format(instant).replace(' ', 'T');
    // What the clock leaps over comes at the instant after the leap.
    for (let id = before && later(before); id && id < shown; id = later(id)) first.set(id, first.get(id) ?? instant);
    if (!first.has(shown)) first.set(shown, instant);
    before = shown;
  }
  return (id) => first.get(id);
}
const later = (id: string) => new Date(Date.parse(`${id}Z`) + QUARTER).toISOString().slice(0, 16);

const clocks = new Map(ZONES.map((zone) => [zone, clockOf(zone)]));
const dates = Array.from({ length: 370 }, (_, day) =>
  new Date(Date.parse('2026-11-20') + day * DAY).toISOString().slice(0, 10),
);
const weekday = (date: string) => new Date(date).getUTCDay() || 7;
const dayOf = (date: string) => Number(date.slice(8));
const monthLength = (date: string) =>
  new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate();
const isWorking = (date: string) => weekday(date) < 6;
const lastWorking = (date: string) =>
  isWorking(date) &&
  dates.filter((other) => other.slice(0, 7) === date.slice(0, 7) && other > date).every((other) => !isWorking(other)) &&
  monthLength(date) - dayOf(date) < 3;

type Kind = { schedule(time: string, zone: string): Schedule; on(date: string): boolean; count: number };
const kinds: Kind[] = [
  {
    count: 150,
    schedule: (time, zone) => ({ kind: 'weekly', days: [6], time, zone }),
    on: (date) => weekday(date) === 6,
  },
  {
    count: 10,
    schedule: (time, zone) => ({ kind: 'weekly', days: [1, 2, 3, 4, 5, 6, 7], time, zone }),
    on: () => true,
  },
  { count: 10, schedule: (time, zone) => ({ kind: 'weekly', days: [1, 2, 3, 4, 5], time, zone }), on: isWorking },
  {
    count: 270,
    schedule: (time, zone) => ({ kind: 'weekday of month', nth: 1, weekday: 7, after: 0, time, zone }),
    on: (date) => weekday(date) === 7 && dayOf(date) <= 7,
  },
  {
    // Three days after the second Tuesday, which lies from the 8th to the 14th.
    count: 230,
    schedule: (time, zone) => ({ kind: 'weekday of month', nth: 2, weekday: 2, after: 3, time, zone }),
    on: (date) => weekday(date) === 5 && dayOf(date) >= 11 && dayOf(date) <= 17,
  },
  {
    count: 180,
    schedule: (time, zone) => ({ kind: 'day of month', day: 'last working', time, zone }),
    on: lastWorking,
  },
  {
    count: 50,
    schedule: (time, zone) => ({ kind: 'interval', days: 14, from: '2026-11-30', time, zone }),
    on: (date) => date >= '2026-11-30' && ((Date.parse(date) - Date.parse('2026-11-30')) / DAY) % 14 === 0,
  },
  {
    count: 98,
    schedule: (time, zone) => ({ kind: 'once', date: '2027-03-01', time, zone }),
    on: (date) => date === '2027-03-01',
  },
];

/** Every six hours from the start on, whatever the clocks do. */
const sixHours = Array.from({ length: 2 }, (): { schedule: Schedule; firings: number[] } => ({
  schedule: { kind: 'elapsed', minutes: 360, from: START, zone: 'Europe/Dublin' },
  firings: Array.from({ length: 365 * 4 }, (_, nth) => Date.parse(START) + (nth + 1) * 6 * 60 * 60_000),
}));

const byCalendar = kinds.flatMap(({ count, schedule, on }) =>
  Array.from({ length: count }, (_, nth) => {
    const zone = ZONES[nth % ZONES.length] ?? '';
    const time = TIMES[Math.floor(nth / ZONES.length) % TIMES.length] ?? '';
    const firings = dates
      .filter(on)
      .flatMap((date) => clocks.get(zone)?.(`${date}T${time}`) ?? [])
      .filter((instant) => instant > Date.parse(START) && instant <= Date.parse(END));
    return { schedule: schedule(time, zone), firings };
  }),
);
const all = [...byCalendar, ...sixHours];

test('in a year of 1,000 reminders each is posted at each of its times, once, and at no other', {
  timeout: 300_000,
}, async () => {
  // In memory where the machine has such a folder: a year of commits to a disk takes minutes.
  const dataDir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'clusterwise-year-'));
  const desk = openDesk({ start: START, dataDir });
  for (const [index, { schedule }] of all.entries()) {
    const place = { platform: 'slack', address: `C${Math.floor(index / 200)}` };
    const draft = { subject: { kind: 'text' as const, text: `number ${index}` }, schedule };
    await desk.reminders.add(draft, { place, user: alice, now: new Date(START) });
  }
  await desk.work();
  const expected = all.flatMap(({ firings }, index) =>
    firings.map((at) => `${new Date(at).toISOString()} number ${index}.`),
  );
  expect(all).toHaveLength(1000);
  expect(expected.length).toBeGreaterThan(20_000);
  const instants = [...new Set(all.flatMap(({ firings }) => firings))].sort((a, b) => a - b);
  for (const instant of instants) await desk.jump(new Date(instant).toISOString());
  await desk.jump(END);
  const posted = desk.posted.map(({ at, answer }) => `${at} ${answer.headline}`);
  expect(posted.sort()).toEqual(expected.sort());
});
