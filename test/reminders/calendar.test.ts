import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { channelSettings, createChannels } from '../../src/channels.ts';
import { calendarOf, createCalendar } from '../../src/reminders/calendar.ts';
import { calendarFeed } from '../../src/reminders/feed.ts';
import type { Reminder } from '../../src/reminders/reminder.ts';
import { close, createHttpServer, listen } from '../../src/server.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { systemClock } from '../../src/storage/storage.ts';

const ann = { id: 'UANN', name: 'ann' };
const place = { platform: 'slack', address: 'C1' };
const now = new Date('2026-11-22T09:00:00Z');
const titleOf = ({ target }: Reminder) => `CSV defrag for ${target}`;

const reminder = (change: Partial<Reminder> = {}): Reminder => ({
  place,
  number: 3,
  subject: { kind: 'chore', name: 'defrag' },
  target: 'CSV1',
  schedule: { kind: 'once', date: '2026-11-28', time: '02:00', zone: 'Europe/Dublin' },
  owner: ann,
  creator: ann,
  state: 'active',
  changes: [],
  ...change,
});
const weekly: Reminder['schedule'] = { kind: 'weekly', days: [6], time: '02:00', zone: 'Europe/Dublin' };
const feed = (...reminders: Reminder[]) => calendarFeed(reminders, { now, name: 'Cluster reminders', titleOf });
const starts = (text: string) => [...text.matchAll(/^DTSTART:(.*)\r$/gm)].map(([, start]) => start);
/** A value of the first event, with its lines joined again. */
const value = (text: string, name: string) =>
  new RegExp(`^${name}:(.*)\r$`, 'm').exec(text.replaceAll('\r\n ', ''))?.[1];

describe('a feed', () => {
  test('has one event for each occurrence, to the letter', () => {
    expect(feed(reminder())).toBe(
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//Clusterwise//Reminders//EN',
        'X-WR-CALNAME:Cluster reminders',
        'BEGIN:VEVENT',
        'UID:slack/C1/3@2026-11-28T02:00',
        'DTSTAMP:20261122T090000Z',
        'DTSTART:20261128T020000Z',
        'DTEND:20261128T021500Z',
        'SUMMARY:CSV defrag for CSV1',
        'DESCRIPTION:Reminder 3\\, on 2026-11-28 02:00 in Europe/Dublin\\nOwner: ann',
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n'),
    );
  });

  test('of nothing has no event', () => {
    expect(feed().split('\r\n')).toHaveLength(6);
  });

  test('looks 90 days ahead, in UTC whatever the clocks do', () => {
    const text = calendarFeed([reminder({ schedule: weekly })], {
      now: new Date('2026-03-15T00:00:00Z'),
      name: 'Cluster reminders',
      titleOf,
    });
    expect(starts(text)).toEqual([
      ...['20260321T020000Z', '20260328T020000Z', '20260404T010000Z', '20260411T010000Z', '20260418T010000Z'],
      ...['20260425T010000Z', '20260502T010000Z', '20260509T010000Z', '20260516T010000Z', '20260523T010000Z'],
      ...['20260530T010000Z', '20260606T010000Z'],
    ]);
  });

  test('has no reminder that is paused, removed or at its end', () => {
    const text = feed(reminder({ state: 'paused' }), reminder({ state: 'removed' }), reminder({ state: 'ended' }));
    expect(starts(text)).toEqual([]);
  });

  test('has the first 1,000 events of all reminders by time', () => {
    const often = { kind: 'elapsed', minutes: 60, from: '2026-11-22T09:00:00Z', zone: 'UTC' } as const;
    const found = starts(
      feed(reminder({ schedule: often }), reminder({ number: 4 }), reminder({ number: 5, schedule: often })),
    );
    expect(found).toHaveLength(1000);
    expect(found.slice(0, 3)).toEqual(['20261122T100000Z', '20261122T100000Z', '20261122T110000Z']);
    expect(found).toEqual(found.toSorted());
    expect(found.filter((start) => start === '20261128T020000Z')).toHaveLength(3);
  });

  test('keeps what has a meaning there from having one', () => {
    const text = feed(reminder({ target: 'a\\b;c,d\r\ne\nf\rg\u0000h\tEND:VEVENT' }));
    expect(value(text, 'SUMMARY')).toBe('CSV defrag for a\\\\b\\;c\\,d\\ne\\nf\\ngh\tEND:VEVENT');
    expect(text.match(/^END:VEVENT/gm)).toHaveLength(1);
  });

  test('has no line of more than 75 octets, and none that ends within a character', () => {
    const target = `${'ü'.repeat(60)}${'😀'.repeat(20)}\ud83d`;
    const text = feed(reminder({ target }));
    const lines = text.split('\r\n');
    // “SUMMARY:CSV defrag for ” is 23 octets, an ü is 2: 26 of them fit; behind the blank of the next lines 37 do.
    expect(lines.slice(9, 12)).toEqual([
      `SUMMARY:CSV defrag for ${'ü'.repeat(26)}`,
      ` ${'ü'.repeat(34)}😀`,
      ` ${'😀'.repeat(18)}`,
    ]);
    for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(value(text, 'SUMMARY')).toBe(`CSV defrag for ${'ü'.repeat(60)}${'😀'.repeat(20)}\ufffd`);
  });
});

const dataDir = mkdtempSync(join(tmpdir(), 'clusterwise-calendar-'));
const log = { info: () => {}, warn: () => {}, error: () => {} };
const storage = openSqlite({ dataDir, log, clock: systemClock });
afterAll(async () => {
  await storage.close();
  rmSync(dataDir, { recursive: true });
});
let collections = 0;

/** Two processes of one installation, the first of which serves its calendars. */
async function bench(publicUrl?: string) {
  collections += 1;
  const calendars = storage.collection(`calendars-${collections}`, calendarOf);
  const settings = storage.collection(`channels-${collections}`, channelSettings);
  const logged: unknown[] = [];
  const fail = { reading: false };
  const made = () => {
    const channels = createChannels({ collection: settings, installation: { timeZone: 'UTC' }, log });
    const calendar = createCalendar({
      channels,
      calendars,
      async list({ platform, address }) {
        if (fail.reading) throw new Error('the database is down');
        return platform === 'slack' && address === 'C1' ? [reminder()] : [];
      },
      titleOf,
      now: () => now.getTime(),
      log: { error: (fields, message) => logged.push(fields, message) },
      ...(publicUrl && { publicUrl }),
    });
    return { channels, calendar };
  };
  const [one, other] = [made(), made()];
  const server = createHttpServer({ '/calendar/': one.calendar.serve });
  const origin = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
  onTestFinished(() => close(server));
  const get = (url: string, method = 'GET') => fetch(url.replace('https://bot.example.com', origin), { method });
  return { ...one, other, calendars, logged, fail, get };
}
const PUBLIC = 'https://bot.example.com';
const first = { renew: false, by: ann };
const again = { renew: true, by: ann };

describe('the calendar of a channel', () => {
  test('has an address that cannot be guessed and stays the same', async () => {
    const { calendar, other } = await bench(PUBLIC);
    const url = await calendar.url(place, first);
    expect(url).toMatch(/^https:\/\/bot\.example\.com\/calendar\/[\w-]{43}\.ics$/);
    expect(await calendar.url(place, first)).toBe(url);
    expect(await other.calendar.url(place, first)).toBe(url);
    expect(await calendar.url({ platform: 'slack', address: 'C2' }, first)).not.toBe(url);
  });

  test('is served there, to be kept by nobody else and for five minutes at most', async () => {
    const { calendar, get } = await bench(PUBLIC);
    const response = await get(await calendar.url(place, first));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('private, max-age=300');
    expect(starts(await response.text())).toEqual(['20261128T020000Z']);
  });

  test('is another for another channel', async () => {
    const { calendar, get } = await bench(PUBLIC);
    const response = await get(await calendar.url({ platform: 'slack', address: 'C2' }, first));
    expect(starts(await response.text())).toEqual([]);
  });

  test('has another address once it is renewed, and the old one is gone', async () => {
    const { calendar, other, get } = await bench(PUBLIC);
    const old = await calendar.url(place, first);
    const renewed = await calendar.url(place, again);
    expect(renewed).not.toBe(old);
    expect((await get(old)).status).toBe(404);
    expect((await get(renewed)).status).toBe(200);
    expect(await calendar.url(place, first)).toBe(renewed);
    const byOther = await other.calendar.url(place, again);
    expect((await get(renewed)).status).toBe(404);
    expect((await get(byOther)).status).toBe(200);
  });

  test('has one address when two processes are asked for the first at once', async () => {
    const { calendar, other, calendars, get } = await bench(PUBLIC);
    const urls = await Promise.all([calendar.url(place, first), other.calendar.url(place, first)]);
    expect(urls[0]).toBe(urls[1]);
    expect((await get(urls[0] ?? '')).status).toBe(200);
    let stored = 0;
    for await (const _ of await calendars.entries()) stored += 1;
    expect(stored).toBe(1);
  });

  test('is stored under the hash of its secret, which stands in the settings of the channel alone', async () => {
    const { calendar, calendars, channels } = await bench(PUBLIC);
    const asked = { ...place, kind: 'channel' };
    const token = (await calendar.url(asked, first)).slice(-47, -4);
    expect((await channels.of(place)).calendarToken).toBe(token);
    expect(await calendars.get(createHash('sha256').update(token).digest('hex'))).toEqual({ place });
    expect(await calendars.get(token)).toBeUndefined();
  });

  test.each(['/calendar/', '/calendar/x.ics', `/calendar/${'a'.repeat(43)}.ics`, `/calendar/${'a'.repeat(43)}`])(
    'is not found at %s',
    async (path) => {
      const { get } = await bench(PUBLIC);
      const response = await get(PUBLIC + path);
      expect([response.status, await response.text()]).toEqual([404, 'not found\n']);
    },
  );

  test('is for GET and HEAD only', async () => {
    const { calendar, get } = await bench(PUBLIC);
    const url = await calendar.url(place, first);
    const head = await get(url, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(300);
    const post = await get(url, 'POST');
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  test('is not there for now while the database is down, which is logged without its secret', async () => {
    const { calendar, get, logged, fail } = await bench(PUBLIC);
    const url = await calendar.url(place, first);
    fail.reading = true;
    expect((await get(url)).status).toBe(503);
    expect(logged).toEqual([{ err: new Error('the database is down') }, 'a calendar could not be served']);
    fail.reading = false;
    expect((await get(url)).status).toBe(200);
  });

  test('needs a public address', async () => {
    const { calendar } = await bench();
    await expect(calendar.url(place, first)).rejects.toThrow(
      'I have no address to give: please ask whoever runs me to set PUBLIC_URL.',
    );
  });
});
