import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { type Declared, readDeclared } from '../../src/reminders/declared.ts';
import { placeKey, type Reminder, reminder, reminderKey } from '../../src/reminders/reminder.ts';
import { changedAnswer, type Declaring, declaredState, syncDeclared } from '../../src/reminders/sync.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { systemClock } from '../../src/storage/storage.ts';
import { ask, commands, knowledge } from '../ask.ts';

const folder = mkdtempSync(join(tmpdir(), 'clusterwise-declared-'));
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const storage = openSqlite({ dataDir: folder, log: quiet, clock: systemClock });
afterAll(async () => {
  await storage.close();
  rmSync(folder, { recursive: true });
});

const path = join(folder, 'reminders.yaml');
const known = { chores: knowledge.reminders, zone: 'Europe/Dublin', commands, ask };
function read(text: string): Promise<Declared[]> {
  writeFileSync(path, text);
  return readDeclared(path, known);
}
const faults = (text: string): Promise<string> =>
  read(text).then(
    () => 'none',
    (error: Error) => error.message.replace(path, 'FILE'),
  );
/** What is wrong with one reminder, which has what is given and is whole but for that. */
const faultsOf = async (given: string): Promise<string[]> => {
  const whole = [
    ['channel', 'C1'],
    ['remind', 'look'],
    ['when', 'daily 02:00'],
    ['owner', 'U1'],
  ].filter(([key = '']) => !given.includes(`${key}:`) && !(key === 'remind' && given.includes('ask:')));
  const text = `- { name: a, ${given}, ${whole.map(([key, value]) => `${key}: ${value}`).join(', ')} }`;
  return (await faults(text)).split('\n').slice(1);
};

describe('a reminders file', () => {
  test('declares a chore, with everything that can be said of it', async () => {
    expect(
      await read(`
- name: csv1-defrag
  channel: C1
  remind: CSV defrag
  for: CSV1
  cluster: CLU1
  when: every saturday 02:00
  owner: U1
  escalate: { after: 4h, to: U2 }
`),
    ).toEqual([
      {
        name: 'csv1-defrag',
        place: { platform: 'slack', address: 'C1' },
        draft: {
          subject: { kind: 'chore', name: 'defrag' },
          target: 'CSV1',
          cluster: 'CLU1',
          schedule: { kind: 'weekly', days: [6], time: '02:00', zone: 'Europe/Dublin' },
          owner: { id: 'U1', name: '' },
          escalation: { minutes: 240, to: { id: 'U2', name: '' } },
        },
      },
    ]);
  });

  test('declares words of one’s own and questions, in any place, zone and schedule that says enough', async () => {
    const drafts = (
      await read(`
- { name: san, channel: "19:a@b", platform: teams, remind: renew the SAN support, when: on 2027-03-01 10:00, owner: U1 }
- { name: av, channel: C1, ask: av exclusions, when: 3 days after patch tuesday 22:00 in Asia/Tokyo, owner: U1 }
- { name: often, channel: C1, remind: look, when: "every 6 hours from 2026-12-01T08:00:00Z", owner: U1 }
- { name: two-weeks, channel: C1, remind: look, when: every 2 weeks on monday 08:00 from 2026-12-07, owner: U1 }
- { name: cron, channel: C1, remind: look, when: 0 9 * * 1-5, owner: U1 }
`)
    ).map(({ place, draft: { subject, schedule } }) => [place, subject, schedule]);
    const slack = { platform: 'slack', address: 'C1' };
    const look = { kind: 'text', text: 'look' };
    const zone = 'Europe/Dublin';
    expect(drafts).toEqual([
      [
        { platform: 'teams', address: '19:a@b' },
        { kind: 'text', text: 'renew the SAN support' },
        { kind: 'once', date: '2027-03-01', time: '10:00', zone },
      ],
      [
        slack,
        { kind: 'ask', text: '/av exclusions' },
        { kind: 'weekday of month', nth: 2, weekday: 2, after: 3, time: '22:00', zone: 'Asia/Tokyo' },
      ],
      [slack, look, { kind: 'elapsed', minutes: 360, from: '2026-12-01T08:00:00Z', zone }],
      [slack, look, { kind: 'interval', days: 14, from: '2026-12-07', time: '08:00', zone }],
      [slack, look, { kind: 'cron', cron: '0 9 * * 1-5', zone }],
    ]);
  });

  test('is told of every fault at once, each with its place', async () => {
    expect(
      await faults(`
- { name: one, channel: C1, remind: defrag, when: every 99th 02:00, owner: U1 }
- { name: one, channel: C1, remind: defrag, ask: av exclusions, when: daily 02:00, owner: U1, fro: CSV1, to: U2 }
- { name: a b, remind: defrag, when: on 30 february 2027 02:00, escalate: { after: 2m, to: U2, if: late } }
- { name: 4, channel: C1, when: every day 02:00 in Mars/Base, owner: "", escalate: later }
- defrag
- { name: asks, channel: C1, ask: settings zone UTC, when: daily 02:00, owner: U1 }
- { name: odd, channel: C1, ask: weather, when: tomorrow 02:00, owner: U1 }
`),
    ).toBe(`The reminders file FILE has 19 faults:
  reminder 1 (one), when: No month has a day 99: take one from 1 to 31.
  reminder 2 (one), I know no key “fro”, “to”
  reminder 2 (one), give either “remind” or “ask”
  reminder 2 (one), name: reminder 1 has it already
  reminder 3 (a b), name: must have letters, digits and hyphens only, 60 at most
  reminder 3 (a b), channel: is missing
  reminder 3 (a b), when: There is no 30 February 2027: name another date.
  reminder 3 (a b), owner: is missing
  reminder 3 (a b), escalate.after: must be a time from 5 minutes to 30 days, such as “4h”
  reminder 3 (a b), escalate: I know no key “if”
  reminder 4, name: must be text: put it in quotation marks
  reminder 4, when: “Mars/Base” is not a time zone: name one such as “Europe/Dublin”.
  reminder 4, owner: is empty
  reminder 4, escalate: must be keys with their values, such as “key: value”
  reminder 4, give either “remind” or “ask”
  reminder 5, must be keys with their values, such as “key: value”
  reminder 6 (asks), ask: must not ask a command that changes something
  reminder 7 (odd), when: “tomorrow 02:00” counts from the moment it is read: name a date with its year, or a start as in “every 2 weeks on monday 08:00 from 2026-12-07”.
  reminder 7 (odd), ask: I don’t know the command “weather”.`);
  });

  test.each(['in 3 days 09:00', 'every 6 hours', 'every 2 weeks on monday 08:00', 'on 1 march 10:00', 'today 23:59'])(
    'cannot say “%s”, which is another time at every start',
    async (when) =>
      expect(await faults(`- { name: a, channel: C1, remind: look, when: ${when}, owner: U1 }`)).toContain(
        `“${when}” counts from the moment it is read`,
      ),
  );

  test.each(['"* * * * *"', '"0,4 9 * * 1"', 'every 2 minutes from 2026-12-01T08:00:00Z'])(
    'cannot say %s, which would flood the channel',
    async (when) =>
      expect(await faultsOf(`when: ${when}`)).toEqual([
        '  reminder 1 (a), when: That would flood the channel: leave at least 5 minutes between two times.',
      ]),
  );

  const channel = 'must be the id of a Slack channel, such as “C0123ABCD”, rather than its name';
  const member = 'must be the member id from the person’s Slack profile, such as “U0123ABCD”, rather than an @name';
  test.each([
    ['platform: discord', ['platform: must be “slack” or “teams”']],
    ['channel: "#csv"', [`channel: ${channel}`]],
    ['channel: general, platform: slack', [`channel: ${channel}`]],
    ['channel: "19:a b", platform: teams', ['channel: must be an id as Teams has it, which has no blanks']],
    ['channel: "19:a@thread.tacv2", platform: teams, owner: "29:1x"', []],
    ['owner: "@mary"', [`owner: ${member}`]],
    ['owner: W0123ABCD, escalate: { after: 4h, to: Mary Ann }', [`escalate.to: ${member}`]],
    [
      'remind: Defragg',
      [
        'remind: I know no chore “Defragg”: did you mean “defrag”? Words of your own have quotation marks within the text, as in \'"Defragg"\'.',
      ],
    ],
    ['remind: rotate the certificates', []],
    [`remind: ${'x'.repeat(301)}`, ['remind: is longer than 300 characters']],
    ['ask: av exclusions for hiper-v', ['ask: I don’t know what “hiper-v” means here; did you mean “hyper-v”?']],
    ['ask: " /av exclusions"', []],
  ])('is told what is wrong with %s', async (given, expected) => {
    expect(await faultsOf(given)).toEqual(expected.map((fault) => `  reminder 1 (a), ${fault}`));
  });

  test('has words of one’s own that are nearly a chore in quotation marks', async () => {
    const [first] = await read(`- { name: a, channel: C1, remind: '"defragg"', when: daily 02:00, owner: U1 }`);
    expect(first?.draft.subject).toEqual({ kind: 'text', text: 'defragg' });
  });

  test.each(['', '\n', '# none yet\n\n', '---\n'])('that is empty, as %j is, is refused', async (text) => {
    expect(await faults(text)).toBe('The reminders file FILE is empty: write “[]” for no reminders.');
  });

  test('that is no list is refused, and one that declares nothing on purpose is not', async () => {
    expect(await faults('name: a')).toBe(
      'The reminders file FILE is no list: put “- ” before each reminder, or write “[]” for none.',
    );
    expect(await read('[]')).toEqual([]);
  });

  test('that is no YAML, or not there, or cannot be read, is refused in one line', async () => {
    expect(await faults('- { name: a')).toMatch(/^The reminders file FILE is not YAML: [^\n]+\.$/);
    const none = join(folder, 'none.yaml');
    await expect(readDeclared(none, known)).rejects.toThrow(
      `The reminders file ${none} does not exist: check REMINDERS_FILE.`,
    );
    await expect(readDeclared(folder, known)).rejects.toThrow(
      `The reminders file ${folder} cannot be read (EISDIR): check REMINDERS_FILE.`,
    );
  });
});

const START = Date.parse('2026-11-22T09:00:00Z');
let benches = 0;

/** Reminders on real storage, and any number of processes that bring them in line with a file. */
function bench() {
  benches += 1;
  const state = storage.collection(`state-${benches}`, declaredState);
  const stored = storage.collection(`reminders-${benches}`, reminder);
  const did: string[] = [];
  const spot = { now: START, refuse: '', cutOff: '' };
  const happens = (what: string) => {
    did.push(what);
    if (what === spot.refuse) throw new UserError('There are 250 reminders here already.');
  };
  const all = async () => {
    const found: Reminder[] = [];
    for await (const [, one] of await stored.entries()) if (one.state !== 'removed') found.push(one);
    return found;
  };
  const file = { id: 'reminders-file', name: 'the reminders file' };
  const using: Declaring = {
    state,
    list: async (place) => (await all()).filter((one) => placeKey(one.place) === placeKey(place)),
    async add(place, draft, name) {
      happens(`add ${name}`);
      for (let number = 1; ; number += 1) {
        const whole: Reminder = {
          ...{ ...draft, owner: draft.owner ?? file, place, number },
          ...{ creator: file, state: 'active', declared: name, changes: [] },
        };
        const added = await stored.update(reminderKey(place, number), (was) => (was ? undefined : whole));
        if (added && spot.cutOff === name) throw new Error('killed');
        if (added) return added;
      }
    },
    async edit(place, number, draft) {
      happens(`edit ${number}`);
      await stored.update(
        reminderKey(place, number),
        (was) => was && { ...was, ...draft, owner: draft.owner ?? was.owner },
      );
    },
    async remove(place, number) {
      happens(`remove ${number}`);
      await stored.update(reminderKey(place, number), (was) => was && { ...was, state: 'removed' });
    },
    now: () => spot.now,
    async wait(milliseconds) {
      spot.now += milliseconds;
      await new Promise(setImmediate);
    },
  };
  const sync = async (text: string) => syncDeclared(await read(text), using);
  return { using, did, spot, sync, all };
}

const C1 = { platform: 'slack', address: 'C1' };
const C2 = { platform: 'slack', address: 'C2' };
const A = '- { name: a, channel: C1, remind: defrag, for: CSV1, when: every saturday 02:00, owner: U1 }\n';
const B = '- { name: b, channel: C2, remind: ad-backup, when: weekdays 09:00, owner: U1 }\n';
const addedA = 'Reminder 1, “a”, was added from the reminders file: every Saturday 02:00 in Europe/Dublin.';
const addedB = 'Reminder 1, “b”, was added from the reminders file: weekdays 09:00 in Europe/Dublin.';

describe('what is stored is brought in line with the file:', () => {
  test('what is new is added, and each place hears of its own', async () => {
    const { sync, all } = bench();
    expect(await sync(A + B)).toEqual([
      { place: C1, sentences: [addedA] },
      { place: C2, sentences: [addedB] },
    ]);
    expect((await all()).map(({ declared, target, owner }) => [declared, target, owner.id])).toEqual([
      ['a', 'CSV1', 'U1'],
      ['b', undefined, 'U1'],
    ]);
  });

  test('a second time nothing is done', async () => {
    const { sync, did } = bench();
    await sync(A + B);
    did.splice(0);
    expect(await sync(A + B)).toEqual([]);
    expect(did).toEqual([]);
  });

  test('what differs is changed, and a part that is left out is taken away', async () => {
    const { sync, all, did } = bench();
    await sync(A + B);
    did.splice(0);
    expect(await sync(A.replace('for: CSV1, ', '').replace('02:00', '03:00') + B)).toEqual([
      {
        place: C1,
        sentences: [
          'Reminder 1, “a”, was changed to what the reminders file says: every Saturday 03:00 in Europe/Dublin.',
        ],
      },
    ]);
    expect(did).toEqual(['edit 1']);
    expect((await all())[0]?.target).toBeUndefined();
    expect(await sync(A.replace('for: CSV1, ', '').replace('02:00', '03:00').replace('U1', 'U2') + B)).toHaveLength(1);
    expect((await all())[0]?.owner.id).toBe('U2');
  });

  test('what is gone from the file is removed, and what people added is left alone', async () => {
    const { using, sync, all, did } = bench();
    const [theirs] = await read(A);
    await sync(A + B);
    if (theirs) await using.add(C1, theirs.draft, 'x');
    did.splice(0);
    expect(await sync(B)).toEqual([
      { place: C1, sentences: ['Reminder 1, “a”, was removed: the reminders file no longer has it.'] },
    ]);
    expect((await all()).map(({ declared }) => declared)).toEqual(['x', 'b']);
    expect(await sync(B)).toEqual([]);
    expect(did).toEqual(['remove 1']);
  });

  test('what moves to another channel is removed from the one and added to the other', async () => {
    const { sync, all } = bench();
    await sync(A);
    expect((await sync(A.replace('C1', 'C2'))).map(({ place, sentences }) => [place, sentences.length])).toEqual([
      [C1, 1],
      [C2, 1],
    ]);
    expect((await all()).map(({ place }) => place)).toEqual([C2]);
    expect(await sync(A.replace('C1', 'C2'))).toEqual([]);
  });

  test('what somebody removed is added again, and what nobody can remove again is forgotten', async () => {
    const { using, sync, did } = bench();
    await sync(A);
    await using.remove(C1, 1);
    expect(await sync(A)).toEqual([{ place: C1, sentences: [addedA.replace('1', '2')] }]);
    await using.remove(C1, 2);
    did.splice(0);
    expect(await sync('[]')).toEqual([]);
    expect(did).toEqual([]);
  });

  test('a date that has passed is not added', async () => {
    const { sync, did } = bench();
    expect(await sync('- { name: a, channel: C1, remind: look, when: on 2026-03-01 10:00, owner: U1 }')).toEqual([]);
    expect(did).toEqual([]);
  });

  test('what is refused is said, keeps nothing else from being done, and is tried again', async () => {
    const { sync, spot } = bench();
    spot.refuse = 'add a';
    expect(await sync(A + B)).toEqual([
      {
        place: C1,
        sentences: ['“a” of the reminders file could not be added: There are 250 reminders here already.'],
      },
      { place: C2, sentences: [addedB] },
    ]);
    spot.refuse = '';
    expect(await sync(A + B)).toEqual([{ place: C1, sentences: [addedA] }]);
    spot.refuse = 'remove 1';
    expect((await sync(B))[0]?.sentences).toEqual([
      '“a” of the reminders file could not be removed: There are 250 reminders here already.',
    ]);
    spot.refuse = '';
    expect(await sync(B)).toHaveLength(1);
  });

  test('several processes that start at once do it once', async () => {
    const { sync, did } = bench();
    const changes = await Promise.all([sync(A + B), sync(A + B), sync(A + B)]);
    expect(did).toEqual(['add a', 'add b']);
    expect(changes.flat()).toHaveLength(2);
  });

  test('a process that dies between adding and noting it leaves none that is added twice or is never removed', async () => {
    const { sync, spot, did, all } = bench();
    spot.cutOff = 'a';
    await expect(sync(A + B)).rejects.toThrow('killed');
    spot.cutOff = '';
    expect(await sync(A + B)).toEqual([{ place: C2, sentences: [addedB] }]);
    expect(did).toEqual(['add a', 'add b']);
    await sync(B);
    expect((await all()).map(({ declared }) => declared)).toEqual(['b']);
  });

  test('the turn of a process that died is over after a minute', async () => {
    const { using, sync, spot } = bench();
    await using.state.set('file', { turn: { holder: 'dead', until: START + 60_000 }, reminders: [] });
    expect(await sync(A)).toHaveLength(1);
    expect(spot.now).toBe(START + 60_000);
  });
});

describe('the message about what the file has changed', () => {
  test('is the sentence, where there is one', () => {
    expect(changedAnswer({ place: C1, sentences: [addedA] })).toEqual({
      headline: addedA,
      buttons: [{ label: 'All reminders', ask: '/reminder list' }],
    });
  });

  test('lists several, the first twenty of many', () => {
    const sentences = Array.from({ length: 23 }, (_, index) => `Reminder ${index + 1} was added.`);
    const { headline, notes = [] } = changedAnswer({ place: C1, sentences });
    expect(headline).toBe('The reminders file has changed, and with it the reminders here.');
    expect(notes).toHaveLength(21);
    expect(notes.slice(19)).toEqual(['Reminder 20 was added.', 'There are 3 more.']);
    expect(changedAnswer({ place: C1, sentences: sentences.slice(0, 20) }).notes).toHaveLength(20);
  });
});
