import { describe, expect, test } from 'vitest';
import { Refused } from '../../src/reminders/poster.ts';
import type { Schedule } from '../../src/reminders/schedule.ts';
import { alice, bob, openDesk, PLACE } from './desk.ts';

const saturdays: Schedule = { kind: 'weekly', days: [6], time: '02:00', zone: 'UTC' };
const daily: Schedule = { kind: 'weekly', days: [1, 2, 3, 4, 5, 6, 7], time: '02:00', zone: 'UTC' };
const once: Schedule = { kind: 'once', date: '2026-11-28', time: '10:00', zone: 'UTC' };

const times = (posted: { at: string }[]) => posted.map(({ at }) => at.slice(0, 16));

describe('a reminder', () => {
  test('is posted at each of its times, with the next one always waiting', async () => {
    const desk = openDesk();
    await desk.add({ schedule: saturdays, target: 'CSV1' });
    await desk.work();
    await desk.pass('2026-12-05T02:00:00Z');
    expect(times(desk.posted)).toEqual(['2026-11-28T02:00', '2026-12-05T02:00']);
    expect(desk.posted[0]).toMatchObject({ address: 'C1' });
    expect(desk.posted[0]?.answer.headline).toContain('CSV1');
    expect(await desk.reminder()).toMatchObject({
      state: 'active',
      last: '2026-12-05T02:00',
      next: { id: '2026-12-12T02:00', at: '2026-12-12T02:00:00.000Z' },
    });
    expect(await desk.occurrence('2026-11-28T02:00')).toMatchObject({ state: 'posted', message: 'm1' });
  });

  test('for one time ends when it was posted', async () => {
    const desk = openDesk();
    await desk.add({ schedule: once, subject: { kind: 'text', text: 'renew the SAN support' } });
    await desk.work();
    await desk.pass('2026-12-01T00:00:00Z', 600);
    expect(desk.posted).toHaveLength(1);
    expect(desk.posted[0]?.answer.headline).toContain('renew the SAN support');
    expect(await desk.reminder()).toMatchObject({ state: 'ended' });
  });

  test('that was missed while nothing ran is posted once, late; those before it are recorded and not posted', async () => {
    const desk = openDesk();
    await desk.add({ schedule: daily });
    await desk.close();
    const later = openDesk({ dataDir: desk.dataDir, start: '2026-11-26T08:30:00Z' });
    await later.work();
    expect(times(later.posted)).toEqual(['2026-11-26T08:30']);
    // From 02:00 to 08:30.
    expect(JSON.stringify(later.posted[0]?.answer.facts)).toContain('6 hours 30 minutes');
    const states = await Promise.all(
      ['23', '24', '25', '26'].map(async (day) => (await later.occurrence(`2026-11-${day}T02:00`))?.state),
    );
    expect(states).toEqual(['missed', 'missed', 'missed', 'posted']);
    await later.pass('2026-11-27T02:00:00Z');
    expect(times(later.posted)).toEqual(['2026-11-26T08:30', '2026-11-27T02:00']);
  });

  test('that asks the bot posts a card that leads with the answer, and the whole answer below it', async () => {
    const desk = openDesk();
    await desk.add({ schedule: saturdays, subject: { kind: 'ask', text: '/av exclusions' } });
    await desk.work();
    await desk.pass('2026-11-28T02:00:00Z', 600);
    expect(desk.asked).toContain('/av exclusions');
    expect(desk.posted).toHaveLength(2);
    expect(desk.posted[0]?.answer.headline).toContain('The answer to /av exclusions.');
    expect(desk.posted[1]).toMatchObject({ thread: 'm1', answer: { headline: 'The answer to /av exclusions.' } });
  });

  test('that is run now is posted besides its schedule', async () => {
    const desk = openDesk();
    await desk.work();
    await desk.add({ schedule: saturdays });
    await desk.reminders.run(1, desk.by());
    await desk.idle();
    expect(times(desk.posted)).toEqual(['2026-11-22T09:00']);
    await desk.pass('2026-11-28T02:00:00Z', 600);
    expect(times(desk.posted)).toEqual(['2026-11-22T09:00', '2026-11-28T02:00']);
  });

  test('that is paused, removed or edited before its time is not posted at that time', async () => {
    const desk = openDesk();
    await desk.work();
    for (let number = 1; number <= 3; number += 1) await desk.add({ schedule: saturdays });
    await desk.reminders.pause(1, desk.by());
    await desk.reminders.remove(2, desk.by());
    const sundays: Schedule = { ...saturdays, days: [7] };
    await desk.reminders.edit(3, { subject: { kind: 'chore', name: 'defrag' }, schedule: sundays }, desk.by());
    await desk.pass('2026-11-29T02:00:00Z', 600);
    expect(times(desk.posted)).toEqual(['2026-11-29T02:00']);
  });

  test('that was paused goes on from when it is resumed, and one that was removed from when it is restored', async () => {
    const desk = openDesk();
    await desk.work();
    await desk.add({ schedule: saturdays });
    await desk.reminders.pause(1, desk.by());
    await desk.pass('2026-11-29T02:00:00Z', 600);
    await desk.reminders.resume(1, desk.by());
    await desk.pass('2026-12-05T02:00:00Z', 600);
    expect(times(desk.posted)).toEqual(['2026-12-05T02:00']);
    await desk.reminders.remove(1, desk.by());
    await desk.pass('2026-12-13T02:00:00Z', 600);
    await desk.reminders.restore(1, desk.by());
    await desk.pass('2026-12-19T02:00:00Z', 600);
    expect(times(desk.posted)).toEqual(['2026-12-05T02:00', '2026-12-19T02:00']);
  });
});

describe('a reminder that is changed when it is due', () => {
  test.each(['pause', 'remove'] as const)('is recorded as missed where the change, %s, came first', async (verb) => {
    const desk = openDesk();
    await desk.add({ schedule: saturdays });
    await desk.jump('2026-11-28T02:00:01Z');
    await desk.reminders[verb](1, desk.by());
    await desk.work();
    expect(desk.posted).toEqual([]);
    expect(await desk.occurrence('2026-11-28T02:00')).toMatchObject({ state: 'missed' });
  });

  test('is still posted where only its schedule was', async () => {
    const desk = openDesk();
    await desk.add({ schedule: saturdays });
    await desk.jump('2026-11-28T02:00:01Z');
    const subject = { kind: 'chore', name: 'defrag' } as const;
    await desk.reminders.edit(1, { subject, schedule: { ...saturdays, days: [7] } }, desk.by());
    await desk.work();
    expect(times(desk.posted)).toEqual(['2026-11-28T02:00']);
    await desk.pass('2026-11-29T02:00:00Z');
    expect(desk.posted).toHaveLength(2);
  });

  test('by a second snooze comes back at the second time alone', async () => {
    const desk = openDesk();
    await desk.add({ schedule: saturdays });
    await desk.work();
    await desk.pass('2026-11-28T02:00:00Z', 600);
    for (const hour of ['03', '05'])
      await desk.reminders.acknowledge(1, { as: 'snoozed', until: new Date(`2026-11-28T${hour}:00:00Z`) }, desk.by());
    await desk.pass('2026-11-28T08:00:00Z');
    expect(times(desk.posted)).toEqual(['2026-11-28T02:00', '2026-11-28T05:00']);
  });

  test('that was removed can still be done on its card', async () => {
    const desk = openDesk();
    await desk.add({ schedule: saturdays });
    await desk.work();
    await desk.pass('2026-11-28T02:00:00Z', 600);
    await desk.reminders.remove(1, desk.by());
    expect(await desk.reminders.acknowledge(1, { as: 'done' }, desk.by(bob))).toMatchObject({ first: true });
  });
});

describe('an acknowledgement', () => {
  async function posted() {
    const desk = openDesk();
    await desk.add({ schedule: saturdays, escalation: { minutes: 240, to: bob } });
    await desk.work();
    await desk.pass('2026-11-28T02:00:00Z', 600);
    return desk;
  }

  test('by two at once counts once, and the card is edited once', async () => {
    const desk = await posted();
    const press = (user = alice) => desk.reminders.acknowledge(1, { as: 'done' }, desk.by(user));
    const both = await Promise.all([press(alice), press(bob)]);
    await desk.idle();
    expect(both.map(({ first }) => first).sort()).toEqual([false, true]);
    expect(both[0]?.occurrence.by).toEqual(both[1]?.occurrence.by);
    expect(desk.edited).toHaveLength(1);
    expect(desk.edited[0]?.message).toBe('m1');
    const name = both[0]?.occurrence.by?.name ?? '';
    expect(JSON.stringify(desk.edited[0]?.answer)).toContain(`${name}, Saturday 28 November 2026 02:00`);
    expect(desk.edited[0]?.answer.buttons ?? []).toEqual([]);
  });

  test('in time keeps it from being escalated', async () => {
    const desk = await posted();
    await desk.reminders.acknowledge(1, { as: 'done' }, desk.by());
    await desk.pass('2026-11-29T02:00:00Z');
    expect(desk.posted).toHaveLength(1);
  });

  test('that does not come in time calls the named person once, in the thread, and the card says so', async () => {
    const desk = await posted();
    await desk.pass('2026-11-28T05:59:00Z', 1);
    expect(desk.posted).toHaveLength(1);
    await desk.pass('2026-11-28T06:00:00Z', 1);
    await desk.pass('2026-11-29T02:00:00Z');
    expect(desk.posted).toHaveLength(2);
    expect(desk.posted[1]).toMatchObject({ thread: 'm1', answer: { mentions: [bob] } });
    expect(desk.posted[1]?.at).toBe('2026-11-28T06:00:00.000Z');
    expect(desk.edited).toHaveLength(1);
  });

  test('that snoozes posts it again then, and it can be done afterwards', async () => {
    const desk = await posted();
    const until = new Date('2026-11-28T03:00:00Z');
    await desk.reminders.acknowledge(1, { as: 'snoozed', until }, desk.by());
    await desk.pass('2026-11-28T02:59:00Z', 1);
    expect(desk.posted).toHaveLength(1);
    expect(await desk.occurrence('2026-11-28T02:00')).toMatchObject({ state: 'snoozed', by: alice });
    await desk.pass('2026-11-28T03:00:00Z', 1);
    expect(times(desk.posted)).toEqual(['2026-11-28T02:00', '2026-11-28T03:00']);
    await desk.reminders.acknowledge(1, { as: 'done' }, desk.by(bob));
    await desk.idle();
    expect(desk.edited.at(-1)?.message).toBe('m2');
    expect(await desk.occurrence('2026-11-28T02:00')).toMatchObject({ state: 'done', by: bob });
    // Snoozing was an answer, and nobody is called later than four hours after the second card.
    await desk.pass('2026-11-29T00:00:00Z');
    expect(desk.posted).toHaveLength(2);
  });

  test('that tells of a problem keeps its note, and the chore can still be done', async () => {
    const desk = await posted();
    await desk.reminders.acknowledge(1, { as: 'problem', note: 'CSV1 is redirected' }, desk.by());
    await desk.idle();
    expect(JSON.stringify(desk.edited[0]?.answer)).toContain('CSV1 is redirected');
    await desk.reminders.acknowledge(1, { as: 'done' }, desk.by(bob));
    expect(await desk.occurrence('2026-11-28T02:00')).toMatchObject({ state: 'done', note: 'CSV1 is redirected' });
  });

  test('is refused for what never came, and only done or skipped for what was missed', async () => {
    const desk = openDesk();
    await desk.add({ schedule: saturdays });
    const done = { as: 'done' } as const;
    await expect(desk.reminders.acknowledge(1, done, desk.by())).rejects.toThrow('Reminder 1 has not come yet');
    await expect(desk.reminders.acknowledge(2, done, desk.by())).rejects.toThrow('There is no reminder 2 here');
    const unknown = { ...done, occurrence: '2026-01-01T00:00' };
    await expect(desk.reminders.acknowledge(1, unknown, desk.by())).rejects.toThrow('no such occurrence');
  });
});

describe('a channel that refuses', () => {
  test('for good is tried a few times, then its reminder is paused and the owner told once', async () => {
    const desk = openDesk();
    await desk.add({ schedule: saturdays });
    await desk.work();
    let tries = 0;
    desk.refuse(() => {
      tries += 1;
      return new Refused('The channel is archived.');
    });
    await desk.pass('2026-11-28T02:00:00Z', 600);
    await desk.pass('2026-11-28T04:00:00Z', 1);
    expect(tries).toBe(5);
    expect(desk.posted).toEqual([]);
    expect(await desk.reminder()).toMatchObject({ state: 'paused', why: 'The channel is archived.' });
    expect(await desk.occurrence('2026-11-28T02:00')).toMatchObject({ state: 'missed' });
    expect(desk.told).toHaveLength(1);
    expect(desk.told[0]?.person).toEqual(alice);
    expect(JSON.stringify(desk.told[0]?.answer)).toContain('/reminder resume 1');
    await desk.pass('2026-12-05T03:00:00Z', 600);
    expect(tries).toBe(5);
  });

  test('for a while is posted late by the tries that follow, once', async () => {
    const desk = openDesk();
    await desk.add({ schedule: saturdays });
    await desk.work();
    desk.refuse(() => new Error('ECONNRESET'));
    await desk.pass('2026-11-28T02:00:00Z', 600);
    desk.refuse(() => undefined);
    await desk.pass('2026-11-28T03:00:00Z', 1);
    expect(desk.posted).toHaveLength(1);
    expect(await desk.occurrence('2026-11-28T02:00')).toMatchObject({ state: 'posted' });
  });

  test('for hours leaves a dead letter that can be tried again, while the schedule goes on', async () => {
    const desk = openDesk();
    await desk.add({ schedule: saturdays });
    await desk.work();
    desk.refuse(() => new Error('ECONNRESET'));
    await desk.pass('2026-11-28T02:00:00Z', 600);
    await desk.pass('2026-11-28T08:00:00Z', 1);
    const [failed] = await desk.reminders.failed(PLACE);
    expect(failed).toMatchObject({ occurrence: { id: '2026-11-28T02:00' }, reminder: { number: 1 } });
    desk.refuse(() => undefined);
    expect(await desk.reminders.retry(PLACE)).toBe(1);
    await desk.pass('2026-11-28T08:05:00Z', 1);
    expect(times(desk.posted)).toEqual(['2026-11-28T08:01']);
    expect(await desk.reminders.failed(PLACE)).toEqual([]);
    await desk.pass('2026-12-05T02:00:00Z', 600);
    expect(desk.posted).toHaveLength(2);
  });

  test('until the next one is due leaves the older one as missed', async () => {
    const desk = openDesk();
    await desk.add({ schedule: { kind: 'elapsed', minutes: 30, from: '2026-11-22T09:00:00Z', zone: 'UTC' } });
    await desk.work();
    desk.refuse(() => new Error('ECONNRESET'));
    await desk.pass('2026-11-22T09:58:00Z', 1);
    desk.refuse(() => undefined);
    await desk.pass('2026-11-22T10:00:00Z', 1);
    expect(times(desk.posted)).toEqual(['2026-11-22T10:00']);
    await desk.pass('2026-11-22T10:20:00Z', 1);
    expect(await desk.occurrence('2026-11-22T09:30:00Z')).toMatchObject({ state: 'missed' });
    expect(desk.posted).toHaveLength(1);
  });
});

describe('when the clock of the machine is set', () => {
  const noons: Schedule = { kind: 'weekly', days: [1, 2, 3, 4, 5, 6, 7], time: '12:00', zone: 'UTC' };

  test.each([
    ['an hour ahead', '2026-11-24T13:00:00Z'],
    ['a month ahead', '2026-12-24T12:30:00Z'],
  ])('%s and back again, no occurrence is posted twice and none is left out', async (_, ahead) => {
    const desk = openDesk({ start: '2026-11-22T11:00:00Z' });
    await desk.add({ schedule: noons });
    await desk.work();
    await desk.pass('2026-11-24T11:00:00Z');
    expect(times(desk.posted)).toEqual(['2026-11-22T12:00', '2026-11-23T12:00']);
    await desk.jump(ahead);
    expect(desk.posted).toHaveLength(3);
    await desk.putBack('2026-11-24T11:29:00Z');
    await desk.pass('2026-11-24T12:00:00Z', 10);
    await desk.pass('2026-11-27T12:00:00Z');
    const ids = desk.posted.map(({ answer }) => /"\/reminder done 1 ([^"]*)"/.exec(JSON.stringify(answer))?.[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const day of ['25', '26', '27']) expect(ids).toContain(`2026-11-${day}T12:00`);
    expect(ids.filter((id) => id === '2026-11-24T12:00')).toHaveLength(1);
  });

  test('back by a month, what was posted is not posted again', async () => {
    const desk = openDesk({ start: '2026-11-22T11:00:00Z' });
    await desk.add({ schedule: noons });
    await desk.work();
    await desk.pass('2026-12-22T13:00:00Z');
    expect(desk.posted).toHaveLength(31);
    await desk.putBack('2026-11-22T12:59:00Z');
    await desk.pass('2026-12-23T13:00:00Z');
    expect(desk.posted).toHaveLength(32);
  });
});
