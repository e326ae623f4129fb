import { describe, expect, test } from 'vitest';
import { clockChangeMark, inFull, inShort, inWords } from '../../src/reminders/times.ts';

describe('an instant', () => {
  test.each([
    ['2026-11-28T02:00:00Z', 'Europe/Dublin', 'Saturday 28 November 2026 02:00 (Europe/Dublin)'],
    ['2026-07-01T23:30:59Z', 'Europe/Dublin', 'Thursday 2 July 2026 00:30 (Europe/Dublin)'],
    ['2027-01-01T03:00:00Z', 'America/New_York', 'Thursday 31 December 2026 22:00 (America/New_York)'],
    ['2028-02-29T00:00:00Z', 'Asia/Kathmandu', 'Tuesday 29 February 2028 05:45 (Asia/Kathmandu)'],
    ['2026-11-22T12:00:00Z', 'UTC', 'Sunday 22 November 2026 12:00 (UTC)'],
  ])('%s in %s is read as “%s”', (instant, zone, said) => expect(inFull(new Date(instant), zone)).toBe(said));

  test.each([
    ['2026-11-28T02:00:00Z', 'Europe/Dublin', 'Sat 28 Nov 2026 02:00'],
    ['2026-09-01T23:30:00Z', 'Europe/Dublin', 'Wed 2 Sep 2026 00:30'],
    ['2027-05-31T12:00:00Z', 'UTC', 'Mon 31 May 2027 12:00'],
  ])('%s in %s is “%s” in a table', (instant, zone, said) => expect(inShort(new Date(instant), zone)).toBe(said));
});

test.each([
  [0, 'less than a minute'],
  [-5_000, 'less than a minute'],
  [59_999, 'less than a minute'],
  [60_000, '1 minute'],
  [119_999, '1 minute'],
  [3_599_999, '59 minutes'],
  [3_600_000, '1 hour'],
  [7_500_000, '2 hours 5 minutes'],
  [86_399_999, '23 hours 59 minutes'],
  [86_400_000, '1 day'],
  [86_400_000 + 5 * 60_000, '1 day'],
  [90_000_000, '1 day 1 hour'],
  [3 * 86_400_000, '3 days'],
  [400 * 86_400_000 + 7_200_000, '400 days 2 hours'],
])('%i milliseconds are “%s”', (milliseconds, said) => expect(inWords(milliseconds)).toBe(said));

describe('the mark of a clock change', () => {
  test('says that a time is skipped, and what comes instead', () =>
    expect(clockChangeMark({ id: '2026-03-29T01:30', local: '2026-03-29T02:00', clockChange: 'skipped' })).toBe(
      'the clocks change that night: 01:30 does not exist, so at 02:00',
    ));

  test('says that a time comes twice, and which it is', () =>
    expect(clockChangeMark({ id: '2026-10-25T01:30', local: '2026-10-25T01:30', clockChange: 'repeated' })).toBe(
      '01:30 comes twice that night: the first',
    ));

  test('is not there on any other day', () => {
    expect(clockChangeMark({ id: '2026-11-28T02:00', local: '2026-11-28T02:00' })).toBeUndefined();
    expect(clockChangeMark({ id: '2026-11-28T02:00:00Z', local: '2026-11-28T02:00' })).toBeUndefined();
  });
});
