import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/answer.ts';
import { createBot } from '../../src/bot.ts';
import { UserError } from '../../src/errors.ts';
import { filled } from '../../src/form.ts';
import { longestText, type Occurrence, type Reminder } from '../../src/reminders/reminder.ts';
import type { By, Reminders } from '../../src/reminders/reminders.ts';
import { bot as alone, ask as askAlone, commands, knowledge, request } from '../ask.ts';

const alice = { id: 'U9', name: 'alice' };
const asker = request('').user;

/** Reminders that are kept in memory and never posted; what they were asked to do is in `calls`. */
function fake({ obstacle, timeZone = 'UTC' }: { obstacle?: string; timeZone?: string } = {}) {
  const held: Reminder[] = [];
  const calls: unknown[] = [];
  const happened: Occurrence = { id: '2026-11-21T02:00', at: '2026-11-21T02:00:00.000Z', state: 'posted', ...counters };
  const get = (number: number): Reminder => {
    const found = held[number - 1];
    if (!found || found.state === 'removed') throw new UserError(`There is no reminder ${number} here.`);
    return found;
  };
  const put = (number: number, change: Partial<Reminder>): Reminder => {
    const changed = { ...held[number - 1], ...change } as Reminder; // only numbers that are held are put
    held[number - 1] = changed;
    return changed;
  };
  const next = { id: '2026-11-28T02:00', at: '2026-11-28T02:00:00.000Z' };
  const setting = (verb: string, state: Reminder['state']) => async (number: number, by: By) => {
    calls.push([verb, number, by.user.id]);
    if (verb !== 'restore') get(number);
    return put(number, { state });
  };
  const reminders: Reminders = {
    obstacle: async () => obstacle,
    async add(draft, { place, user, now }) {
      const number = held.length + 1;
      const changes = [{ at: now.toISOString(), by: user, did: 'added' }];
      const state = 'active' as const;
      held.push({ ...draft, place, number, owner: draft.owner ?? user, creator: user, state, next, changes });
      return get(number);
    },
    async edit(number, draft) {
      const { owner = get(number).owner, target, cluster, escalation } = draft;
      return put(number, { ...draft, owner, target, cluster, escalation });
    },
    pause: setting('pause', 'paused'),
    resume: setting('resume', 'active'),
    remove: setting('remove', 'removed'),
    restore: setting('restore', 'active'),
    run: setting('run', 'active'),
    async acknowledge(number, given, { user, now }) {
      calls.push(['acknowledge', number, given]);
      const reminder = get(number);
      const first = happened.state === 'posted';
      if (first) Object.assign(happened, { state: given.as, by: user, acknowledgedAt: now.toISOString() });
      return { reminder, occurrence: happened, first };
    },
    list: async () => held.filter(({ state }) => state !== 'removed').map((reminder) => ({ reminder, last: happened })),
    find: async (_, number) => ({ reminder: get(number), last: happened }),
    history: async () => held.map((reminder) => ({ reminder, occurrence: happened })),
    failed: async () => held.map((reminder) => ({ reminder, occurrence: happened, error: 'channel_not_found' })),
    retry: async () => held.length,
  };
  const channels = { installation: { timeZone }, of: async () => ({}), set: async () => ({ before: {}, after: {} }) };
  const calendar = {
    url: async (_: unknown, { renew }: { renew: boolean }) =>
      `https://bot.example.com/calendar/${renew ? 'new' : 'old'}`,
    serve: () => undefined,
  };
  const feedback = { file: async () => 1, note: async () => {} };
  const log = { error: (details: object) => calls.push(details) };
  const bot = createBot({ commands, knowledge, log, timeZone, kept: { reminders, channels, calendar, feedback } });
  return { held, calls, ask: (text: string, user = asker) => bot.ask({ ...request(text), user }) };
}
const counters = { refused: 0, answered: false, version: 0, shownVersion: 0 };

const asks = ({ buttons = [] }: Answer) => buttons.map(({ label, ask }) => [label, ask]);
const times = ({ tables: [table] = [] }: Answer) => table?.rows.map(([first]) => first);

describe('a preview', () => {
  test('shows what, when and who, and keeps nothing before Save is pressed', async () => {
    const { ask, held } = fake();
    const words =
      'add defrag every saturday 02:00 for CSV1 cluster HV1 owner <@U9|alice> escalate after 4h to <@U8|bob>';
    const answer = await ask(`/reminder ${words}`);
    expect(answer.headline).toBe(
      'CSV defrag for CSV1 on cluster HV1 every Saturday 02:00 in UTC, first on Sat 28 Nov 2026 02:00: press Save to keep it.',
    );
    expect(answer.facts).toEqual([
      ['For', 'CSV1'],
      ['Cluster', 'HV1'],
      ['Owner', 'alice'],
      ['Escalation', 'to bob, 4 hours after it was posted'],
    ]);
    expect(answer.tables).toEqual([
      {
        title: 'The next times',
        columns: ['UTC'],
        rows: [
          ['Sat 28 Nov 2026 02:00'],
          ['Sat 5 Dec 2026 02:00'],
          ['Sat 12 Dec 2026 02:00'],
          ['Sat 19 Dec 2026 02:00'],
          ['Sat 26 Dec 2026 02:00'],
        ],
      },
    ]);
    expect(held).toEqual([]);
    expect(answer.buttons).toEqual([
      {
        label: 'Save',
        ask: '/reminder save defrag every Saturday 02:00 in UTC for "CSV1" cluster "HV1" owner <@U9|alice> escalate after 240 minutes to <@U8|bob>',
        style: 'primary',
      },
    ]);
  });

  test('names the owner who is not named', async () =>
    expect((await fake().ask('/reminder add defrag every saturday 02:00')).facts).toEqual([
      ['Owner', 'the person who asks (you)'],
    ]));

  // Hand-written: what each form of words gives, from Sunday 22 November 2026 09:00 UTC on.
  test.each([
    [
      'defrag every saturday 02:00',
      [
        'Sat 28 Nov 2026 02:00',
        'Sat 5 Dec 2026 02:00',
        'Sat 12 Dec 2026 02:00',
        'Sat 19 Dec 2026 02:00',
        'Sat 26 Dec 2026 02:00',
      ],
    ],
    [
      'ad-backup weekdays 09:00 in Europe/Dublin',
      [
        'Mon 23 Nov 2026 09:00',
        'Tue 24 Nov 2026 09:00',
        'Wed 25 Nov 2026 09:00',
        'Thu 26 Nov 2026 09:00',
        'Fri 27 Nov 2026 09:00',
      ],
    ],
    ['"renew the SAN support" on 1 march 10:00', ['Mon 1 Mar 2027 10:00']],
    [
      'defrag first sunday of the month 03:00',
      [
        'Sun 6 Dec 2026 03:00',
        'Sun 3 Jan 2027 03:00',
        'Sun 7 Feb 2027 03:00',
        'Sun 7 Mar 2027 03:00',
        'Sun 4 Apr 2027 03:00',
      ],
    ],
    [
      'defrag every 2 weeks on monday 08:00',
      [
        'Mon 23 Nov 2026 08:00',
        'Mon 7 Dec 2026 08:00',
        'Mon 21 Dec 2026 08:00',
        'Mon 4 Jan 2027 08:00',
        'Mon 18 Jan 2027 08:00',
      ],
    ],
    [
      'defrag every 6 hours',
      [
        'Sun 22 Nov 2026 15:00',
        'Sun 22 Nov 2026 21:00',
        'Mon 23 Nov 2026 03:00',
        'Mon 23 Nov 2026 09:00',
        'Mon 23 Nov 2026 15:00',
      ],
    ],
    [
      'defrag 3 days after patch tuesday 22:00',
      [
        'Fri 11 Dec 2026 22:00',
        'Fri 15 Jan 2027 22:00',
        'Fri 12 Feb 2027 22:00',
        'Fri 12 Mar 2027 22:00',
        'Fri 16 Apr 2027 22:00',
      ],
    ],
    [
      'defrag last working day 16:00',
      [
        'Mon 30 Nov 2026 16:00',
        'Thu 31 Dec 2026 16:00',
        'Fri 29 Jan 2027 16:00',
        'Fri 26 Feb 2027 16:00',
        'Wed 31 Mar 2027 16:00',
      ],
    ],
    [
      'defrag 0 9 * * MON,WED',
      [
        'Mon 23 Nov 2026 09:00',
        'Wed 25 Nov 2026 09:00',
        'Mon 30 Nov 2026 09:00',
        'Wed 2 Dec 2026 09:00',
        'Mon 7 Dec 2026 09:00',
      ],
    ],
  ])('of “%s” shows the next five times', async (words, expected) =>
    expect(times(await fake().ask(`/reminder add ${words}`))).toEqual(expected),
  );

  test('has the times in both zones where the schedule has another one than the channel', async () => {
    const { tables = [] } = await fake({ timeZone: 'America/New_York' }).ask('/reminder add defrag daily 09:00 in UTC');
    expect(tables[0]?.columns).toEqual(['UTC', 'America/New_York']);
    expect(tables[0]?.rows[0]).toEqual(['Mon 23 Nov 2026 09:00', 'Mon 23 Nov 2026 04:00']);
  });

  test('marks where the clocks change', async () => {
    const { ask } = fake({ timeZone: 'Europe/Dublin' });
    // In 2027 the clocks of Dublin go forward on 28 March at 01:00.
    const skipped = await ask('/reminder add defrag 30 1 28,29 3 *');
    expect(skipped.tables?.[0]).toMatchObject({
      columns: ['Europe/Dublin', 'Clocks'],
      rows: [
        ['Sun 28 Mar 2027 02:00', 'the clocks change that night: 01:30 does not exist, so at 02:00'],
        ['Mon 29 Mar 2027 01:30', ''],
        ['Tue 28 Mar 2028 01:30', ''],
        ['Wed 29 Mar 2028 01:30', ''],
        ['Wed 28 Mar 2029 01:30', ''],
      ],
    });
    const monthly = await ask('/reminder add defrag every month on the 1st 10:00');
    expect(monthly.tables?.[0]?.rows.slice(3)).toEqual([
      ['Mon 1 Mar 2027 10:00', ''],
      ['Thu 1 Apr 2027 10:00', 'set forward by 1 hour before that'],
    ]);
  });

  test('says what stands in the way of posting here, and cannot be saved then', async () => {
    const answer = await fake({ obstacle: 'I am not in this channel: invite me with /invite.' }).ask(
      '/reminder add defrag every saturday 02:00',
    );
    expect(answer.headline).toMatch(/: it can’t be kept yet\.$/);
    expect(answer.notes).toEqual(['I am not in this channel: invite me with /invite.']);
    expect(answer.buttons).toBeUndefined();
  });

  test('points out what overlaps, and so does what is saved', async () => {
    const { ask } = fake();
    await ask('/reminder save ad-backup every saturday 02:30');
    const sentence =
      'It gets in the way of reminder 1 (AD backup check) if they are for one cluster: on Saturday 28 November 2026 02:00 (UTC) they start 30 minutes apart.';
    expect((await ask('/reminder add defrag every saturday 02:00')).notes).toEqual([sentence]);
    expect((await ask('/reminder save defrag every saturday 02:00')).notes).toEqual([sentence]);
    expect((await ask('/reminder edit 1 cluster HV2')).notes).toHaveLength(1);
  });

  test('without Slack says that nothing can be kept yet', async () => {
    const answer = await askAlone('/reminder add defrag every saturday 02:00');
    expect(answer.notes).toEqual(['Reminders are kept and posted once Slack or Teams is connected.']);
    expect(answer.buttons).toBeUndefined();
  });
});

describe('a question', () => {
  test.each([
    ['av exclusions', '/av exclusions'],
    ['/pr 2 hosts 2 channels 4 csvs', '/pr 2 hosts 2 channels 4 csvs'],
    ['licence 2 hosts 8 vms', '/licence 2 hosts 8 vms'],
    ['what is dkm?', '/ask what is dkm?'],
  ])('“%s” is kept with its slash', async (question, kept) => {
    const { ask, held } = fake();
    const [[, save = ''] = []] = asks(await ask(`/reminder ask "${question}" every monday 09:00`));
    expect(save).toBe(`/reminder save ask "${kept}" every Monday 09:00 in UTC owner <@U1|the person who asks>`);
    await ask(save);
    expect(held[0]?.subject).toEqual({ kind: 'ask', text: kept });
  });

  test.each([
    ['reminder list', 'A reminder can’t ask /reminder, which can change something: name a command that only answers.'],
    ['/REMIND list', 'A reminder can’t ask /reminder, which can change something: name a command that only answers.'],
    ['lisence 2 hosts', 'I don’t know the command “lisence” to ask; did you mean /license?'],
    ['weather', 'I don’t know the command “weather” to ask.'],
    ['pr 2 hosts 2 channels', 'How many CSVs does the cluster have, for example “4 csvs”?'],
  ])('“%s” is refused, also when it is saved', async (question, message) => {
    expect((await askAlone(`/reminder ask "${question}" every monday 09:00`)).headline).toBe(message);
    expect((await fake().ask(`/reminder save ask "${question}" every monday 09:00`)).headline).toBe(message);
  });
});

describe('Save', () => {
  test('pressed twice keeps one reminder', async () => {
    const { ask, held } = fake();
    const [[, save = ''] = []] = asks(await ask('/reminder add defrag every saturday 02:00'));
    await ask(save);
    expect((await ask(save)).headline).toBe('That is reminder 1 already: “/reminder show 1” shows it.');
    expect(held).toHaveLength(1);
  });

  test('keeps a reminder and takes the place of the preview', async () => {
    const { ask, held } = fake();
    const [[, save = ''] = []] = asks(await ask('/reminder add “water "it"” every saturday 02:00 for the-plant'));
    const answer = await ask(save);
    expect(answer.headline).toBe(
      'Saved as reminder 1: “water "it"” for the-plant every Saturday 02:00 in UTC; next on Sat 28 Nov 2026 02:00.',
    );
    expect(answer.replaces).toBe(true);
    expect(asks(answer)).toEqual([
      ['Show it', '/reminder show 1'],
      ['All reminders here', '/reminder list'],
      ['Remove it', '/reminder remove 1'],
    ]);
    expect(held).toHaveLength(1);
    expect(held[0]).toMatchObject({ subject: { kind: 'text', text: 'water "it"' }, target: 'the-plant', owner: asker });
  });

  test('after an edit changes what was said and nothing else', async () => {
    const { ask, held } = fake();
    await ask(
      '/reminder save defrag every saturday 02:00 for CSV1 cluster HV1 owner <@U9|alice> escalate after 4h to <@U8|bob>',
    );
    const [[, save = ''] = []] = asks(await ask('/reminder edit 1 every sunday 03:00 no cluster no escalation'));
    expect(save).toBe('/reminder save 1 defrag every Sunday 03:00 in UTC for "CSV1" owner <@U9|alice>');
    expect((await ask(save)).headline).toMatch(/^Changed reminder 1: CSV defrag for CSV1 every Sunday 03:00 in UTC; /);
    expect(held[0]).toMatchObject({ target: 'CSV1', owner: alice, schedule: { days: [7], time: '03:00' } });
    const [[, ownerless] = []] = asks(await ask('/reminder edit no owner'));
    expect(ownerless).toContain('owner <@U1|the person who asks>');
  });

  test('the longest draft there can be fits a button of Slack', async () => {
    const person = (id: string) => `<@${id.repeat(30)}|${'n'.repeat(199)}>`;
    const name = 'c'.repeat(100);
    const words = `add "${'x'.repeat(longestText)}" every monday tuesday wednesday thursday friday saturday 02:00 in America/Argentina/ComodRivadavia for ${name} cluster ${name} owner ${person('U')} escalate after 30 days to ${person('W')}`;
    const [[, save = ''] = []] = asks(await fake().ask(`/reminder ${words}`));
    expect(save.length).toBeGreaterThan(1000);
    expect(save.length).toBeLessThan(2000);
  });
});

describe('a verb', () => {
  test('that is missing is answered with a form whose answers make a preview', async () => {
    const { ask } = fake();
    const { form, headline, problem } = await ask('/reminder');
    expect(problem).toBeUndefined();
    expect(headline).toContain('“/reminder add defrag every saturday 02:00 for CSV1”');
    if (!form) throw new Error('there is no form');
    const chore = {
      chore: 'defrag',
      when: 'every saturday 02:00',
      target: 'CSV 1',
      owner: '<@U9>',
      escalation: '<@U8>',
    };
    const asked = filled(form, chore);
    expect(asked).toBe('/reminder add defrag every saturday 02:00 for "CSV 1" owner <@U9> escalate after 4h to <@U8>');
    expect((await ask(asked)).headline).toMatch(/^CSV defrag for CSV 1 every Saturday 02:00 in UTC, /);
    const own = filled(form, { text: 'renew "it" for me', when: 'on 1 march 10:00', cluster: 'HV1' });
    expect((await ask(own)).headline).toMatch(/^“renew 'it' for me” on cluster HV1 on Mon 1 Mar 2027 10:00 in UTC/);
  });

  test('that is not known is answered with the nearest, and a button that keeps the rest', async () => {
    const answer = await fake().ask('/reminder paus 3');
    expect(answer.headline).toBe('I don’t know “paus” here; did you mean “pause”?');
    expect(asks(answer)).toEqual([['Try pause', '/reminder pause 3']]);
    expect((await fake().ask('/reminder frobnicate')).headline).toBe(
      'I don’t know “frobnicate” here: begin with a word such as “add”, “list” or “show”.',
    );
  });

  test.each(
    'save defrag daily 02:00,edit 1,list,show,pause,resume,remove,restore 1,run,done,skip,snooze 1h,problem,history,calendar,failed,retry'.split(
      ',',
    ),
  )('“%s” needs Slack', async (words) => {
    const { headline, problem } = await askAlone(`/reminder ${words}`);
    expect(problem).toBe('input');
    expect(headline).toBe(
      'Reminders are kept and posted once Slack or Teams is connected: until then “add” and “ask” show what they would do.',
    );
  });

  test('is a row of the help', async () => {
    const { tables = [] } = await alone.ask(request('/help reminder'));
    expect(tables[0]?.rows).toContainEqual(['snooze N 1h', 'posts it again later']);
  });
});

/** A channel with two reminders, of which the first is a defrag. */
async function two() {
  const channel = fake();
  await channel.ask('/reminder save defrag every saturday 02:00 for CSV1');
  await channel.ask('/reminder save "water the plants" every sunday 02:00 owner <@U9|alice>');
  return channel;
}

describe('the reminders of a channel', () => {
  test('are listed', async () => {
    const { ask } = await two();
    await ask('/reminder pause 2');
    const answer = await ask('/reminder list');
    expect(answer.headline).toBe('There are 2 reminders here; “/reminder show N” tells all about one.');
    expect(answer.tables).toEqual([
      {
        title: 'Times in UTC',
        columns: ['No.', 'What', 'Schedule', 'Next', 'Owner', 'Last'],
        rows: [
          [
            '1',
            'CSV defrag for CSV1',
            'every Saturday 02:00 in UTC',
            'Sat 28 Nov 2026 02:00',
            'the person who asks',
            'not acknowledged',
          ],
          ['2', '“water the plants”', 'every Sunday 02:00 in UTC', 'paused', 'alice', 'not acknowledged'],
        ],
      },
    ]);
    expect((await fake().ask('/reminder list')).headline).toMatch(/^There are no reminders here yet/);
  });

  test('are shown one by one, with their changes', async () => {
    const { ask } = await two();
    const { headline, facts, tables = [], buttons = [] } = await ask('/reminder show 2');
    expect(headline).toBe('Reminder 2: “water the plants” every Sunday 02:00 in UTC.');
    expect(facts).toEqual([
      ['State', 'active'],
      ['Owner', 'alice'],
      ['Last', 'Saturday 21 November 2026 02:00 (UTC): not acknowledged'],
    ]);
    expect(tables[0]?.rows).toHaveLength(5);
    expect(tables[1]?.rows).toEqual([['Sun 22 Nov 2026 09:00', 'the person who asks', 'added']]);
    expect(buttons.map(({ ask }) => ask)).toEqual(
      ['pause', 'run', 'history', 'remove'].map((verb) => `/reminder ${verb} 2`),
    );
  });

  test.each([
    ['pause', 'Paused reminder 1, CSV defrag for CSV1.', ['Resume', '/reminder resume 1']],
    [
      'resume',
      'Resumed reminder 1, CSV defrag for CSV1: next on Sat 28 Nov 2026 02:00.',
      ['Pause', '/reminder pause 1'],
    ],
    ['remove', 'Removed reminder 1, CSV defrag for CSV1.', ['Undo', '/reminder restore 1']],
    [
      'restore',
      'Brought back reminder 1, CSV defrag for CSV1: next on Sat 28 Nov 2026 02:00.',
      ['All reminders here', '/reminder list'],
    ],
    [
      'run',
      'Posting reminder 1, CSV defrag for CSV1, now, besides its schedule.',
      ['All reminders here', '/reminder list'],
    ],
  ])('%s', async (verb, headline, button) => {
    const { ask, calls } = await two();
    const answer = await ask(`/reminder ${verb} 1`);
    expect(answer.headline).toBe(headline);
    expect(asks(answer)[0]).toEqual(button);
    expect(calls).toEqual([[verb, 1, 'U1']]);
  });

  test('need no number where there is exactly one', async () => {
    const one = fake();
    expect((await one.ask('/reminder pause')).headline).toBe('There are no reminders here: “/reminder add” adds one.');
    await one.ask('/reminder save defrag every saturday 02:00');
    expect((await one.ask('/reminder pause')).headline).toBe('Paused reminder 1, CSV defrag.');
    const { ask } = await two();
    expect((await ask('/reminder pause')).headline).toBe(
      'Say which reminder, as in “/reminder pause 1”: “/reminder list” shows them all.',
    );
    expect((await ask('/reminder pause one')).problem).toBe('input');
    expect((await ask('/reminder pause 1 2')).headline).toBe('“pause” takes the number of one reminder, not “2”.');
    expect((await ask('/reminder pause 7')).headline).toBe('There is no reminder 7 here.');
  });
});

describe('an occurrence', () => {
  const id = '2026-11-21T02:00';

  test.each([
    [`done 1 ${id}`, 'Done: CSV defrag for CSV1.', { as: 'done', occurrence: id }],
    ['done 1', 'Done: CSV defrag for CSV1.', { as: 'done' }],
    [
      'skip 1 run-2026-11-21T02:00:00Z',
      'Skipped: CSV defrag for CSV1.',
      { as: 'skipped', occurrence: 'run-2026-11-21T02:00:00Z' },
    ],
    [
      `snooze 1 ${id} 1h`,
      'Snoozed until Sun 22 Nov 2026 10:00: CSV defrag for CSV1.',
      { as: 'snoozed', until: new Date('2026-11-22T10:00:00Z'), occurrence: id },
    ],
    [
      'snooze 1 1 day',
      'Snoozed until Mon 23 Nov 2026 09:00: CSV defrag for CSV1.',
      { as: 'snoozed', until: new Date('2026-11-23T09:00:00Z') },
    ],
    [
      `problem 1 ${id} "no space\non CSV1"`,
      'Problem noted: CSV defrag for CSV1.',
      { as: 'problem', note: 'no space on CSV1', occurrence: id },
    ],
    ['problem 1 no space', 'Problem noted: CSV defrag for CSV1.', { as: 'problem', note: 'no space' }],
  ])('is acknowledged by “%s”', async (words, headline, given) => {
    const { ask, calls } = await two();
    expect(await ask(`/reminder ${words}`)).toEqual({ headline, shown: true, audience: 'asker' });
    expect(calls).toEqual([['acknowledge', 1, given]]);
  });

  test('is acknowledged once; others are told by whom', async () => {
    const { ask } = await two();
    await ask('/reminder done 1', alice);
    expect(await ask('/reminder skip 1')).toEqual({
      headline: 'That was already done by alice on Sunday 22 November 2026 09:00 (UTC).',
      audience: 'asker',
    });
  });

  test('with a problem is asked for a note', async () => {
    const { ask, calls } = await two();
    const { form, problem, headline } = await ask(`/reminder problem 1 ${id}`);
    expect(problem).toBeUndefined();
    expect(headline).toBe(`Say what is wrong in quotation marks behind “/reminder problem 1 ${id}”.`);
    if (!form) throw new Error('there is no form');
    await ask(filled(form, { note: 'The array is "full"' }));
    expect(calls).toEqual([['acknowledge', 1, { as: 'problem', note: "The array is 'full'", occurrence: id }]]);
  });

  test.each([
    ['snooze 1', 'Say for how long, from 5 minutes to 30 days, as in “/reminder snooze 1 1h”.'],
    ['snooze 1 2m', 'Say for how long, from 5 minutes to 30 days, as in “/reminder snooze 1 1h”.'],
    ['done 1 well', '“/reminder done 1” takes nothing behind it: a note goes with “problem”.'],
    [`problem 1 "${'x'.repeat(1001)}"`, 'The note is too long: please use at most 1000 characters.'],
  ])('“%s” is refused', async (words, headline) => {
    const { ask, calls } = await two();
    expect(await ask(`/reminder ${words}`)).toMatchObject({ headline, problem: 'input' });
    expect(calls).toEqual([]);
  });
});

describe('what happened', () => {
  test('is a table, and a file for the auditor', async () => {
    const { ask } = await two();
    expect((await ask('/reminder history')).tables?.[0]?.rows).toHaveLength(2);
    expect((await ask('/reminder history 1')).headline).toMatch(/^Reminder 1 came up /);
    expect((await ask('/reminder history csv')).file?.filename).toBe('reminders.csv');
    const { headline, file } = await ask('/reminder history 2 CSV');
    expect(headline).toBe('The history is in the file: 2 lines, the newest first.');
    expect(file?.filename).toBe('reminder-2.csv');
    expect(file?.text).toContain('water the plants');
    expect((await ask('/reminder history please')).problem).toBe('input');
  });

  test('and failed can be tried again', async () => {
    const { ask } = await two();
    const answer = await ask('/reminder failed');
    expect(answer.headline).toBe('2 reminders could not be posted although I tried for about an hour.');
    expect(answer.tables?.[0]?.rows[0]).toEqual([
      'Sat 21 Nov 2026 02:00',
      '1: CSV defrag for CSV1',
      'channel_not_found',
    ]);
    expect(asks(answer)).toEqual([['Retry', '/reminder retry']]);
    expect((await ask('/reminder retry')).headline).toBe('I am trying again to post 2 reminders.');
    expect((await fake().ask('/reminder failed')).headline).toBe('No reminder that was due here has been given up.');
  });
});

test('the calendar has an address, and a new one on request', async () => {
  const { ask } = fake();
  expect((await ask('/reminder calendar')).facts).toEqual([['Address', 'https://bot.example.com/calendar/old']]);
  expect((await ask('/reminder calendar new')).facts).toEqual([['Address', 'https://bot.example.com/calendar/new']]);
});

describe('answers are for the asker alone', () => {
  test.each(['', 'list', 'add defrag daily 02:00', 'save defrag daily 02:00', 'history', 'failed'])(
    '“%s”',
    async (words) => expect((await fake().ask(`/reminder ${words}`)).audience ?? 'asker').toBe('asker'),
  );
});

test.each(['every 99th', '09:00 in Mars/Base', 'on 30 february 10:00', 'on 2020-03-01 10:00', '0 0 30 2 *'])(
  'a draft for “%s” is refused in one sentence',
  async (schedule) => {
    const { headline, problem } = await askAlone(`/reminder add defrag ${schedule}`);
    expect(problem).toBe('input');
    expect(headline.replace(/“[^”]*”/g, '“”')).toMatch(/^[^.?!\n]+\.$/);
  },
);
