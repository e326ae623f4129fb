import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { Refused } from '../../src/reminders/poster.ts';
import type { Job, Row, Storage, StorageLog } from '../../src/storage/storage.ts';

/** What the suite needs of a database: to open it, to open it once more as a replica or after an end, and its time. */
export type Bench = {
  open(log: StorageLog): Promise<Storage>;
  now(): number;
  /** Moves time, and lets what falls due be taken. */
  tick(ms: number): Promise<void>;
  /** Puts a text under a key, past all checks. */
  plant(key: string, text: string): Promise<void>;
  close(): Promise<void>;
};

vi.setConfig({ testTimeout: 20_000 });

const HOUR = 3_600_000;
const note = z.object({ text: z.string(), by: z.string().optional() });

export function storageContract(name: string, createBench: () => Promise<Bench>): void {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  async function start() {
    const bench = await createBench();
    ends.push(() => bench.close());
    const reported: object[] = [];
    const report = (fields: object) => void reported.push(fields);
    const warned: object[] = [];
    const storage = await bench.open({ info: () => {}, warn: (fields) => void warned.push(fields), error: report });
    let closed = false;
    const close = async () => {
      if (!closed) await storage.close();
      closed = true;
    };
    ends.push(close);
    const reopen = async () => {
      await close();
      const again = await bench.open({ info: () => {}, warn: () => {}, error: report });
      ends.push(() => again.close());
      return again;
    };
    return { bench, storage, reported, warned, reopen };
  }

  /** Works a queue and keeps what it was given. */
  async function works(storage: Storage, queue: string, handler?: (job: Job) => Promise<void>): Promise<Job[]> {
    const done: Job[] = [];
    await storage.jobs.work(queue, async (job) => {
      done.push(job);
      await handler?.(job);
    });
    return done;
  }

  describe(`${name}: a collection`, () => {
    test('gives back what was set, also after it was closed and opened', async () => {
      const { storage, reopen } = await start();
      await storage.collection('notes', note).set('a', { text: 'CSV1 “done”' });
      const again = (await reopen()).collection('notes', note);
      expect(await again.get('a')).toEqual({ text: 'CSV1 “done”' });
      expect(await again.get('b')).toBeUndefined();
      expect(await again.delete('a')).toBe(true);
      expect(await again.delete('a')).toBe(false);
      expect(await again.get('a')).toBeUndefined();
    });

    test('lists its own entries by key and no other’s', async () => {
      const { storage } = await start();
      const notes = storage.collection('notes', note);
      await storage.collection('notes-2', note).set('x', { text: 'other' });
      await storage.collection('note', note).set('s:x', { text: 'other' });
      for (const key of ['b_1', 'a%', 'c']) await notes.set(key, { text: key });
      expect(await collect(notes.entries())).toEqual([
        ['a%', { text: 'a%' }],
        ['b_1', { text: 'b_1' }],
        ['c', { text: 'c' }],
      ]);
    });

    test.each([
      ['C1:', ['C1:1', 'C1:2']],
      ['C1', ['C1', 'C1:1', 'C1:2', 'C1b', 'C1😀']],
      ['C1😀', ['C1😀']],
      ['10%', ['10% a', '10%_b', '10%xb']],
      ['10%_', ['10%_b']],
      ['\\', ['\\a']],
      ['é', ['é']],
      ['\u{10ffff}', ['\u{10ffff}', '\u{10ffff}z']],
      ['D', []],
    ])('lists the entries whose key starts with %s', async (prefix, expected) => {
      const { storage } = await start();
      const marks = storage.collection('marks', z.number());
      const keys = ['10 a', '10% a', '10%_b', '10%xb', 'C1', 'C1:1', 'C1:2', 'C1b', 'C1😀', 'C2:1', 'c1:1'];
      for (const key of [...keys, '\\a', 'ea', 'é', '\u{10ffff}', '\u{10ffff}z']) await marks.set(key, 1);
      await storage.collection('marks-2', z.number()).set('C1:9', 1);
      expect((await collect(marks.entries(prefix))).map(([key]) => key)).toEqual(expected);
    });

    test('lists more than are read at once, each once, and lets others have their turn meanwhile', async () => {
      const { storage } = await start();
      const counts = storage.collection('counts', z.number());
      await storage.load(many(1000), false);
      let turns = 0;
      const turn = () => {
        turns++;
        next = setImmediate(turn);
      };
      let next = setImmediate(turn);
      const found = await collect(counts.entries());
      clearImmediate(next);
      expect(found).toEqual(Array.from({ length: 1000 }, (_, n) => [`k${1000 + n}`, n]));
      expect(turns).toBeGreaterThanOrEqual(4);
      expect(await collect(counts.entries('k19'))).toHaveLength(100);
    });

    test('may be changed while its entries are listed: what is removed does not stop them', async () => {
      const { storage } = await start();
      const counts = storage.collection('counts', z.number());
      await storage.load(many(500), false);
      const found: string[] = [];
      for await (const [key] of counts.entries()) {
        found.push(key);
        // The last of the first page, of which the next goes on, and one that is not read yet.
        if (key === 'k1199') for (const gone of ['k1199', 'k1450']) await counts.delete(gone);
      }
      expect(found).toHaveLength(499);
      expect(found).not.toContain('k1450');
      expect(found.at(-1)).toBe('k1499');
    });

    test('refuses a value that does not fit', async () => {
      const { storage } = await start();
      const wrong: unknown = { text: 5 };
      // Forced past the types, as a fault of the program would.
      await expect(storage.collection('notes', note).set('a', wrong as z.infer<typeof note>)).rejects.toThrow('text');
      expect(await storage.collection('notes', note).get('a')).toBeUndefined();
    });

    test('forgets a value at the end of its time to live', async () => {
      const { storage } = await start();
      const notes = storage.collection('notes', note);
      await notes.set('a', { text: 'short' }, 1000);
      await notes.update('a', () => ({ text: 'changed' }));
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 999 - 500 });
      ends.push(async () => void vi.useRealTimers());
      expect(await notes.get('a')).toEqual({ text: 'changed' });
      vi.setSystemTime(Date.now() + 1001);
      expect(await collect(notes.entries())).toEqual([]);
      expect(await notes.get('a')).toBeUndefined();
    });

    test('gives a changed value another time to live only when asked to', async () => {
      const { storage } = await start();
      const notes = storage.collection('notes', note);
      vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-22T09:00:00Z') });
      ends.push(async () => void vi.useRealTimers());
      await notes.set('a', { text: 'short' }, 1000);
      await notes.update('a', () => ({ text: 'longer' }), 5000);
      await notes.update('b', () => ({ text: 'new' }), 3000);
      await notes.update('b', () => ({ text: 'newer' }));
      vi.setSystemTime(new Date('2026-11-22T09:00:02.999Z'));
      expect([await notes.get('a'), await notes.get('b')]).toEqual([{ text: 'longer' }, { text: 'newer' }]);
      vi.setSystemTime(new Date('2026-11-22T09:00:03Z'));
      expect([await notes.get('a'), await notes.get('b')]).toEqual([{ text: 'longer' }, undefined]);
      vi.setSystemTime(new Date('2026-11-22T09:00:05Z'));
      expect(await notes.get('a')).toBeUndefined();
    });

    test('lets one of many win who change a value at once', async () => {
      const { storage } = await start();
      const notes = storage.collection('notes', note);
      await notes.set('a', { text: 'due' });
      const results = await Promise.all(
        ['ann', 'bob', 'cy', 'di'].map((by) =>
          notes.update('a', (old) => (old?.by ? undefined : { text: 'done', by })),
        ),
      );
      const won = results.filter((result) => result !== undefined);
      expect(won).toHaveLength(1);
      expect(await notes.get('a')).toEqual(won[0]);
    });

    test('loses no change of many that are made at once, the first included', async () => {
      const { storage } = await start();
      const counts = storage.collection('counts', z.number());
      await Promise.all(Array.from({ length: 20 }, () => counts.update('n', (n = 0) => n + 1)));
      expect(await counts.get('n')).toBe(20);
    });

    test.each([
      ['{"value":{"text":5}}', 'text'],
      ['{"value":{', 'It is not JSON.'],
    ])('sets aside %s, reports it and goes on', async (text, fault) => {
      const { storage, reported, bench } = await start();
      const notes = storage.collection('notes', note);
      await notes.set('b', { text: 'good' });
      await bench.plant('notes:a', text);
      expect(await collect(notes.entries())).toEqual([['b', { text: 'good' }]]);
      expect(await notes.get('a')).toBeUndefined();
      expect(reported).toMatchObject([{ collection: 'notes', key: 'a' }]);
      expect(await collect(storage.collection('quarantine', z.looseObject({})).entries())).toMatchObject([
        ['notes:a', { collection: 'notes', key: 'a', stored: text, fault: expect.stringContaining(fault) }],
      ]);
    });
  });

  describe(`${name}: a job`, () => {
    test('is run once, when it is due and not before', async () => {
      const { storage, bench } = await start();
      const at = bench.now() + HOUR;
      const done = await works(storage, 'post');
      await storage.jobs.put({ id: 'one', queue: 'post', at, data: { text: 'x' } });
      await bench.tick(HOUR - 2000);
      expect(done).toEqual([]);
      await bench.tick(4000);
      await eventually(() => expect(done).toEqual([{ id: 'one', queue: 'post', at, data: { text: 'x' } }]));
      await bench.tick(HOUR);
      expect(done).toHaveLength(1);
    });

    test('is moved and changed by being put again', async () => {
      const { storage, bench } = await start();
      const done = await works(storage, 'post');
      const at = bench.now();
      await storage.jobs.put({ id: 'one', queue: 'post', at: at + HOUR, data: 1 });
      await storage.jobs.put({ id: 'one', queue: 'post', at: at + 3 * HOUR, data: 2 });
      await bench.tick(2 * HOUR);
      expect(done).toEqual([]);
      await bench.tick(2 * HOUR);
      await eventually(() => expect(done).toEqual([{ id: 'one', queue: 'post', at: at + 3 * HOUR, data: 2 }]));
    });

    test('is put by many at once and run once', async () => {
      const { storage, bench } = await start();
      const job = { id: 'one', queue: 'post', at: bench.now() + HOUR, data: null };
      await Promise.all(Array.from({ length: 10 }, () => storage.jobs.put(job)));
      const done = await works(storage, 'post');
      await bench.tick(2 * HOUR);
      await eventually(() => expect(done).toEqual([job]));
    });

    test('is not run when it was cancelled', async () => {
      const { storage, bench } = await start();
      await storage.jobs.put({ id: 'one', queue: 'post', at: bench.now() + HOUR, data: null });
      expect(await storage.jobs.cancel('one')).toBe(true);
      expect(await storage.jobs.cancel('one')).toBe(false);
      const done = await works(storage, 'post');
      await bench.tick(2 * HOUR);
      expect(done).toEqual([]);
    });

    test('of another queue is left alone', async () => {
      const { storage, bench } = await start();
      await storage.jobs.put({ id: 'one', queue: 'escalate', at: bench.now(), data: null });
      const done = await works(storage, 'post');
      await bench.tick(HOUR);
      expect(done).toEqual([]);
    });

    test('that was due while nobody worked is run at the start', async () => {
      const { storage, bench, reopen } = await start();
      await storage.jobs.put({ id: 'one', queue: 'post', at: bench.now() + HOUR, data: null });
      await bench.tick(2 * HOUR);
      const done = await works(await reopen(), 'post');
      await bench.tick(1000);
      await eventually(() => expect(done).toHaveLength(1));
    });

    test('is not run a second time while it runs, and once more when it was put meanwhile', async () => {
      const { storage, bench } = await start();
      const { promise, resolve } = Promise.withResolvers<void>();
      const done = await works(storage, 'post', () => promise);
      const job = { id: 'one', queue: 'post', at: bench.now(), data: 1 };
      await storage.jobs.put(job);
      await bench.tick(1000);
      await eventually(() => expect(done).toHaveLength(1));
      await storage.jobs.put({ ...job, data: 2 });
      await bench.tick(60_000);
      expect(done).toHaveLength(1);
      resolve();
      await eventually(async () => {
        await bench.tick(1000);
        expect(done.map(({ data }) => data)).toEqual([1, 2]);
      });
    });

    test('that fails is tried again later, twelve times in all, and is then a dead letter that can be put again', async () => {
      const { storage, bench } = await start();
      let fails = true;
      const at = bench.now();
      const done = await works(storage, 'post', async () => {
        if (fails) throw new Error('channel_not_found');
      });
      await storage.jobs.put({ id: 'one', queue: 'post', at, data: { n: 1 } });
      await bench.tick(1000);
      await eventually(() => expect(done).toHaveLength(1));
      await bench.tick(1000);
      expect(done).toHaveLength(1);
      await eventually(async () => {
        await bench.tick(100_000);
        expect(await storage.jobs.dead()).toEqual([
          { id: 'one', queue: 'post', at, data: { n: 1 }, error: 'channel_not_found' },
        ]);
      });
      expect(done).toHaveLength(12);
      await bench.tick(HOUR);
      expect(done).toHaveLength(12);

      fails = false;
      expect(await storage.jobs.retry('one')).toBe(true);
      await bench.tick(1000);
      await eventually(() => expect(done).toHaveLength(13));
      expect(await storage.jobs.retry('one')).toBe(false);
      expect(await storage.jobs.dead()).toEqual([]);
    });

    test('that is put again is no dead letter any more', async () => {
      const { storage, bench } = await start();
      const at = bench.now() + HOUR;
      const job = { id: 'one', queue: 'post', at, data: 1 };
      await storage.load([{ kind: 'dead', job: { ...job, error: 'lost' } }], false);
      await storage.jobs.put({ ...job, data: 2 });
      expect(await storage.jobs.dead()).toEqual([]);
      expect(await collect(storage.dump())).toEqual([{ kind: 'job', job: { ...job, data: 2 } }]);
    });

    test('that is refused by a platform is logged with the reason alone, and any other with its error', async () => {
      const { storage, bench, warned } = await start();
      await works(storage, 'post', async ({ id }) => {
        throw id === 'one' ? new Refused('The channel is archived.') : new Error('lost');
      });
      for (const id of ['one', 'two']) await storage.jobs.put({ id, queue: 'post', at: bench.now(), data: null });
      await bench.tick(1000);
      await eventually(() => expect(warned).toHaveLength(2));
      expect(warned).toContainEqual({ queue: 'post', job: 'one', reason: 'The channel is archived.' });
      expect(warned).toContainEqual({ queue: 'post', job: 'two', err: new Error('lost') });
    });

    test('that fails once the jobs rest was not tried: nothing is logged, and the next start runs it at once', async () => {
      const { storage, bench, warned, reported, reopen } = await start();
      const { promise, reject } = Promise.withResolvers<void>();
      const done = await works(storage, 'post', () => promise);
      const put = (id: string) => storage.jobs.put({ id, queue: 'post', at: bench.now(), data: null });
      await put('one');
      await put('gone');
      await bench.tick(1000);
      await eventually(() => expect(done).toHaveLength(2));
      storage.jobs.rest();
      await put('later');
      await storage.jobs.cancel('gone');
      await bench.tick(1000);
      reject(new Error('Clusterwise is being stopped.'));
      const again = await reopen();
      expect(done).toHaveLength(2);
      expect([...warned, ...reported]).toEqual([]);

      const after = await works(again, 'post', async () => {
        throw new Error('lost');
      });
      await bench.tick(500);
      await eventually(() => expect(after.map(({ id }) => id).sort()).toEqual(['later', 'one']));
      await eventually(async () => {
        await bench.tick(100_000);
        expect(await again.jobs.dead()).toHaveLength(2);
      });
      // Twelve tries each, as if the one before had not been.
      expect(after).toHaveLength(24);
    });

    test('that fails once the jobs rest, and was put anew while it ran, is run as it was put', async () => {
      const { storage, bench, reopen } = await start();
      const { promise, reject } = Promise.withResolvers<void>();
      const done = await works(storage, 'post', () => promise);
      const job = { id: 'one', queue: 'post', at: bench.now(), data: 1 };
      await storage.jobs.put(job);
      await bench.tick(1000);
      await eventually(() => expect(done).toHaveLength(1));
      await storage.jobs.put({ ...job, data: 2 });
      storage.jobs.rest();
      reject(new Error('Clusterwise is being stopped.'));
      const after = await works(await reopen(), 'post');
      await eventually(async () => {
        await bench.tick(1000);
        expect(after.at(-1)).toEqual({ ...job, data: 2 });
      });
    });

    test('that never ends is given up, and its place with it', async () => {
      const { storage, bench } = await start();
      let tries = 0;
      const done = await works(storage, 'post', () => (tries++ === 0 ? new Promise(() => {}) : Promise.resolve()));
      await storage.jobs.put({ id: 'one', queue: 'post', at: bench.now(), data: null });
      await eventually(async () => {
        await bench.tick(100_000);
        expect(done).toHaveLength(2);
      });
    });

    test('holds up no other', async () => {
      const { storage, bench } = await start();
      const { promise, resolve } = Promise.withResolvers<void>();
      const done = await works(storage, 'post', ({ id }) => (id === '0' ? promise : Promise.resolve()));
      for (let id = 0; id < 250; id++)
        await storage.jobs.put({ id: String(id), queue: 'post', at: bench.now(), data: null });
      await eventually(async () => {
        await bench.tick(500);
        expect(new Set(done.map(({ id }) => id)).size).toBe(250);
      });
      expect(done).toHaveLength(250);
      resolve();
    });
  });

  describe(`${name}: a backup`, () => {
    const rows = (at: number): Row[] => [
      { kind: 'value', key: 'notes:a', value: '{"value":{"text":"x"}}' },
      { kind: 'job', job: { id: 'one', queue: 'post', at, data: { n: 1 } } },
      { kind: 'dead', job: { id: 'two', queue: 'post', at, data: null, error: 'lost' } },
    ];
    const all = (storage: Storage) => collect(storage.dump());

    test('is restored to the letter, and its jobs are run', async () => {
      const { storage, bench } = await start();
      const at = bench.now() + HOUR;
      await storage.load(rows(at), false);
      expect(await all(storage)).toEqual(rows(at));
      expect(await storage.collection('notes', note).get('a')).toEqual({ text: 'x' });
      expect(await storage.jobs.dead()).toEqual([{ id: 'two', queue: 'post', at, data: null, error: 'lost' }]);
      const done = await works(storage, 'post');
      await bench.tick(2 * HOUR);
      await eventually(() => expect(done).toEqual([{ id: 'one', queue: 'post', at, data: { n: 1 } }]));
    });

    test('is refused by a store that holds something, unless it may replace that', async () => {
      const { storage, bench } = await start();
      await storage.jobs.put({ id: 'old', queue: 'post', at: bench.now() + HOUR, data: null });
      await expect(storage.load(rows(5), false)).rejects.toThrow(/^The store is not empty: add --force/);
      expect(await all(storage)).toMatchObject([{ kind: 'job', job: { id: 'old' } }]);
      await storage.load(rows(5), true);
      expect(await all(storage)).toEqual(rows(5));
    });

    test('is restored whole or not at all', async () => {
      const { storage } = await start();
      const before: Row[] = [{ kind: 'value', key: 'notes:a', value: '{}' }];
      await storage.load(before, false);
      const twice = rows(5).concat({ kind: 'value', key: 'notes:a', value: '{"value":2}' });
      await expect(storage.load(twice, true)).rejects.toThrow();
      expect(await all(storage)).toEqual(before);
    });
  });
}

/** So many values of the collection “counts”, from k1000 on. */
const many = (count: number): Row[] =>
  Array.from({ length: count }, (_, n) => ({ kind: 'value', key: `counts:k${1000 + n}`, value: `{"value":${n}}` }));

/** Waits for what must come, at once when it is there; slow machines get their time. */
export const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 15_000, interval: 5 });

/** What people are told when the database cannot be used. */
export const sentence = 'My database does not answer just now: please try again in a minute.';

/** A name of its own for each run. */
export const unique = () => randomUUID().replaceAll('-', '').slice(0, 12);

export const silent: StorageLog = { info: () => {}, warn: () => {}, error: () => {} };

export async function collect<T>(all: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of all) found.push(one);
  return found;
}
