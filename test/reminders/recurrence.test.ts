import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { occurrencesAfter } from '../../src/reminders/occurrences.ts';
import { parseSchedule } from '../../src/reminders/recurrence.ts';
import { describe as phrase, type Schedule, schedule } from '../../src/reminders/schedule.ts';

/** A Sunday in winter, when Dublin has the time of UTC; Patch Tuesday was the 10th. */
const now = new Date('2026-11-22T10:20:23.500Z');
const parse = (words: string, zone = 'Europe/Dublin') => parseSchedule(words, { now, zone });
const next = (words: string, count: number) =>
  occurrencesAfter(parse(words), now, count).map(({ at }) => at.toISOString().replace(':00.000', ''));

/** Words, the phrase that stands for them in Dublin, and the next instants. */
const forms: [words: string, said: string, instants: string[]][] = [
  ['every saturday 02:00', 'every Saturday 02:00', ['2026-11-28T02:00Z', '2026-12-05T02:00Z']],
  ['weekdays 09:00', 'weekdays 09:00', ['2026-11-23T09:00Z', '2026-11-24T09:00Z']],
  ['every weekday at 9am', 'weekdays 09:00', ['2026-11-23T09:00Z']],
  ['weekends 12:30pm', 'every Saturday and Sunday 12:30', ['2026-11-22T12:30Z', '2026-11-28T12:30Z']],
  ['every day at 9am', 'every day 09:00', ['2026-11-23T09:00Z', '2026-11-24T09:00Z']],
  ['daily 21:30', 'every day 21:30', ['2026-11-22T21:30Z', '2026-11-23T21:30Z']],
  ['tuesdays and thursdays 18:00', 'every Tuesday and Thursday 18:00', ['2026-11-24T18:00Z', '2026-11-26T18:00Z']],
  ['mon, wed, fri 6 pm', 'every Monday, Wednesday and Friday 18:00', ['2026-11-23T18:00Z', '2026-11-25T18:00Z']],
  ['on 1 march 10:00', 'on 2027-03-01 10:00', ['2027-03-01T10:00Z']],
  ['March 1st, 2028 at noon', 'on 2028-03-01 12:00', ['2028-03-01T12:00Z']],
  ['on 22 november 11:00', 'on 2026-11-22 11:00', ['2026-11-22T11:00Z']],
  ['on 22 november 10:00', 'on 2027-11-22 10:00', ['2027-11-22T10:00Z']],
  ['on 1 july 10:00', 'on 2027-07-01 10:00', ['2027-07-01T09:00Z']],
  ['on 29 february 10:00', 'on 2028-02-29 10:00', ['2028-02-29T10:00Z']],
  ['on 2027-03-01 10:00', 'on 2027-03-01 10:00', ['2027-03-01T10:00Z']],
  ['tomorrow 10:00', 'on 2026-11-23 10:00', ['2026-11-23T10:00Z']],
  ['in 3 days 10:00', 'on 2026-11-25 10:00', ['2026-11-25T10:00Z']],
  ['in 2 hours', 'at 2026-11-22T12:20:23Z', ['2026-11-22T12:20:23.000Z']],
  ['in an hour', 'at 2026-11-22T11:20:23Z', ['2026-11-22T11:20:23.000Z']],
  ['in 45 min', 'at 2026-11-22T11:05:23Z', ['2026-11-22T11:05:23.000Z']],
  ['first sunday of the month 03:00', 'first Sunday of the month 03:00', ['2026-12-06T03:00Z', '2027-01-03T03:00Z']],
  ['every 2nd tuesday of the month 1am', 'Patch Tuesday 01:00', ['2026-12-08T01:00Z']],
  ['last friday of the month 10:00', 'last Friday of the month 10:00', ['2026-11-27T10:00Z', '2026-12-25T10:00Z']],
  ['fifth monday of every month 10:00', 'fifth Monday of the month 10:00', ['2026-11-30T10:00Z', '2027-03-29T09:00Z']],
  [
    'every 2 weeks on monday 08:00',
    'every 2 weeks on Monday 08:00 from 2026-11-23',
    ['2026-11-23T08:00Z', '2026-12-07T08:00Z'],
  ],
  [
    'every other sunday 08:00',
    'every 2 weeks on Sunday 08:00 from 2026-11-29',
    ['2026-11-29T08:00Z', '2026-12-13T08:00Z'],
  ],
  [
    'every two weeks on monday 08:00 from 2026-12-01',
    'every 2 weeks on Monday 08:00 from 2026-12-07',
    ['2026-12-07T08:00Z'],
  ],
  ['every week on monday 08:00', 'every Monday 08:00', ['2026-11-23T08:00Z', '2026-11-30T08:00Z']],
  ['every 3 days 11:00', 'every 3 days 11:00 from 2026-11-22', ['2026-11-22T11:00Z', '2026-11-25T11:00Z']],
  [
    'every 6 hours',
    'every 6 hours from 2026-11-22T10:20:23Z',
    ['2026-11-22T16:20:23.000Z', '2026-11-22T22:20:23.000Z'],
  ],
  ['every 90 minutes', 'every 90 minutes from 2026-11-22T10:20:23Z', ['2026-11-22T11:50:23.000Z']],
  ['every hour', 'every hour from 2026-11-22T10:20:23Z', ['2026-11-22T11:20:23.000Z']],
  ['every month on the 15th 10:00', 'every month on the 15th 10:00', ['2026-12-15T10:00Z', '2027-01-15T10:00Z']],
  ['on the 2nd of every month 10:00', 'every month on the 2nd 10:00', ['2026-12-02T10:00Z']],
  [
    'every month on the 31st 10:00',
    'every month on the 31st 10:00',
    ['2026-12-31T10:00Z', '2027-01-31T10:00Z', '2027-03-31T09:00Z'],
  ],
  [
    'last day of the month 10:00',
    'last day of the month 10:00',
    ['2026-11-30T10:00Z', '2026-12-31T10:00Z', '2027-01-31T10:00Z'],
  ],
  [
    'last working day 16:00',
    'last working day of the month 16:00',
    ['2026-11-30T16:00Z', '2026-12-31T16:00Z', '2027-01-29T16:00Z', '2027-02-26T16:00Z'],
  ],
  ['patch tuesday 22:00', 'Patch Tuesday 22:00', ['2026-12-08T22:00Z', '2027-01-12T22:00Z']],
  ['3 days after patch tuesday 22:00', '3 days after Patch Tuesday 22:00', ['2026-12-11T22:00Z', '2027-01-15T22:00Z']],
  ['the day after patch tuesday 22:00', '1 day after Patch Tuesday 22:00', ['2026-12-09T22:00Z']],
  [
    'two weeks after patch tuesday 22:00',
    '14 days after Patch Tuesday 22:00',
    ['2026-11-24T22:00Z', '2026-12-22T22:00Z'],
  ],
  [
    '25 days after patch tuesday 22:00',
    '25 days after Patch Tuesday 22:00',
    ['2026-12-05T22:00Z', '2027-01-02T22:00Z'],
  ],
  [
    '1 day after the last friday of the month 22:00',
    '1 day after the last Friday of the month 22:00',
    ['2026-11-28T22:00Z'],
  ],
  ['0 9 * * mon-fri', '0 9 * * MON-FRI', ['2026-11-23T09:00Z', '2026-11-24T09:00Z']],
  ['*/20 10 * * *', '*/20 10 * * *', ['2026-11-22T10:40Z', '2026-11-23T10:00Z']],
  ['0 0 29 2 *', '0 0 29 2 *', ['2028-02-29T00:00Z', '2032-02-29T00:00Z']],
];

describe('words', () => {
  test.each(forms)('“%s” are “%s”', (words, said, instants) => {
    expect(phrase(parse(words))).toBe(`${said} in Europe/Dublin`);
    expect(next(words, instants.length)).toEqual(instants);
  });

  test.each(forms)('“%s” make a schedule that can be stored and whose phrase is read as the same', (words) => {
    const made = parse(words);
    expect(schedule.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
    expect(parse(phrase(made), 'Asia/Tokyo')).toEqual(made);
  });

  test.each([
    'EVERY Saturday 2 AM.',
    'at 02:00 every sat',
    'saturdays 2am',
    '“every saturday” 02:00',
    ' every  saturday\n02:00am ',
  ])('“%s” are every Saturday at 02:00', (words) =>
    expect(parse(words)).toEqual({ kind: 'weekly', days: [6], time: '02:00', zone: 'Europe/Dublin' }),
  );
});

describe('a zone', () => {
  test.each([
    ['weekdays 09:00 in Europe/Dublin', 'Europe/Dublin'],
    ['weekdays in europe/dublin 09:00', 'Europe/Dublin'],
    ['weekdays 09:00 in America/New York', 'America/New_York'],
    ['weekdays 09:00 in asia/kolkata', 'Asia/Kolkata'],
    ['weekdays 09:00 in utc.', 'UTC'],
    ['in 2 hours in Europe/Dublin', 'Europe/Dublin'],
    ['0 9 * * 1-5 in Europe/Dublin', 'Europe/Dublin'],
    ['weekdays 09:00', 'Asia/Tokyo'],
    ['in 2 hours', 'Asia/Tokyo'],
  ])('of “%s” is %s where the channel’s is Tokyo’s', (words, zone) =>
    expect(parse(words, 'Asia/Tokyo').zone).toBe(zone),
  );

  test('says what day it is', () => {
    // 22 November 10:20 UTC is already 23 November in Auckland's summer time, 13 hours ahead of UTC.
    const late = new Date('2026-11-22T11:30:00Z');
    expect(parseSchedule('today 09:00', { now: late, zone: 'Pacific/Auckland' })).toMatchObject({ date: '2026-11-23' });
  });
});

describe('bad input', () => {
  const examples =
    'write for example “every saturday 02:00”, “weekdays 09:00” or “on 1 march 10:00”; “/help reminder” has more.';

  test.each([
    ['every 99th', 'No month has a day 99: take one from 1 to 31.'],
    ['every month on the 0th 10:00', 'No month has a day 0: take one from 1 to 31.'],
    ['weekdays 09:00 in Mars/Base', '“Mars/Base” is not a time zone: name one such as “Europe/Dublin”.'],
    // Fixed offsets do not follow summer time.
    ['weekdays 09:00 in +05:30', '“+05:30” is not a time zone: name one such as “Europe/Dublin”.'],
    ['weekdays 09:00 in EST', '“EST” is not a time zone: name one such as “Europe/Dublin”.'],
    ['30 february', 'There is no 30 February: name another date.'],
    ['on 30 february 10:00', 'There is no 30 February: name another date.'],
    ['on 31 april 2027 10:00', 'There is no 31 April 2027: name another date.'],
    ['on 2027-02-29 10:00', '“2027-02-29” is not a date from 2000 to 2199.'],
    ['on 9999-12-31 10:00', '“9999-12-31” is not a date from 2000 to 2199.'],
    ['on 2020-03-01 10:00', '2020-03-01 10:00 has passed: name a later date.'],
    ['on 22 november 2026 10:20', '2026-11-22 10:20 has passed: name a later date.'],
    ['today 09:00', '2026-11-22 09:00 has passed: name a later date.'],
    ['at 2026-11-22T10:20:23Z', '2026-11-22T10:20:23Z has passed: name a later time.'],
    ['at 2026-02-30T10:20:23Z', '“2026-02-30T10:20:23Z” is not an instant from 2000 to 2199.'],
    ['0 0 30 2 *', 'That never happens: name another day or time.'],
    ['0 0 31 2,4,6,9,11 *', 'That never happens: name another day or time.'],
    [
      '61 9 * * *',
      '“61 9 * * *” is not a cron expression: it has five fields, as in “0 9 * * 1-5” for weekdays at 09:00.',
    ],
    [
      '* * * * * *',
      '“* * * * * *” is not a cron expression: it has five fields, as in “0 9 * * 1-5” for weekdays at 09:00.',
    ],
    ['every day 25:00', '“25:00” is not a time of day: write one from 00:00 to 23:59.'],
    ['every day 13 pm', '“13 pm” is not a time of day: write one from 00:00 to 23:59.'],
    ['every day 9:5', '“9:5” is not a time of day: write one from 00:00 to 23:59.'],
    ['every day at 9', '“at 9” may be morning or evening: write 09:00 or 9 pm, for example.'],
    ['every day 09:00 and 21:00', 'A reminder has one time of day: add a second reminder for the other.'],
    ['last friday of the month', 'The time of day is missing: add it, for example “09:00”.'],
    ['every day', 'The time of day is missing: add it, for example “09:00”.'],
    ['tomorrow', 'The time of day is missing: add it, for example “09:00”.'],
    ['every 2 weeks 10:00', 'The weekday is missing: write for example “every 2 weeks on monday 08:00”.'],
    ['every 0 hours', '“0 hours” is not possible: take from 1 to 8,784 hours.'],
    ['every 9999 hours', '“9999 hours” is not possible: take from 1 to 8,784 hours.'],
    ['61 days after patch tuesday 10:00', '“61 days” is not possible: take from 1 to 60 days.'],
    ['every 6 hours 09:00', '“every 6 hours” counts from now and takes no time of day.'],
    ['every hour 09:00', '“every hour” counts from now and takes no time of day.'],
    ['every 6 hours from monday', '“from” takes an instant here, such as “2026-12-01T08:00:00Z”.'],
    ['every 3 days 09:00 from', '“from” takes a date here, such as “2026-12-01”.'],
    ['every day 09:00 from 2026-12-01', '“from” goes with every so many hours, days or weeks only.'],
    ['monday 09:00', 'Say “every monday” for every week, or a date such as “on 1 march” for once.'],
    ['every second tuesday 09:00', 'Say “2nd tuesday of the month”, or “every 2 weeks on tuesday”.'],
    ['every', `“every” is not a schedule: ${examples}`],
    ['every 2.5 hours', `“every 2.5 hours” is not a schedule: ${examples}`],
    ['every saturday 02:00 please', `“every saturday 02:00 please” is not a schedule: ${examples}`],
    ['', `The schedule is missing: ${examples}`],
    [' \n', `The schedule is missing: ${examples}`],
  ])('“%s” is refused in one sentence', (words, message) => expect(() => parse(words)).toThrow(new UserError(message)));

  test('4,000 characters of noise are refused in one sentence', () =>
    expect(() => parse('every 09:00 * '.repeat(286))).toThrow(
      new UserError(`That is too long for a schedule: ${examples}`),
    ));
});

/** Numbers from 0 to 1, the same in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test('whatever is said is refused politely or is a schedule that can be stored, read back and followed', () => {
  const said = [
    ...new Set(forms.flatMap(([words]) => words.split(' '))),
    ...'in in Europe/Dublin Mars/Base from 2026-12-01 2026-12-01T00:00:00Z 9999-12-31 0000-01-01 second 31st 0 1 60 0x1'.split(
      ' ',
    ),
    ...'* */5 1-5 L LW 31W 5#L +1#2 1,15 ? 29 2 24:00 00:00 -1 +5 ½ é 😀 \u202e \0 " , ( = : am pm a an dozen'.split(
      ' ',
    ),
  ];
  const number = random(20_261_122);
  const pick = <T>(from: readonly T[]) => from[Math.floor(number() * from.length)];
  const made: Schedule[] = [];
  for (let round = 0; round < 20_000; round += 1) {
    // Half of them are a form that is known with one word changed.
    const words = number() < 0.5 ? (pick(forms)?.[0].split(' ') ?? []) : Array.from({ length: 6 }, () => pick(said));
    words[Math.floor(number() * words.length)] = pick(said);
    try {
      made.push(parse(words.join(' ')));
    } catch (error) {
      expect(error, words.join(' ')).toBeInstanceOf(UserError);
    }
  }
  expect(made.length).toBeGreaterThan(700);
  for (const one of made) {
    expect(schedule.parse(one)).toEqual(one);
    expect(parse(phrase(one), 'UTC')).toEqual(one);
    const times = [now, ...occurrencesAfter(one, now, 3).map(({ at }) => at)].map((at) => at.getTime());
    expect(times.length).toBeGreaterThan(1);
    for (const [index, time] of times.entries()) expect(time).toBeGreaterThan(times[index - 1] ?? 0);
  }
}, 30_000);
