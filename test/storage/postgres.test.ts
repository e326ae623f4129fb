import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import keyvTestSuite, { keyvIteratorTests } from '@keyv/test-suite';
import { Keyv } from 'keyv';
import { Pool } from 'pg';
import { systemClock as systemTime, TestClock } from 'pg-boss';
import * as vitest from 'vitest';
import { z } from 'zod';
import { Unavailable } from '../../src/errors.ts';
import { openPostgres } from '../../src/storage/postgres.ts';
import { PostgresStore } from '../../src/storage/postgres-store.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { systemClock } from '../../src/storage/storage.ts';
import { projectPath } from '../ask.ts';
import { type Bench, collect, eventually, sentence, silent, storageContract, unique } from './contract.ts';

const { afterAll, describe, expect, onTestFinished, test } = vitest;
const { url, reachable } = vitest.inject('postgres');
const pool = new Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 2000 });

const schemas: string[] = [];
function newSchema(): string {
  const schema = `clusterwise_test_${unique()}`;
  schemas.push(schema);
  return schema;
}

afterAll(async () => {
  for (const schema of reachable ? schemas : []) await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await pool.end();
});

async function createBench(): Promise<Bench> {
  const schema = newSchema();
  const clock = new TestClock(new Date('2026-11-22T09:00:00Z'));
  return {
    open: (log) => openPostgres({ url, log, schema, clock }),
    now: () => clock.now(),
    async tick(ms) {
      // Most of it as one jump: half a second at a time would be a question to the database each.
      if (ms > 2000) await clock.setTime(clock.now() + ms - 2000);
      await clock.tick(Math.min(ms, 2000));
    },
    plant: async (key, text) => void (await pool.query(`INSERT INTO ${schema}.keyv VALUES ($1, $2)`, [key, text])),
    close: async () => {},
  };
}

/** A way to the database that can be cut and restored. */
async function openGate() {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const through = connect(Number(target.port || 5432), target.hostname);
    for (const end of [socket, through]) {
      sockets.add(end);
      end.on('error', () => {}).on('close', () => sockets.delete(end));
    }
    socket.pipe(through).pipe(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // The address of a server that listens on a port, hence no text.
  const { port } = server.address() as AddressInfo;
  return {
    url: Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(port) }).href,
    cut() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
    restore: () => once(server.listen(port, '127.0.0.1'), 'listening'),
  };
}

describe.runIf(reachable)('with a database', () => {
  storageContract('Postgres', createBench);

  describe('the store of values on Postgres passes Keyv’s own suite', () => {
    const schema = newSchema();
    const store = () => new PostgresStore({ schema, ask: async (sql, values) => (await pool.query(sql, values)).rows });
    keyvTestSuite(vitest, Keyv, store);
    keyvIteratorTests(vitest, Keyv, store);
  });

  describe('two replicas', () => {
    test('start at once on an empty database, and run each job once', async () => {
      const [schema, clock] = [newSchema(), new TestClock(new Date('2026-11-22T09:00:00Z'))];
      const open = () => openPostgres({ url, log: silent, schema, clock });
      const replicas = await Promise.all([open(), open()]);
      const done: string[] = [];
      for (const { jobs } of replicas) await jobs.work('post', async ({ id }) => void done.push(id));
      const ids = Array.from({ length: 40 }, (_, id) => String(id));
      await Promise.all(ids.map((id) => replicas[0].jobs.put({ id, queue: 'post', at: clock.now(), data: null })));
      await eventually(async () => {
        await clock.tick(500);
        expect(done.length).toBeGreaterThanOrEqual(40);
      });
      await clock.tick(60_000);
      expect(done.sort()).toEqual(ids.sort());
      for (const replica of replicas) await replica.close();
    });

    test('let one win who change a value at once', async () => {
      const schema = newSchema();
      const replicas = await Promise.all([1, 2].map(() => openPostgres({ url, log: silent, schema })));
      const won = await Promise.all(
        replicas.map((replica, index) =>
          replica.collection('acks', z.number()).update('a', (old) => (old === undefined ? index : undefined)),
        ),
      );
      expect(won.filter((one) => one !== undefined)).toHaveLength(1);
      for (const replica of replicas) await replica.close();
    });

    test('keep the lease of a long job, and take over what one that was killed had committed and begun', async () => {
      const schema = newSchema();
      const child = spawn(process.execPath, [projectPath('test/storage/hold.ts'), url, schema], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      await once(child.stdout, 'data');
      child.kill('SIGKILL');
      await once(child, 'exit');

      const clock = new TestClock(new Date());
      const storage = await openPostgres({ url, log: silent, schema, clock });
      onTestFinished(() => storage.close());
      expect(await storage.collection('notes', z.string()).get('a')).toBe('committed');
      const done: string[] = [];
      const { promise, resolve } = Promise.withResolvers<void>();
      await storage.jobs.work('post', async ({ id }) => {
        done.push(id);
        await promise;
      });
      const died = clock.now();
      await eventually(async () => {
        await clock.tick(1000);
        expect(done).toEqual(['now']);
      });
      // The lease of 10 s, two passes of supervision of 2 s, the wait before a second try, of at most 6 s, and a look.
      expect(clock.now() - died).toBeLessThan(22_000);
      // Four minutes with a lease of ten seconds: the heartbeat holds it.
      for (let passed = 0; passed < 80; passed++) {
        await clock.setTime(clock.now() + 2500);
        await clock.tick(500);
      }
      expect(done).toEqual(['now']);
      resolve();
      expect(await storage.jobs.cancel('later')).toBe(true);
    });
  });

  test('a backup moves from SQLite to Postgres and back to the letter', async () => {
    const at = Date.parse('2026-11-28T02:00:00Z');
    const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'clusterwise-')));
    const [first, last] = folders.map((dataDir) => openSqlite({ dataDir, log: silent, clock: systemClock }));
    const postgres = await openPostgres({ url, log: silent, schema: newSchema() });
    if (!first || !last) throw new Error('Two stores were opened.');
    await first.collection('notes', z.string()).set('a', 'CSV1 “done”');
    await first.jobs.put({ id: 'defrag 2026-11-28T02:00', queue: 'post', at, data: { reminder: 'defrag' } });
    const rows = await collect(first.dump());
    await postgres.load(rows, false);
    await last.load(await collect(postgres.dump()), false);
    expect(rows).toHaveLength(2);
    expect(await collect(last.dump())).toEqual(rows);
    for (const storage of [first, last, postgres]) await storage.close();
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  test('a database of a newer version is refused and left alone', async () => {
    const schema = newSchema();
    await (await openPostgres({ url, log: silent, schema })).close();
    await pool.query(`UPDATE ${schema}.clusterwise_version SET version = 7`);
    await expect(openPostgres({ url, log: silent, schema })).rejects.toThrow(
      'The data is of version 7, this Clusterwise knows version 1: start the newer Clusterwise again.',
    );
  });

  test('a database that goes away later fails what is asked, and serves again when it is back', {
    timeout: 20_000,
  }, async () => {
    const gate = await openGate();
    const reported: string[] = [];
    const log = { ...silent, error: (_: object, message: string) => void reported.push(message) };
    const storage = await openPostgres({ url: gate.url, log, schema: newSchema() });
    const notes = storage.collection('notes', z.string());
    await notes.set('a', 'kept');
    const done: string[] = [];
    await storage.jobs.work('post', async ({ id }) => void done.push(id));
    await storage.jobs.put({ id: 'one', queue: 'post', at: Date.now() + 500, data: null });

    gate.cut();
    const job = { id: 'two', queue: 'post', at: 0, data: null };
    const asked: (() => Promise<unknown>)[] = [
      ...[() => notes.get('a'), () => notes.set('a', 'x'), () => notes.delete('a'), () => notes.update('a', () => 'x')],
      ...[() => collect(notes.entries()), () => storage.check()],
      ...[() => storage.jobs.put(job), () => storage.jobs.cancel('one')],
      ...[() => storage.jobs.dead(), () => storage.jobs.retry('one')],
    ];
    for (const ask of asked) {
      const error = await ask().catch((fault: unknown) => fault);
      expect(error).toBeInstanceOf(Unavailable);
      // The first may be told that the connection broke, the others that nothing answers.
      expect(error).toMatchObject({
        message: sentence,
        cause: { message: expect.stringMatching(/^The database 127\.0\.0\.1:\d+\/\S+ did not do what was asked: /) },
      });
    }

    await eventually(() => expect(reported).toEqual(['jobs cannot be read: tried again until they can']));
    await gate.restore();
    expect(await notes.get('a')).toBe('kept');
    await eventually(() => expect(done).toEqual(['one']));
    await storage.close();
    gate.cut();
  });

  test('a job that is under way while the database is away is not lost, nor is one that falls due, and both go on by themselves', async () => {
    const gate = await openGate();
    const clock = new TestClock(new Date('2026-11-22T09:00:00Z'));
    const reported: object[] = [];
    const log = { ...silent, error: (fields: object) => void reported.push(fields) };
    const storage = await openPostgres({ url: gate.url, log, schema: newSchema(), clock });
    const done: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    await storage.jobs.work('post', async ({ id }) => {
      done.push(id);
      if (done.length === 1) await promise;
    });
    await storage.jobs.put({ id: 'long', queue: 'post', at: clock.now(), data: null });
    await storage.jobs.put({ id: 'next', queue: 'post', at: clock.now() + 1500, data: null });
    await clock.tick(1000);
    await eventually(() => expect(done).toEqual(['long']));

    gate.cut();
    resolve();
    // The end of the run cannot be kept.
    await eventually(() => expect(reported).toMatchObject([{ queue: 'post', job: 'long' }]));
    await gate.restore();

    await eventually(async () => {
      await clock.tick(1000);
      expect(done.toSorted()).toEqual(['long', 'long', 'next']);
      expect(await collect(storage.dump())).toEqual([]);
    });
    expect(await storage.jobs.dead()).toEqual([]);
    await storage.close();
    gate.cut();
  });

  test('a database that is away for long is logged once when it goes and once when it is back, not all the while', async () => {
    const gate = await openGate();
    let looks = 0;
    // Twenty times as fast: a test clock keeps its time in the database that is away.
    const clock: typeof systemTime = {
      ...systemTime,
      setTimeout(run, ms) {
        if (ms === 2000) looks++;
        return systemTime.setTimeout(run, ms / 20);
      },
    };
    const said: string[] = [];
    const note = (_: object, message: string) => void said.push(message);
    const log = { info: note, warn: note, error: note };
    const storage = await openPostgres({ url: gate.url, log, schema: newSchema(), clock });
    await storage.jobs.work('post', async () => {});
    gate.cut();
    const gone = [
      'leases cannot be renewed: tried again until they can',
      'jobs cannot be read: tried again until they can',
    ];
    await eventually(() => expect(said).toEqual(expect.arrayContaining(gone)));
    const before = said.length;
    looks = 0;
    await eventually(() => expect(looks).toBeGreaterThan(4));
    expect(said.slice(before)).toEqual([]);
    await gate.restore();
    await eventually(() =>
      expect(said.slice(before).toSorted()).toEqual(['jobs can be read again', 'leases are renewed again']),
    );
    await storage.close();
    gate.cut();
  });

  test('a mistake of ours is not told as a database that is away', async () => {
    const schema = newSchema();
    const storage = await openPostgres({ url, log: silent, schema });
    await pool.query(`DROP TABLE ${schema}.keyv`);
    const error = await storage
      .collection('notes', z.string())
      .get('a')
      .catch((fault: unknown) => fault);
    expect(error).not.toBeInstanceOf(Unavailable);
    expect(error).toMatchObject({ message: expect.stringMatching(/did not do what was asked: it reports 42P01\.$/) });
    await storage.close();
  });
});

describe('a database that cannot be used at start is said in one sentence without the password', () => {
  test.each([
    ['postgres://amelia:geheim@127.0.0.1:1/test', '127.0.0.1:1/test cannot be used: nothing answers there.'],
    ['postgres://amelia:geheim@no-such-host.invalid/test', /^The database no-such-host.invalid\/test cannot be used: /],
    ['postgres://amelia:geheim@[/test', '(its address cannot be read) cannot be used'],
  ])('%s', async (address, sentence) => {
    const error = await openPostgres({ url: address, log: silent }).catch((fault: Error) => fault);
    const { message } = error instanceof Error ? error : new Error('It opened.');
    expect(message).toMatch(sentence);
    expect(message).toMatch(/^[^\n]+\. Check DATABASE_URL\.$/);
    expect(message).not.toMatch(/geheim|amelia/);
  });

  test.runIf(reachable)('when there is no database of that name', async () => {
    const other = Object.assign(new URL(url), { pathname: '/no_such_database' });
    await expect(openPostgres({ url: other.href, log: silent })).rejects.toThrow(
      'no_such_database cannot be used: there is no database of that name. Check DATABASE_URL.',
    );
  });
});
