import { describe, expect, test } from 'vitest';
import { occurrencesAfter, occurrencesBetween } from '../../src/reminders/occurrences.ts';
import { parseSchedule } from '../../src/reminders/recurrence.ts';
import { schedule } from '../../src/reminders/schedule.ts';

const now = new Date('2026-01-01T00:00:00Z');
const parse = (words: string) => parseSchedule(words, { now, zone: 'Europe/Dublin' });
const next = (words: string, instant: string, count: number) =>
  occurrencesAfter(parse(words), new Date(instant), count);
const between = (words: string, from: string, to: string) =>
  occurrencesBetween(parse(words), new Date(from), new Date(to)).map(({ id, at }) => `${id} ${at.toISOString()}`);

describe('where the clocks change', () => {
  // Dublin leaps from 01:00 to 02:00 on 29 March 2026 and falls back from 02:00 to 01:00 on 25 October, both at 01:00 UTC.
  test('a time that is skipped fires at the first instant that exists, and says so', () =>
    expect(next('every day 01:30', '2026-03-28T12:00:00Z', 2)).toEqual([
      {
        id: '2026-03-29T01:30',
        at: new Date('2026-03-29T01:00:00Z'),
        local: '2026-03-29T02:00',
        clockChange: 'skipped',
      },
      { id: '2026-03-30T01:30', at: new Date('2026-03-30T00:30:00Z'), local: '2026-03-30T01:30' },
    ]));

  test('a time that comes twice fires the first time, and says so', () =>
    expect(next('every day 01:30', '2026-10-24T12:00:00Z', 2)).toEqual([
      {
        id: '2026-10-25T01:30',
        at: new Date('2026-10-25T00:30:00Z'),
        local: '2026-10-25T01:30',
        clockChange: 'repeated',
      },
      { id: '2026-10-26T01:30', at: new Date('2026-10-26T01:30:00Z'), local: '2026-10-26T01:30' },
    ]));

  test('after the first of two equal times there is no second', () =>
    expect(next('every day 01:30', '2026-10-25T00:30:00Z', 1)[0]?.id).toBe('2026-10-26T01:30'));

  test.each([
    [
      'every day 02:30 in America/New_York',
      '2027-03-14T00:00:00Z',
      '2027-03-14T02:30',
      '2027-03-14T07:00:00.000Z',
      'skipped',
    ],
    [
      'every day 01:30 in America/New_York',
      '2026-10-31T12:00:00Z',
      '2026-11-01T01:30',
      '2026-11-01T05:30:00.000Z',
      'repeated',
    ],
    // Half an hour, from 02:00 to 02:30.
    [
      'every day 02:15 in Australia/Lord_Howe',
      '2026-10-03T00:00:00Z',
      '2026-10-04T02:15',
      '2026-10-03T15:30:00.000Z',
      'skipped',
    ],
    // Midnight is skipped.
    [
      'every day 00:00 in Africa/Cairo',
      '2026-04-23T12:00:00Z',
      '2026-04-24T00:00',
      '2026-04-23T22:00:00.000Z',
      'skipped',
    ],
    // The last hour of a Saturday is skipped, so that the first instant that exists is on Sunday.
    [
      'every day 23:30 in America/Nuuk',
      '2027-03-27T12:00:00Z',
      '2027-03-27T23:30',
      '2027-03-28T01:00:00.000Z',
      'skipped',
    ],
    [
      '3 days after patch tuesday 02:30 in Europe/Berlin',
      '2026-03-14T00:00:00Z',
      '2026-04-17T02:30',
      '2026-04-17T00:30:00.000Z',
      undefined,
    ],
    [
      'last sunday of the month 02:30 in Europe/Berlin',
      '2026-03-14T00:00:00Z',
      '2026-03-29T02:30',
      '2026-03-29T01:00:00.000Z',
      'skipped',
    ],
    [
      'every 2 weeks on sunday 01:30 from 2026-03-15',
      '2026-03-16T00:00:00Z',
      '2026-03-29T01:30',
      '2026-03-29T01:00:00.000Z',
      'skipped',
    ],
    ['on 29 march 01:30', '2026-03-16T00:00:00Z', '2026-03-29T01:30', '2026-03-29T01:00:00.000Z', 'skipped'],
  ])('“%s” after %s is %s, at %s', (words, instant, id, at, clockChange) => {
    const [first] = next(words, instant, 1);
    expect([first?.id, first?.at.toISOString(), first?.clockChange]).toEqual([id, at, clockChange]);
  });

  test('several times that fall on one instant are one firing, of the last of them', () =>
    expect(between('*/30 * * * *', '2026-03-29T00:00:00Z', '2026-03-29T02:00:00Z')).toEqual([
      '2026-03-29T00:30 2026-03-29T00:30:00.000Z',
      '2026-03-29T02:00 2026-03-29T01:00:00.000Z',
      '2026-03-29T02:30 2026-03-29T01:30:00.000Z',
      '2026-03-29T03:00 2026-03-29T02:00:00.000Z',
    ]));

  test('an hour that comes twice is worked once', () =>
    expect(between('*/30 * * * *', '2026-10-25T00:00:00Z', '2026-10-25T02:30:00Z')).toEqual([
      '2026-10-25T01:30 2026-10-25T00:30:00.000Z',
      '2026-10-25T02:00 2026-10-25T02:00:00.000Z',
      '2026-10-25T02:30 2026-10-25T02:30:00.000Z',
    ]));

  test('elapsed time goes on as if nothing had happened', () =>
    expect(next('every 6 hours from 2026-03-28T22:00:00Z', '2026-03-28T22:00:00Z', 2)).toEqual([
      { id: '2026-03-29T04:00:00Z', at: new Date('2026-03-29T04:00:00Z'), local: '2026-03-29T05:00' },
      { id: '2026-03-29T10:00:00Z', at: new Date('2026-03-29T10:00:00Z'), local: '2026-03-29T11:00' },
    ]));
});

const all = [
  'every day 01:30',
  '*/30 * * * *',
  'every 90 minutes',
  'every 2 weeks on monday 08:00',
  '25 days after patch tuesday 22:00',
  'last working day 16:00',
];

describe.each(all)('“%s”', (words) => {
  const stored = parse(words);
  const from = new Date('2026-03-20T07:07:07.007Z');
  const list = occurrencesAfter(stored, from, 300);

  test('has the same occurrences, one after another or all at once', () => {
    let last = from;
    for (const expected of list) {
      expect(occurrencesAfter(stored, last, 1)).toEqual([expected]);
      last = expected.at;
    }
  });

  test('has the occurrences of two neighbouring spans in both of them together, each once', () => {
    const [middle, end] = [list[150]?.at ?? from, list[299]?.at ?? from];
    expect([...occurrencesBetween(stored, from, middle), ...occurrencesBetween(stored, middle, end)]).toEqual(list);
  });

  test('gives each occurrence an id of its own', () => expect(new Set(list.map(({ id }) => id)).size).toBe(300));
});

test('an interval goes on from its first day, however long ago', () =>
  expect(next('every 2 weeks on monday 08:00 from 2001-01-01', '2026-11-22T00:00:00Z', 1)[0]?.id).toBe(
    '2026-11-30T08:00',
  ));

test('an occurrence at the instant asked about is past', () => {
  expect(next('every day 09:00', '2026-01-02T09:00:00Z', 1)[0]?.id).toBe('2026-01-03T09:00');
  expect(next('on 2 january 09:00', '2026-01-02T09:00:00Z', 1)).toEqual([]);
  expect(next('every 6 hours', '2026-01-01T06:00:00Z', 1)[0]?.id).toBe('2026-01-01T12:00:00Z');
  expect(next('in 2 hours', '2026-01-01T02:00:00Z', 1)).toEqual([]);
});

test('no more are found than are asked for, and no more than 10,000 in a span', () => {
  expect(next('every day 09:00', '2026-01-02T09:00:00Z', 0)).toEqual([]);
  expect(between('* * * * *', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')).toHaveLength(10_000);
});

describe('a stored schedule', () => {
  const weekly = { kind: 'weekly', days: [1, 3], time: '09:00', zone: 'UTC' };

  test('is accepted', () => expect(schedule.safeParse(weekly).success).toBe(true));

  test.each([
    [{ ...weekly, days: [3, 1] }],
    [{ ...weekly, days: [] }],
    [{ ...weekly, days: [8] }],
    [{ ...weekly, time: '24:00' }],
    [{ ...weekly, zone: 'Mars/Base' }],
    [{ ...weekly, zone: 'utc' }],
    [{ ...weekly, more: 1 }],
    [{ kind: 'once', date: '2027-02-30', time: '09:00', zone: 'UTC' }],
    [{ kind: 'instant', at: '2027-02-28T09:00:00+01:00', zone: 'UTC' }],
    [{ kind: 'elapsed', minutes: 0, from: '2027-02-28T09:00:00Z', zone: 'UTC' }],
    [{ kind: 'interval', days: 1, from: '2027-02-28', time: '09:00', zone: 'UTC' }],
    [{ kind: 'day of month', day: 32, time: '09:00', zone: 'UTC' }],
    [{ kind: 'weekday of month', nth: 6, weekday: 1, after: 0, time: '09:00', zone: 'UTC' }],
    [{ kind: 'cron', cron: '61 * * * *', zone: 'UTC' }],
    [{ kind: 'yearly' }],
  ])('%j is refused', (stored) => expect(schedule.safeParse(stored).success).toBe(false));
});
