import { describe, expect, test } from 'vitest';
import { policyOf } from '../../src/reminders/policy.ts';
import type { Schedule } from '../../src/reminders/schedule.ts';
import { alice, bob, openDesk, PLACE } from './desk.ts';

const saturdays: Schedule = { kind: 'weekly', days: [6], time: '02:00', zone: 'UTC' };
const sundays: Schedule = { ...saturdays, days: [7] };
const draft = { subject: { kind: 'chore', name: 'defrag' }, schedule: saturdays } as const;
const root = { id: 'UROOT', name: 'root' };

describe('reminders', () => {
  test('are numbered within their channel, and a number is never given again', async () => {
    const desk = openDesk();
    const elsewhere = { ...desk.by(), place: { platform: 'slack', address: 'C2' } };
    const numbers = [await desk.add({ schedule: saturdays }), await desk.add({ schedule: saturdays })];
    expect(numbers.map(({ number }) => number)).toEqual([1, 2]);
    expect((await desk.reminders.add(draft, elsewhere)).number).toBe(1);
    await desk.reminders.remove(2, desk.by());
    expect((await desk.add({ schedule: saturdays })).number).toBe(3);
    expect((await desk.reminders.list(PLACE)).map(({ reminder }) => reminder.number)).toEqual([1, 3]);
  });

  test('added at the same moment have different numbers', async () => {
    const desk = openDesk();
    const added = await Promise.all(Array.from({ length: 5 }, () => desk.add({ schedule: saturdays })));
    expect(added.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5]);
  });

  test('are 250 in one channel at most, and one more is refused in a sentence', async () => {
    const desk = openDesk();
    for (let count = 0; count < 250; count += 1) await desk.add({ schedule: saturdays });
    await expect(desk.add({ schedule: saturdays })).rejects.toThrow('There are 250 reminders here already');
    await desk.reminders.remove(7, desk.by());
    expect((await desk.add({ schedule: saturdays })).number).toBe(251);
  });

  test('belong to whoever adds them, unless an owner is named', async () => {
    const desk = openDesk();
    expect(await desk.add({ schedule: saturdays })).toMatchObject({ owner: alice, creator: alice });
    expect(await desk.add({ schedule: saturdays, owner: bob })).toMatchObject({ owner: bob, creator: alice });
  });

  test('for a time that has passed are refused', async () => {
    const desk = openDesk();
    const past: Schedule = { kind: 'once', date: '2026-11-01', time: '10:00', zone: 'UTC' };
    await expect(desk.add({ schedule: past })).rejects.toThrow('That time has passed');
    expect(await desk.reminders.list(PLACE)).toEqual([]);
  });

  test('keep who did what to them and when', async () => {
    const desk = openDesk();
    await desk.add({ schedule: saturdays });
    await desk.reminders.edit(1, { ...draft, schedule: sundays }, desk.by(bob));
    await desk.reminders.pause(1, desk.by(bob));
    await desk.reminders.resume(1, desk.by());
    const did = (await desk.reminder())?.changes.map((change) => [change.did, change.by.name, change.at]);
    expect(did).toEqual([
      ['added', 'alice', '2026-11-22T09:00:00.000Z'],
      ['edited', 'bob', '2026-11-22T09:00:00.000Z'],
      ['paused', 'bob', '2026-11-22T09:00:00.000Z'],
      ['resumed', 'alice', '2026-11-22T09:00:00.000Z'],
    ]);
  });

  test('that are edited keep their owner, and lose what the new words leave out', async () => {
    const desk = openDesk();
    await desk.add({ schedule: saturdays, target: 'CSV1', owner: bob, escalation: { minutes: 60, to: alice } });
    const edited = await desk.reminders.edit(1, { ...draft, schedule: sundays }, desk.by());
    expect(edited).toMatchObject({ owner: bob, next: { id: '2026-11-29T02:00' } });
    expect(edited.target).toBeUndefined();
    expect(edited.escalation).toBeUndefined();
  });

  test('that were paused and removed come back paused', async () => {
    const desk = openDesk();
    await desk.add({ schedule: saturdays });
    await desk.reminders.pause(1, desk.by());
    await desk.reminders.remove(1, desk.by());
    expect(await desk.reminders.restore(1, desk.by())).toMatchObject({ state: 'paused' });
  });

  test.each([
    ['resume', 'Reminder 1 is active already.'],
    ['restore', 'Reminder 1 is there: it was not removed.'],
  ] as const)('that are as they should be are refused to %s', async (verb, said) => {
    const desk = openDesk();
    await desk.add({ schedule: saturdays });
    await expect(desk.reminders[verb](1, desk.by())).rejects.toThrow(said);
  });

  test('that were removed can only be restored', async () => {
    const desk = openDesk();
    await desk.add({ schedule: saturdays });
    await desk.reminders.remove(1, desk.by());
    for (const verb of ['pause', 'resume', 'remove', 'run'] as const)
      await expect(desk.reminders[verb](1, desk.by())).rejects.toThrow('“/reminder restore 1” brings it back');
    await expect(desk.reminders.find(PLACE, 1)).rejects.toThrow('was removed');
  });

  test('of one channel do not exist for another', async () => {
    const desk = openDesk();
    await desk.add({ schedule: saturdays });
    const elsewhere = { ...desk.by(), place: { platform: 'slack', address: 'C' } };
    await expect(desk.reminders.remove(1, elsewhere)).rejects.toThrow('There is no reminder 1 here');
    expect(await desk.reminders.list(elsewhere.place)).toEqual([]);
    expect(await desk.reminders.history(elsewhere.place)).toEqual([]);
  });
});

describe('a history', () => {
  test('has the newest first, of one reminder or of all, also of one that was removed', async () => {
    const desk = openDesk();
    await desk.add({ schedule: saturdays });
    await desk.add({ schedule: sundays });
    await desk.work();
    await desk.pass('2026-11-28T02:00:00Z', 600);
    await desk.reminders.acknowledge(1, { as: 'done' }, desk.by(bob));
    await desk.pass('2026-12-05T02:00:00Z', 600);
    await desk.reminders.remove(1, desk.by());
    const all = await desk.reminders.history(PLACE);
    expect(all.map(({ reminder, occurrence }) => [reminder.number, occurrence.id, occurrence.state])).toEqual([
      [1, '2026-12-05T02:00', 'posted'],
      [2, '2026-11-29T02:00', 'posted'],
      [1, '2026-11-28T02:00', 'done'],
    ]);
    expect(await desk.reminders.history(PLACE, 2)).toHaveLength(1);
    await expect(desk.reminders.history(PLACE, 9)).rejects.toThrow('There is no reminder 9 here');
  });

  test('of reminder 1 has nothing of reminder 10', async () => {
    const desk = openDesk();
    for (let number = 1; number <= 10; number += 1) await desk.add({ schedule: saturdays });
    await desk.work();
    await desk.pass('2026-11-28T02:00:00Z', 600);
    expect(await desk.reminders.history(PLACE, 1)).toHaveLength(1);
    expect(await desk.reminders.history(PLACE)).toHaveLength(10);
  });
});

describe('who may change a reminder', () => {
  const may = (who: 'everyone' | 'creator' | 'admins', admins: string[]) =>
    openDesk({ policy: policyOf(who, admins, true) });

  test('is everyone where the settings say so', async () => {
    const desk = may('everyone', []);
    await desk.add({ schedule: saturdays });
    await desk.reminders.remove(1, desk.by(bob));
  });

  test('is who added it, and the admins', async () => {
    const desk = may('creator', ['UROOT']);
    await desk.add({ schedule: saturdays });
    const said = 'Only alice and the admins may change reminder 1.';
    for (const verb of ['pause', 'remove'] as const)
      await expect(desk.reminders[verb](1, desk.by(bob))).rejects.toThrow(said);
    // What is posted now is no change of the reminder.
    await desk.reminders.run(1, desk.by(bob));
    expect(await desk.reminders.obstacle(desk.by(bob), 1)).toBe(said);
    await expect(desk.reminders.edit(1, { ...draft, schedule: sundays }, desk.by(bob))).rejects.toThrow(said);
    expect(await desk.reminder()).toMatchObject({ state: 'active', next: { id: '2026-11-28T02:00' } });
    await desk.reminders.pause(1, desk.by(root));
    await desk.reminders.remove(1, desk.by(alice));
  });

  test('is the admins alone', async () => {
    const desk = may('admins', ['UROOT']);
    await expect(desk.add({ schedule: saturdays })).rejects.toThrow('Only the admins named in the settings may');
    await desk.add({ schedule: saturdays }, root);
    await expect(desk.reminders.remove(1, desk.by(alice))).rejects.toThrow('Only the admins');
  });

  test('is nobody but the file for one that the reminders file declares; everyone may acknowledge it', async () => {
    const desk = openDesk();
    await desk.reminders.add(draft, desk.by(), 'weekly-defrag');
    const careful = policyOf('everyone', ['UROOT'], true);
    const reminder = await desk.reminder();
    expect(careful(root, reminder)).toBe(
      'Reminder 1 is declared in the reminders file as “weekly-defrag”: change it there.',
    );
  });
});
