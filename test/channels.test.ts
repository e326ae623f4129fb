import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type ChannelSettings, channelSettings, createChannels } from '../src/channels.ts';
import { openSqlite } from '../src/storage/sqlite.ts';
import { type Collection, systemClock } from '../src/storage/storage.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'clusterwise-channels-'));
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const storage = openSqlite({ dataDir, log: quiet, clock: systemClock });
afterAll(async () => {
  await storage.close();
  rmSync(dataDir, { recursive: true });
});

const place = { platform: 'slack', address: 'C1' };
const ann = { id: 'UANN', name: 'ann' };
let collections = 0;

/** Two processes on one database, the first of which counts what it reads and can be cut off. */
function bench() {
  const stored = storage.collection(`channels-${collections++}`, channelSettings);
  const logged: { fields: object; message: string }[] = [];
  const state = { now: 0, reads: 0, down: false };
  const collection: Collection<ChannelSettings> = {
    ...stored,
    async get(key) {
      state.reads += 1;
      if (state.down) throw new Error('the database is down');
      return stored.get(key);
    },
  };
  const log = {
    info: (fields: object, message: string) => logged.push({ fields, message }),
    error: (fields: object, message: string) => logged.push({ fields, message }),
  };
  const installation = { timeZone: 'UTC' };
  const channels = createChannels({ collection, installation, log, now: () => state.now });
  const other = createChannels({ collection: stored, installation, log: quiet, now: () => state.now });
  return { stored, state, logged, channels, other };
}

describe('the settings of a channel', () => {
  test('are none until they are set, and then are those of this channel only', async () => {
    const { channels } = bench();
    expect(await channels.of(place)).toEqual({});
    await channels.set(place, () => ({ timeZone: 'Europe/Dublin' }), ann);
    expect(await channels.of(place)).toEqual({ timeZone: 'Europe/Dublin' });
    expect(await channels.of({ platform: 'slack', address: 'C2' })).toEqual({});
  });

  test('change one by one; undefined takes one back and leaves no trace of it', async () => {
    const { channels, stored } = bench();
    await channels.set(place, () => ({ timeZone: 'Europe/Dublin', calendarToken: 'secret' }), ann);
    await channels.set(place, () => ({ defaultRelease: '2016' }), ann);
    const changed = await channels.set(place, () => ({ timeZone: undefined }), ann);
    expect(changed).toStrictEqual({
      before: { timeZone: 'Europe/Dublin', calendarToken: 'secret', defaultRelease: '2016' },
      after: { calendarToken: 'secret', defaultRelease: '2016' },
    });
    expect(await channels.of(place)).toStrictEqual({ calendarToken: 'secret', defaultRelease: '2016' });
    expect(await stored.get('slack/C1/')).toStrictEqual({ calendarToken: 'secret', defaultRelease: '2016' });
  });

  test('are logged with who changed which, never with the secret of the calendar', async () => {
    const { channels, logged } = bench();
    await channels.set(place, () => ({ calendarToken: 'secret' }), ann);
    expect(logged).toEqual([
      {
        fields: { channel: 'slack/C1/', by: 'UANN', changed: ['calendarToken'] },
        message: 'the settings of a channel were changed',
      },
    ]);
  });

  test('are neither written nor logged when nothing is changed', async () => {
    const { channels, logged, stored } = bench();
    expect(await channels.set(place, () => ({}), ann)).toEqual({ before: {}, after: {} });
    expect(await stored.get('slack/C1/')).toBeUndefined();
    expect(logged).toEqual([]);
  });

  test('are those of both who change different ones at once', async () => {
    const { channels, other } = bench();
    await Promise.all([
      channels.set(place, () => ({ timeZone: 'Europe/Dublin' }), ann),
      other.set(place, () => ({ defaultRelease: '2019' }), ann),
    ]);
    expect((await channels.set(place, () => ({}), ann)).after).toEqual({
      timeZone: 'Europe/Dublin',
      defaultRelease: '2019',
    });
  });

  test('are read once in ten seconds, so that what another process sets is seen after that', async () => {
    const { channels, other, state } = bench();
    await channels.of(place);
    await other.set(place, () => ({ timeZone: 'Europe/Dublin' }), ann);
    state.now = 9_999;
    expect(await channels.of(place)).toEqual({});
    expect(state.reads).toBe(1);
    state.now = 10_000;
    expect(await channels.of(place)).toEqual({ timeZone: 'Europe/Dublin' });
    expect(state.reads).toBe(2);
  });

  test('that are set while they are read are not forgotten again', async () => {
    const { channels, stored } = bench();
    const reading = channels.of(place);
    await channels.set(place, () => ({ timeZone: 'Europe/Dublin' }), ann);
    await reading;
    await stored.delete('slack/C1/');
    expect(await channels.of(place)).toEqual({ timeZone: 'Europe/Dublin' });
  });

  test('are held for a thousand channels, the oldest given up first', async () => {
    const { channels, state } = bench();
    const channel = (number: number) => ({ platform: 'slack', address: `C${number}` });
    for (let number = 0; number <= 1000; number += 1) await channels.of(channel(number));
    expect(state.reads).toBe(1001);
    await channels.of(channel(1));
    expect(state.reads).toBe(1001);
    await channels.of(channel(0));
    expect(state.reads).toBe(1002);
  });
});

describe('while the database is down, the settings of a channel', () => {
  test('are what was read before, or none, and one line of the log says so', async () => {
    const { channels, state, logged } = bench();
    await channels.set(place, () => ({ timeZone: 'Europe/Dublin' }), ann);
    logged.splice(0);
    state.down = true;
    state.now = 20_000;
    expect(await channels.of(place)).toEqual({ timeZone: 'Europe/Dublin' });
    expect(await channels.of({ platform: 'slack', address: 'C2' })).toEqual({});
    expect(logged.map(({ message }) => message)).toEqual(['the settings of channels cannot be read: going on without']);
  });

  test('are asked for once in ten seconds only, and are right again when it is back', async () => {
    const { channels, other, state, logged } = bench();
    await other.set(place, () => ({ timeZone: 'Europe/Dublin' }), ann);
    state.down = true;
    expect(await channels.of(place)).toEqual({});
    await channels.of(place);
    expect(state.reads).toBe(1);
    state.down = false;
    state.now = 10_000;
    expect(await channels.of(place)).toEqual({ timeZone: 'Europe/Dublin' });
    state.down = true;
    state.now = 20_000;
    await channels.of(place);
    expect(logged).toHaveLength(2);
  });
});
