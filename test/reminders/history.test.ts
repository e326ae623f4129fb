import { describe, expect, test } from 'vitest';
import { renderSlack } from '../../src/platforms/slack/blocks.ts';
import { historyAnswer, historyCsv } from '../../src/reminders/history.ts';
import type { Occurrence, Reminder } from '../../src/reminders/reminder.ts';
import type { Happened } from '../../src/reminders/reminders.ts';
import { knowledge } from '../ask.ts';
import { faultsOf, leaves } from '../platforms/slack/block-limits.ts';

const alice = { id: 'U1', name: 'alice' };
const bob = { id: 'U2', name: 'bob' };
const reminder: Reminder = {
  subject: { kind: 'chore', name: 'defrag' },
  target: 'CSV1',
  schedule: { kind: 'weekly', days: [6], time: '02:00', zone: 'Europe/Dublin' },
  place: { platform: 'slack', address: 'C1' },
  number: 3,
  owner: alice,
  creator: alice,
  state: 'active',
  changes: [],
};
const abroad: Reminder = {
  ...reminder,
  subject: { kind: 'text', text: 'renew the SAN support' },
  target: undefined,
  number: 4,
  schedule: { kind: 'once', date: '2026-11-20', time: '09:00', zone: 'America/New_York' },
};

/** An occurrence of a Saturday at 02:00 in Dublin, in winter. */
const on = (date: string, more: Partial<Occurrence>): Happened => ({
  reminder,
  occurrence: {
    id: `${date}T02:00`,
    at: `${date}T02:00:00Z`,
    state: 'posted',
    postedAt: `${date}T02:00:00.250Z`,
    refused: 0,
    answered: false,
    version: 0,
    shownVersion: 0,
    ...more,
  },
});
const done = on('2026-11-28', { state: 'done', by: bob, acknowledgedAt: '2026-11-28T04:05:30Z' });
const missed = on('2026-11-21', { state: 'missed', postedAt: undefined, fault: 'The channel is archived.' });
const noted = (note: string) =>
  on('2026-11-14', { state: 'problem', by: alice, acknowledgedAt: '2026-11-14T02:00:20Z', note });
const again = on('2026-11-07', { by: alice, acknowledgedAt: '2026-11-07T02:10:00Z', postedAt: '2026-11-07T03:10:00Z' });

describe('the history', () => {
  test('counts what came of it, and shows each with who, when, how late and what was noted', () =>
    expect(historyAnswer([done, missed, noted('No space left.'), again], knowledge, 3)).toEqual({
      headline: 'Reminder 3 came up 4 times: 1 done, 1 missed, 1 with a problem and 1 not acknowledged.',
      tables: [
        {
          title: 'Times in Europe/Dublin',
          columns: ['Due', 'Reminder', 'Outcome', 'By', 'When', 'Note'],
          rows: [
            [
              'Sat 28 Nov 2026 02:00',
              '3: CSV defrag for CSV1',
              'done',
              'bob',
              'Sat 28 Nov 2026 04:05, 2 hours 5 minutes after',
              '',
            ],
            ['Sat 21 Nov 2026 02:00', '3: CSV defrag for CSV1', 'missed', '', '', 'The channel is archived.'],
            [
              'Sat 14 Nov 2026 02:00',
              '3: CSV defrag for CSV1',
              'with a problem',
              'alice',
              'Sat 14 Nov 2026 02:00, less than a minute after',
              'No space left.',
            ],
            ['Sat 7 Nov 2026 02:00', '3: CSV defrag for CSV1', 'not acknowledged', '', '', ''],
          ],
        },
      ],
      buttons: [{ label: 'All as a CSV file', ask: '/reminder history 3 csv' }],
    }));

  test('of a channel names the zone in each row where there are several', () => {
    const { headline, tables, buttons } = historyAnswer([done, { ...noted('N.'), reminder: abroad }], knowledge);
    expect(headline).toBe('The reminders of this channel came up 2 times: 1 done and 1 with a problem.');
    expect(tables?.[0]?.title).toBeUndefined();
    expect(tables?.[0]?.rows.map((row) => row.slice(0, 2))).toEqual([
      ['Sat 28 Nov 2026 02:00 (Europe/Dublin)', '3: CSV defrag for CSV1'],
      ['Fri 13 Nov 2026 21:00 (America/New_York)', '4: “renew the SAN support”'],
    ]);
    expect(buttons?.[0]?.ask).toBe('/reminder history csv');
  });

  test('shows twenty, and says how to have the rest', () => {
    const answer = historyAnswer([missed, ...Array.from({ length: 1999 }, () => done)], knowledge, 3);
    expect(answer.headline).toBe('Reminder 3 came up 2,000 times: 1,999 done and 1 missed.');
    expect(answer.tables?.[0]?.rows).toHaveLength(20);
    expect(answer.tables?.[0]?.rows[0]?.[2]).toBe('missed');
    expect(answer.notes).toEqual(['These are the newest 20 of 2,000: “/reminder history 3 csv” gives all of them.']);
  });

  test('of exactly twenty has no rest', () =>
    expect(historyAnswer(Array(20).fill(done), knowledge, 3).notes).toBeUndefined());

  test('of nothing says so', () => {
    expect(historyAnswer([], knowledge, 3)).toEqual({
      headline: 'Reminder 3 has not come up yet: “/reminder list” says when.',
    });
    expect(historyAnswer([], knowledge).headline).toBe(
      'The reminders of this channel have not come up yet: “/reminder list” says when.',
    );
  });

  test('shows the beginning of what is long, and the file has all of it', () => {
    const { tables } = historyAnswer([noted('n'.repeat(500))], knowledge, 3);
    expect(tables?.[0]?.rows[0]?.[5]).toBe(`${'n'.repeat(140)}…`);
    expect(historyCsv([noted('n'.repeat(500))])).toContain(`"${'n'.repeat(500)}"`);
  });

  test('with the longest of everything is within the limits of Slack and not shortened', () => {
    const by = { id: 'U1', name: '😀'.repeat(100) };
    const { occurrence } = noted(`<!channel>\n${'"\\😀'.repeat(2000)}`);
    const long: Reminder = {
      ...abroad,
      subject: { kind: 'text', text: '😀'.repeat(150) },
      target: '<'.repeat(100),
      cluster: '"'.repeat(100),
    };
    const { messages } = renderSlack(
      historyAnswer(Array(25).fill({ reminder: long, occurrence: { ...occurrence, by } }), knowledge, 4),
    );
    expect(messages.flatMap(faultsOf)).toEqual([]);
    expect(leaves(messages).join()).not.toContain('Shortened to fit');
  });
});

const HEADER =
  '\ufeff"Reminder","About","Time zone","Due (UTC)","Due (local)","Posted last (UTC)","Outcome","Who","Who (id)","When (UTC)","When (local)","Minutes after due","Note","Fault"\r\n';
/** The line of `noted` with a note written as it stands between commas. */
const line = (note: string) =>
  `"3","defrag for CSV1","Europe/Dublin","2026-11-14T02:00:00Z","2026-11-14 02:00","2026-11-14T02:00:00Z","with a problem","alice","U1","2026-11-14T02:00:20Z","2026-11-14 02:00","0",${note},""\r\n`;

describe('the file for the auditor', () => {
  test('has a header and a line for each, with UTC and local times and minutes', () =>
    expect(historyCsv([done, missed, again])).toBe(
      `${HEADER}"3","defrag for CSV1","Europe/Dublin","2026-11-28T02:00:00Z","2026-11-28 02:00","2026-11-28T02:00:00Z","done","bob","U2","2026-11-28T04:05:30Z","2026-11-28 04:05","125","",""\r\n` +
        '"3","defrag for CSV1","Europe/Dublin","2026-11-21T02:00:00Z","2026-11-21 02:00","","missed","","","","","","","The channel is archived."\r\n' +
        '"3","defrag for CSV1","Europe/Dublin","2026-11-07T02:00:00Z","2026-11-07 02:00","2026-11-07T03:10:00Z","not acknowledged","","","","","","",""\r\n',
    ));

  test('of nothing is the header', () => expect(historyCsv([])).toBe(HEADER));

  test('gives the local time of the zone of each', () => {
    const abroadDone = { ...done, reminder: abroad };
    expect(historyCsv([abroadDone])).toContain('"“renew the SAN support”","America/New_York"');
    expect(historyCsv([abroadDone])).toContain('"2026-11-28T02:00:00Z","2026-11-27 21:00"');
  });

  test('counts nothing as early when the clock was put back', () => {
    const early = on('2026-11-28', { state: 'done', by: bob, acknowledgedAt: '2026-11-28T01:00:00Z' });
    expect(historyCsv([early])).toContain('"2026-11-28 01:00","0","",""\r\n');
  });

  test.each([
    ['a quotation mark', 'the 19" rack', '"the 19"" rack"'],
    ['a comma', 'done, all of it', '"done, all of it"'],
    ['a line end', 'one\r\ntwo\nthree', '"one\r\ntwo\nthree"'],
    ['letters of any script', 'Größe, 大きさ 😀', '"Größe, 大きさ 😀"'],
    ['half a character', 'a\ud800', '"a\ufffd"'],
    ['signs within it', 'a=b+c-d@e', '"a=b+c-d@e"'],
  ])('keeps %s', (_, note, cell) => expect(historyCsv([noted(note)])).toBe(HEADER + line(cell)));

  test.each([
    ['=HYPERLINK("https://evil.example","x")', `"'=HYPERLINK(""https://evil.example"",""x"")"`],
    ["=cmd|' /C calc'!A0", `"'=cmd|' /C calc'!A0"`],
    ['+1+1', `"'+1+1"`],
    ['-2+3', `"'-2+3"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\tnote', `"'\tnote"`],
    ['\rnote', `"'\rnote"`],
    ['\t=1+1', `"'\t'=1+1"`],
    // Where cells are parted at semicolons, as in many countries, a new one would begin here.
    ['a;=1+1', `"a;'=1+1"`],
    ['a\n=1+1', `"a\n'=1+1"`],
    ['"\n=1+1', `"""\n'=1+1"`],
    ['＝1+1', `"'＝1+1"`],
  ])('makes text of %j', (note, cell) => expect(historyCsv([noted(note)])).toBe(HEADER + line(cell)));

  test('makes text of a name and of what a reminder is for', () => {
    const { occurrence } = done;
    const by = { id: '@U2', name: '=1+1' };
    const hostile = {
      occurrence: { ...occurrence, by },
      reminder: { ...reminder, subject: { kind: 'chore' as const, name: '=x' } },
    };
    expect(historyCsv([hostile])).toContain(`"'=x for CSV1"`);
    expect(historyCsv([hostile])).toContain(`"'=1+1","'@U2"`);
  });
});
