import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { draftText, readChange, readDraft } from '../../src/reminders/draft.ts';
import type { Draft } from '../../src/reminders/reminder.ts';
import type { Schedule } from '../../src/reminders/schedule.ts';
import { knowledge } from '../ask.ts';

/** A Sunday in winter. */
const now = new Date('2026-11-22T09:00:00Z');
const reading = { now, zone: 'UTC', chores: knowledge.reminders };
const read = (words: string) => readDraft(words, reading);

const defrag: Draft['subject'] = { kind: 'chore', name: 'defrag' };
const saturdays: Schedule = { kind: 'weekly', days: [6], time: '02:00', zone: 'UTC' };
const ann = { id: 'U1', name: '' };
const bob = { id: 'U2', name: 'Bob of “IT” for you' };

describe('what people type', () => {
  test.each<[words: string, draft: Draft]>([
    ['defrag every saturday 02:00', { subject: defrag, schedule: saturdays }],
    ['CSV defrag every saturday 02:00', { subject: defrag, schedule: saturdays }],
    ['defrag, every saturday, 02:00', { subject: defrag, schedule: saturdays }],
    [
      'ad-backup weekdays 09:00 in Europe/Dublin',
      {
        subject: { kind: 'chore', name: 'ad-backup' },
        schedule: { kind: 'weekly', days: [1, 2, 3, 4, 5], time: '09:00', zone: 'Europe/Dublin' },
      },
    ],
    [
      '"renew the SAN support" on 1 march 10:00',
      {
        subject: { kind: 'text', text: 'renew the SAN support' },
        schedule: { kind: 'once', date: '2027-03-01', time: '10:00', zone: 'UTC' },
      },
    ],
    [
      'defrag first sunday of the month 03:00',
      {
        subject: defrag,
        schedule: { kind: 'weekday of month', nth: 1, weekday: 7, after: 0, time: '03:00', zone: 'UTC' },
      },
    ],
    [
      'defrag every 2 weeks on monday 08:00',
      { subject: defrag, schedule: { kind: 'interval', days: 14, from: '2026-11-23', time: '08:00', zone: 'UTC' } },
    ],
    [
      'defrag every 6 hours',
      { subject: defrag, schedule: { kind: 'elapsed', minutes: 360, from: '2026-11-22T09:00:00Z', zone: 'UTC' } },
    ],
    [
      'defrag 3 days after patch tuesday 22:00',
      {
        subject: defrag,
        schedule: { kind: 'weekday of month', nth: 2, weekday: 2, after: 3, time: '22:00', zone: 'UTC' },
      },
    ],
    [
      'defrag last working day 16:00',
      { subject: defrag, schedule: { kind: 'day of month', day: 'last working', time: '16:00', zone: 'UTC' } },
    ],
    ['defrag 0 9 * * MON,WED', { subject: defrag, schedule: { kind: 'cron', cron: '0 9 * * MON,WED', zone: 'UTC' } }],
    [
      'ask "av exclusions" every saturday 02:00',
      { subject: { kind: 'ask', text: '/av exclusions' }, schedule: saturdays },
    ],
    [
      'ask “/av policy officer "Jane Doe"” every saturday 02:00',
      { subject: { kind: 'ask', text: '/av policy officer "Jane Doe"' }, schedule: saturdays },
    ],
  ])('“%s”', (words, draft) => expect(read(words)).toEqual(draft));

  test.each([
    ['renew the SAN support on 1 march 10:00', 'renew the SAN support', '2027-03-01'],
    ['on 1 march 10:00', undefined, undefined],
    ['call Bob on 1 march about the disks tomorrow 10:00', 'call Bob on 1 march about the disks', '2026-11-23'],
    ['renew for “the SAN” the support on 1 march 10:00', 'renew the support', '2027-03-01'],
  ])('own words without quotation marks: “%s”', (words, text, date) => {
    if (text === undefined) expect(() => read(words)).toThrow('Say what it is about in front of the schedule');
    else expect(read(words)).toMatchObject({ subject: { kind: 'text', text }, schedule: { kind: 'once', date } });
  });

  test('“for”, “to” and “owner” inside quotation marks open nothing', () =>
    expect(read('"ask the owner for keys to escalate" for "the owner to be" every saturday 02:00')).toEqual({
      subject: { kind: 'text', text: 'ask the owner for keys to escalate' },
      target: 'the owner to be',
      schedule: saturdays,
    }));

  test('clauses stand in any order, before and behind the schedule and inside it', () => {
    const parts = [
      'for CSV1',
      'cluster "HV 1"',
      'owner <@U1>',
      `escalate after 4h to <@U2|${bob.name}>`,
      'every saturday 02:00',
    ];
    const whole = {
      subject: defrag,
      target: 'CSV1',
      cluster: 'HV 1',
      owner: ann,
      escalation: { minutes: 240, to: bob },
      schedule: saturdays,
    };
    const orders = permutations(parts);
    expect(orders).toHaveLength(120);
    for (const order of orders) expect(read(`defrag ${order.join(' ')}`), order.join(' ')).toEqual(whole);
    expect(read('defrag every for CSV1 saturday owner <@U1> 02:00')).toMatchObject({ schedule: saturdays, owner: ann });
  });

  test.each([
    ['4h', 240],
    ['4 hours', 240],
    ['90 minutes', 90],
    ['1 day', 1440],
    ['an hour', 60],
    ['5m', 5],
    ['30 days', 43_200],
  ])('escalate after %s', (length, minutes) =>
    expect(read(`defrag every saturday 02:00 escalate after ${length} to <@U1>`).escalation).toEqual({
      minutes,
      to: ann,
    }),
  );

  test('in a terminal a name is enough', () => {
    const words = 'defrag every saturday 02:00 owner @ann';
    expect(readDraft(words, { ...reading, plainNames: true }).owner).toEqual({ id: 'ann', name: 'ann' });
  });

  test('own words are kept on one line, with people by their names and nothing unseen', () =>
    expect(read('"tell <@U7|Eve>\n\tto  \u202estop\u0007 <!channel>" every saturday 02:00').subject).toEqual({
      kind: 'text',
      text: 'tell @Eve to \ufffdstop\ufffd <!channel>',
    }));
});

describe('a change', () => {
  test.each([
    ['every saturday 02:00', { schedule: saturdays }],
    ['for CSV2', { target: 'CSV2' }],
    [
      'no target no cluster no escalation no owner',
      { target: undefined, cluster: undefined, escalation: undefined, owner: undefined },
    ],
    ['defrag', { subject: defrag }],
    ['"new words" owner <@U1>', { subject: { kind: 'text', text: 'new words' }, owner: ann }],
    ['new words every saturday 02:00', { subject: { kind: 'text', text: 'new words' }, schedule: saturdays }],
  ])('“%s”', (words, change) => expect(readChange(words, reading)).toStrictEqual(change));

  test('that is no schedule is refused as one', () =>
    expect(() => readChange('every 99th', reading)).toThrow('No month has a day 99: take one from 1 to 31.'));
});

const unknownBob = 'I don’t know who “@bob” is: pick them from the list that appears when you type @.';
const quoteIt =
  'Please put words of your own in quotation marks with the schedule behind them, as in /reminder add "renew the SAN support" on 1 march 10:00.';

test.each([
  ['defrag every 99th', 'No month has a day 99: take one from 1 to 31.'],
  ['defrag weekdays 09:00 in Mars/Base', '“Mars/Base” is not a time zone: name one such as “Europe/Dublin”.'],
  ['defrag on 30 february 10:00', 'There is no 30 February: name another date.'],
  ['defrag on 2020-03-01 10:00', '2020-03-01 10:00 has passed: name a later date.'],
  ['defrag 0 0 30 2 *', 'That never happens: name another day or time.'],
  ['defrag * * * * *', 'That would flood the channel: leave at least 5 minutes between two times.'],
  ['defrag 0,4 9 * * *', 'That would flood the channel: leave at least 5 minutes between two times.'],
  ['defrag every 4 minutes', 'That would flood the channel: leave at least 5 minutes between two times.'],
  [
    'every saturday 02:00',
    'Say what it is about in front of the schedule, as in “add ad-backup every saturday 02:00”.',
  ],
  ['water the plants', quoteIt],
  ['', quoteIt],
  ['water the plants on 30 february 10:00', quoteIt],
  ['"" every saturday 02:00', 'The text is empty: please put something between the quotation marks.'],
  [
    'defrga every saturday 02:00',
    'I know no chore “defrga”: did you mean “defrag”, or words of your own, which go in quotation marks?',
  ],
  [
    'ask av every saturday 02:00',
    'Put the question in quotation marks, as in /reminder ask "av exclusions" every monday 09:00.',
  ],
  ['defrag every saturday 02:00 for', '“for” needs a name behind it, as in “for CSV1”.'],
  ['defrag every saturday 02:00 cluster', '“cluster” needs a name behind it, as in “cluster CLUSTER1”.'],
  ['defrag every saturday 02:00 owner', '“owner” needs a person behind it, as in “owner @name”.'],
  ['defrag every saturday 02:00 owner @bob', unknownBob],
  ['defrag every saturday 02:00 escalate after 4h to @bob', unknownBob],
  [
    'defrag every saturday 02:00 escalate to <@U1>',
    'Say after how long and to whom, as in “escalate after 4h to @name”.',
  ],
  [
    'defrag every saturday 02:00 escalate after 4h',
    'Say after how long and to whom, as in “escalate after 4h to @name”.',
  ],
  [
    'defrag every saturday 02:00 escalate after 4 minutes to <@U1>',
    '“4 minutes” is not a time from 5 minutes to 30 days: write for example 90m, 4h or 1d.',
  ],
  ['defrag for A for B every saturday 02:00', 'You gave the target twice: please say which one counts.'],
  [`"${'x'.repeat(301)}" every saturday 02:00`, 'The text is too long: please use at most 300 characters.'],
  [`defrag for ${'x'.repeat(101)} every saturday 02:00`, 'The target is too long: please use at most 100 characters.'],
])('“%s” is refused in one sentence', (words, message) => expect(() => read(words)).toThrow(new UserError(message)));

test.each([
  ['40 kB of letters', 'x'.repeat(40_000)],
  ['40 kB of words', 'every saturday '.repeat(2700)],
  ['quotation marks that are never closed', '“'.repeat(40_000)],
  ['40 kB of half mentions', '<@U1|'.repeat(8000)],
  ['40 kB of “for”', 'for '.repeat(10_000)],
  ['a mention of everybody', '<!channel> <@U1>'],
  ['control characters', '\u0000\u0007\u001b[31m defrag'],
  ['a change of direction', '\u202edefrag every saturday 02:00 for'],
  ['half of a character', 'owner \ud83d'],
])('%s are refused politely, soon', (_, words) => {
  expect(() => read(words)).toThrow(UserError);
  expect(() => readChange(words, reading)).toThrow(UserError);
});

test('3,000 drafts are read back from their one line', () => {
  const random = generator(20_261_122);
  const pick = <T>(among: readonly [T, ...T[]]): T => among[Math.floor(random() * among.length)] ?? among[0];
  const maybe = <T>(value: T): T | undefined => (random() < 0.5 ? value : undefined);
  const texts = [
    'renew',
    'ask Bob for "the keys" to it',
    'on 1 march 10:00',
    '"',
    "it's 5 o’clock",
    '<@U1>',
    'no owner',
    '@x, 😀; …',
  ] as const;
  const names = ['CSV1', 'a b', 'owner', '"quoted"', 'C:\\ClusterStorage\\Volume1', '0 9 * * *'] as const;
  const people = [ann, { id: 'U2', name: 'Bob "B" for IT' }, { id: '29:1a-b_c', name: 'Zoë, the owner' }] as const;
  const zones = ['UTC', 'Europe/Dublin', 'America/New_York'] as const;
  const time = '10:30';
  for (let round = 0; round < 3000; round += 1) {
    const zone = pick(zones);
    const schedule = pick<Schedule>([
      { kind: 'once', date: '2027-03-01', time, zone },
      { kind: 'instant', at: '2026-12-01T08:00:07Z', zone },
      { kind: 'elapsed', minutes: pick([5, 90, 360]), from: '2026-11-22T09:00:07Z', zone },
      { kind: 'interval', days: pick([2, 14, 30]), from: '2026-11-30', time, zone },
      { kind: 'weekly', days: pick([[1], [1, 2, 3, 4, 5], [2, 7], [1, 2, 3, 4, 5, 6, 7]]), time, zone },
      {
        kind: 'day of month',
        day: pick<number | 'last' | 'last working'>([1, 31, 'last', 'last working']),
        time,
        zone,
      },
      {
        kind: 'weekday of month',
        nth: pick<number | 'last'>([1, 2, 5, 'last']),
        weekday: 2,
        after: pick([0, 3]),
        time,
        zone,
      },
      { kind: 'cron', cron: pick(['0 9 * * MON,WED', '*/30 6-8 1 * *']), zone },
    ]);
    const subject = pick<Draft['subject']>([
      { kind: 'chore', name: 'ad-backup' },
      { kind: 'text', text: pick(texts) },
      { kind: 'ask', text: `/${pick(texts)}`.replace('/<@U1>', '/pr') },
    ]);
    const draft: Draft = { subject, schedule };
    const given = { target: maybe(pick(names)), cluster: maybe(pick(names)), owner: maybe(pick(people)) };
    const escalation = maybe({ minutes: pick([5, 240, 43_200]), to: pick(people) });
    Object.assign(draft, given, { escalation });
    expect(read(draftText(draft)), draftText(draft)).toEqual(draft);
  }
});

function permutations<T>(all: readonly T[]): T[][] {
  if (all.length < 2) return [[...all]];
  return all.flatMap((one, index) => permutations(all.toSpliced(index, 1)).map((others) => [one, ...others]));
}

/** Numbers from 0 to 1, the same in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
