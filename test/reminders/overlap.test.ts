import { describe, expect, test } from 'vitest';
import { readDraft } from '../../src/reminders/draft.ts';
import { overlap } from '../../src/reminders/overlap.ts';
import type { Reminder } from '../../src/reminders/reminder.ts';
import { knowledge } from '../ask.ts';

const now = new Date('2026-11-22T09:00:00Z');
const shown = { chores: knowledge.reminders, now, zone: 'UTC' };
const draft = (words: string) => readDraft(words, shown);
const person = { id: 'U1', name: 'alice' };
const stored = (words: string, state: Reminder['state'] = 'active'): Reminder => ({
  ...draft(words),
  place: { platform: 'slack', address: 'C1' },
  number: 2,
  owner: person,
  creator: person,
  state,
  changes: [],
});
const found = (one: string, other: string) => overlap(draft(one), stored(other), shown);

// Both packs keep 120 minutes from others.
describe('two chores on one cluster', () => {
  test('that start half an hour apart are pointed out, with the first time', () =>
    expect(found('defrag every saturday 02:00 cluster HV1', 'ad-backup every day 02:30 cluster hv1')).toBe(
      'It gets in the way of reminder 2 (AD backup check on cluster hv1): on Saturday 28 November 2026 02:00 (UTC) they start 30 minutes apart.',
    ));

  test('that start at the same time are pointed out, and so are two defrags', () =>
    expect(found('defrag every saturday 02:00', 'defrag weekends 02:00 for CSV2')).toBe(
      'It gets in the way of reminder 2 (CSV defrag for CSV2) if they are for one cluster: on Saturday 28 November 2026 02:00 (UTC) they start at the same time.',
    ));

  test('are one cluster where either names none', () => {
    expect(found('defrag every saturday 02:00 cluster HV1', 'ad-backup every saturday 03:59')).toBeDefined();
    expect(found('defrag every saturday 02:00', 'ad-backup every saturday 03:59 cluster HV1')).toBeDefined();
  });

  test('whose zones differ are compared by the instant', () => {
    expect(found('defrag every saturday 02:00 in America/New_York', 'ad-backup every saturday 07:00')).toBeDefined();
    expect(found('defrag every saturday 02:00 in America/New_York', 'ad-backup every saturday 02:00')).toBeUndefined();
  });

  test('of which one comes often are told of the nearest time', () =>
    expect(found('defrag every saturday 02:00', 'ad-backup 20,50 * * * *')).toContain(
      'on Saturday 28 November 2026 02:00 (UTC) they start 10 minutes apart',
    ));

  test.each([
    ['on another cluster', 'defrag every saturday 02:00 cluster HV1', 'ad-backup every saturday 02:00 cluster HV2'],
    ['two hours apart', 'defrag every saturday 02:00', 'ad-backup every saturday 04:00'],
    ['on other days', 'defrag every saturday 02:00', 'ad-backup weekdays 02:00'],
    ['after 60 days', 'defrag on 1 march 02:00', 'ad-backup on 1 march 02:00'],
  ])('%s are not', (_, one, other) => expect(found(one, other)).toBeUndefined());

  test('are not while one is paused', () =>
    expect(
      overlap(draft('defrag every day 02:00'), stored('ad-backup every day 02:00', 'paused'), shown),
    ).toBeUndefined());
});

test.each([
  ['own words', '"defrag" every day 02:00'],
  ['a question', 'ask "av" every day 02:00'],
  ['a chore that gets in the way of none', 'av-exclusions every day 02:00'],
])('%s never count', (_, words) => {
  expect(found('defrag every day 02:00', words)).toBeUndefined();
  expect(found(words, 'defrag every day 02:00')).toBeUndefined();
});
