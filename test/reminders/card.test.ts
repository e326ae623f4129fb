import { describe, expect, test } from 'vitest';
import { renderSlack } from '../../src/platforms/slack/blocks.ts';
import { renderText } from '../../src/platforms/text.ts';
import { card, escalation, pausedNotice } from '../../src/reminders/card.ts';
import type { Occurrence, Reminder } from '../../src/reminders/reminder.ts';
import { knowledge } from '../ask.ts';
import { faultsOf, leaves } from '../platforms/slack/block-limits.ts';

const alice = { id: 'U1', name: 'alice' };
const bob = { id: 'U2', name: 'bob' };

const defrag: Reminder = {
  subject: { kind: 'chore', name: 'defrag' },
  target: 'CSV1',
  schedule: { kind: 'weekly', days: [6], time: '02:00', zone: 'Europe/Dublin' },
  place: { platform: 'slack', address: 'C1' },
  number: 3,
  owner: alice,
  creator: bob,
  state: 'active',
  changes: [],
};
const words = (text: string): Reminder => ({ ...defrag, subject: { kind: 'text', text }, target: undefined });
const question: Reminder = { ...words(''), subject: { kind: 'ask', text: 'av exclusions' } };

const posted: Occurrence = {
  id: '2026-11-28T02:00',
  at: '2026-11-28T02:00:00Z',
  state: 'posted',
  postedAt: '2026-11-28T02:00:00.300Z',
  refused: 0,
  answered: false,
  version: 0,
  shownVersion: 0,
};
const done: Occurrence = { ...posted, state: 'done', by: bob, acknowledgedAt: '2026-11-28T02:14:31Z' };
const snoozed: Occurrence = { ...done, state: 'snoozed', until: '2026-11-28T03:14:31Z' };
const problem: Occurrence = { ...done, state: 'problem', note: 'The backup still runs.' };

const shown = (occurrence: Occurrence, reminder = defrag) => card(reminder, occurrence, knowledge);
const DUE = ['Due', 'Saturday 28 November 2026 02:00 (Europe/Dublin)'];
const COMMON = [['Reminder', '3, every Saturday 02:00 in Europe/Dublin'], DUE, ['Owner', 'alice']];

describe('the card of a chore', () => {
  const chore = knowledge.reminders.find(({ title }) => title === 'CSV defrag');

  test('says what and why in one sentence', () =>
    expect(shown(posted).headline).toBe(
      'CSV defrag for CSV1: VHDs that grow side by side on one CSV break into fragments, which slows reads and overwrites.',
    ));

  test('names the cluster where one was named', () =>
    expect(shown(posted, { ...defrag, cluster: 'HVC1' }).headline).toMatch(/^CSV defrag for CSV1 on cluster HVC1: /));

  test('gives its number, schedule, time and owner, and calls the owner', () => {
    expect(shown(posted).facts).toEqual(COMMON);
    expect(shown(posted).mentions).toEqual([alice]);
  });

  test('has the checklist, how often it is due, what to run and the sources', () => {
    const { notes, code, sources } = shown(posted);
    expect(notes).toEqual([...(chore?.checklist ?? []), ...(chore?.rhythm ?? [])]);
    expect(code).toEqual(chore?.code);
    expect(sources).toEqual(chore?.sources);
    expect(notes?.length).toBeGreaterThan(5);
  });

  test('has a button for each way to acknowledge it, of this occurrence and no other', () =>
    expect(shown(posted).buttons).toEqual([
      { label: 'Done', ask: '/reminder done 3 2026-11-28T02:00', style: 'primary' },
      { label: 'Snooze 1 hour', ask: '/reminder snooze 3 2026-11-28T02:00 1h' },
      { label: 'Snooze 1 day', ask: '/reminder snooze 3 2026-11-28T02:00 1d' },
      { label: 'Skip', ask: '/reminder skip 3 2026-11-28T02:00' },
      { label: 'Problem', ask: '/reminder problem 3 2026-11-28T02:00' },
    ]));

  test.each(knowledge.reminders)('about $title is one message of Slack and not shortened', ({ names: [name = ''] }) => {
    const longest: Reminder = {
      ...defrag,
      subject: { kind: 'chore', name },
      target: 'T'.repeat(100),
      cluster: 'C'.repeat(100),
      owner: { id: 'U1', name: 'N'.repeat(200) },
      escalation: { minutes: 240, to: bob },
    };
    const { messages } = renderSlack(
      shown({ ...problem, note: 'n'.repeat(5000), escalatedAt: '2026-11-28T06:00:00Z' }, longest),
    );
    expect(messages).toHaveLength(1);
    expect(leaves(messages).join()).not.toContain('Shortened to fit');
    expect(messages.flatMap(faultsOf)).toEqual([]);
  });

  test('reads well as plain text', () => {
    const text = renderText(shown(posted));
    expect(text.split('\n').slice(0, 6)).toEqual([
      '@alice: CSV defrag for CSV1: VHDs that grow side by side on one CSV break into fragments, which',
      'slows reads and overwrites.',
      '',
      'Reminder: 3, every Saturday 02:00 in Europe/Dublin',
      'Due: Saturday 28 November 2026 02:00 (Europe/Dublin)',
      'Owner: alice',
    ]);
    expect(text).toContain('Next: /reminder done 3 2026-11-28T02:00 (Done)');
  });

  test('that the knowledge no longer has goes by its name', () => {
    const { headline, notes } = shown(posted, { ...defrag, subject: { kind: 'chore', name: 'tape change' } });
    expect(headline).toBe('tape change for CSV1.');
    expect(notes).toBeUndefined();
  });
});

describe('how late it is posted', () => {
  const due = (postedAt: string, more: Partial<Occurrence> = {}) => shown({ ...posted, postedAt, ...more }).facts?.[1];

  test('is not said up to a minute', () => expect(due('2026-11-28T02:01:00Z')).toEqual(DUE));

  test('is said from then on', () =>
    expect(due('2026-11-28T04:05:09Z')).toEqual([
      'Due',
      'Saturday 28 November 2026 02:00 (Europe/Dublin), late by 2 hours 5 minutes',
    ]));

  test('is not said of one that comes again after it was snoozed', () =>
    expect(due('2026-11-28T03:14:31Z', { by: bob, acknowledgedAt: '2026-11-28T02:14:31Z' })).toEqual(DUE));

  test('is not said before it is posted', () => {
    const { postedAt: _, ...waiting } = posted;
    expect(shown({ ...waiting, state: 'due' }).facts).toEqual(COMMON);
  });
});

describe('the card of somebody’s own words', () => {
  test.each([
    ['renew the SAN support', 'renew the SAN support.'],
    ['Renew it.', 'Renew it.'],
    ['Is the SAN support renewed?', 'Is the SAN support renewed?'],
    ['  renew\nit ', 'renew it.'],
  ])('“%s” says “%s” and has no checklist', (text, headline) => {
    const answer = shown(posted, words(text));
    expect(answer.headline).toBe(headline);
    expect([answer.notes, answer.code, answer.sources]).toEqual([undefined, undefined, undefined]);
  });

  test('says what they are for', () =>
    expect(shown(posted, { ...words('renew the support'), target: 'SAN1' }).headline).toBe(
      'renew the support for SAN1.',
    ));
});

describe('the card of a question', () => {
  test('is the question and the headline of what was answered, and nothing else of that', () => {
    const asked = { headline: 'Exclude 4 processes.', mentions: [bob], notes: ['A note.'] };
    const answer = card(question, posted, knowledge, asked);
    expect(answer.headline).toBe('“av exclusions”: Exclude 4 processes.');
    expect(answer.mentions).toEqual([alice]);
    expect(answer.notes).toBeUndefined();
  });

  test('without an answer, or when it is over, is the question', () => {
    expect(shown(posted, question).headline).toBe('“av exclusions”.');
    expect(card(question, done, knowledge, { headline: 'Exclude 4 processes.' }).headline).toBe('“av exclusions”.');
  });
});

describe('the card once it is acknowledged', () => {
  test.each<[Occurrence['state'], string]>([
    ['done', 'Done'],
    ['skipped', 'Skipped'],
  ])('%s: says who and when, in short, calls nobody and has no buttons', (state, label) =>
    expect(shown({ ...done, state })).toEqual({
      headline: 'CSV defrag for CSV1.',
      facts: [...COMMON, [label, 'bob, Saturday 28 November 2026 02:14 (Europe/Dublin)']],
    }),
  );

  test('snoozed: says by whom and until when, and can still be done or skipped', () => {
    const answer = shown(snoozed);
    expect(answer.facts).toEqual([
      ...COMMON,
      ['Snoozed', 'bob, until Saturday 28 November 2026 03:14 (Europe/Dublin)'],
    ]);
    expect(answer.buttons?.map(({ ask }) => ask)).toEqual([
      '/reminder done 3 2026-11-28T02:00',
      '/reminder skip 3 2026-11-28T02:00',
    ]);
    expect([answer.mentions, answer.notes, answer.code]).toEqual([undefined, undefined, undefined]);
  });

  test('with a problem: says who noted what, keeps the checklist, and can still be done or skipped', () => {
    const answer = shown(problem);
    expect(answer.facts).toEqual([
      ...COMMON,
      ['Problem', 'bob, Saturday 28 November 2026 02:14 (Europe/Dublin)'],
      ['Note', 'The backup still runs.'],
    ]);
    expect(answer.buttons?.map(({ label }) => label)).toEqual(['Done', 'Skip']);
    expect(answer.notes?.length).toBeGreaterThan(5);
    expect(answer.mentions).toBeUndefined();
  });

  test('done after a problem: keeps the note', () =>
    expect(shown({ ...done, note: 'The backup still runs.' }).facts?.slice(3)).toEqual([
      ['Done', 'bob, Saturday 28 November 2026 02:14 (Europe/Dublin)'],
      ['Note', 'The backup still runs.'],
    ]));

  test('goes by the id of somebody without a name', () =>
    expect(shown({ ...done, by: { id: 'U9', name: '' } }).facts?.at(-1)?.[1]).toMatch(/^U9, Saturday/));

  test('says back what was typed on one line, and not all of a long note', () => {
    const [, note = ''] = shown({ ...problem, note: `one\ntwo${'n'.repeat(400)}` }).facts?.at(-1) ?? [];
    expect(note).toBe(`one two${'n'.repeat(293)}…`);
  });

  test('missed: says so, and leaves nothing to press', () => {
    const answer = shown({ ...posted, state: 'missed' });
    expect(answer.facts?.at(-1)).toEqual(['Missed', 'it was never posted']);
    expect(answer.buttons).toBeUndefined();
  });
});

describe('when nobody acknowledges it', () => {
  const escalating: Reminder = { ...defrag, escalation: { minutes: 240, to: bob } };

  test('the named person is called, and told what, since when and what to do', () =>
    expect(escalation(escalating, posted, knowledge)).toEqual({
      mentions: [bob],
      headline:
        'Nobody has acknowledged CSV defrag for CSV1 since Saturday 28 November 2026 02:00 (Europe/Dublin): press a button above, or type “/reminder done 3 2026-11-28T02:00” once it is done.',
      facts: [['Owner', 'alice']],
    }));

  test('somebody’s own words are quoted', () =>
    expect(escalation(words('renew the SAN support'), posted, knowledge).headline).toMatch(
      /^Nobody has acknowledged “renew the SAN support” since /,
    ));

  test('the card says whom it was escalated to, and when', () =>
    expect(shown({ ...posted, escalatedAt: '2026-11-28T06:00:01Z' }, escalating).facts).toEqual([
      ...COMMON,
      ['Escalated', 'to bob, Saturday 28 November 2026 06:00 (Europe/Dublin)'],
    ]));
});

test('the owner of a paused reminder is told which, where, why and how it goes on', () =>
  expect(pausedNotice(defrag, 'The channel is archived.', knowledge)).toEqual({
    headline:
      'I paused reminder 3, CSV defrag for CSV1, because I cannot post it: when that is put right, type “/reminder resume 3” in its channel.',
    facts: [
      ['Why', 'The channel is archived.'],
      ['Channel', 'C1 (slack)'],
      ['Schedule', 'every Saturday 02:00 in Europe/Dublin'],
    ],
  }));
