import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import keyvTestSuite, { keyvIteratorTests } from '@keyv/test-suite';
import { Keyv } from 'keyv';
import { TestClock } from 'pg-boss';
import * as vitest from 'vitest';
import { z } from 'zod';
import { Unavailable } from '../../src/errors.ts';
import { createCollection } from '../../src/storage/collection.ts';
import { openStorage } from '../../src/storage/open.ts';
import { dumpSqlite, openSqlite } from '../../src/storage/sqlite.ts';
import { SqliteStore } from '../../src/storage/sqlite-store.ts';
import { createStatements } from '../../src/storage/statements.ts';
import { type Clock, type Row, running, systemClock } from '../../src/storage/storage.ts';
import { projectPath } from '../ask.ts';
import { type Bench, collect, eventually, sentence, silent, storageContract } from './contract.ts';

const { afterAll, afterEach, describe, expect, test } = vitest;
const folders: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clusterwise-'));
  folders.push(folder);
  return folder;
}
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const clockOf = (time: TestClock): Clock => ({
  now: () => time.now(),
  setTimer(run, ms) {
    const timer = time.setTimeout(run, ms);
    return () => time.clearTimeout(timer);
  },
});

async function createBench(): Promise<Bench> {
  const dataDir = newFolder();
  const time = new TestClock(new Date('2026-11-22T09:00:00Z'));
  const clock = clockOf(time);
  return {
    open: async (log) => openSqlite({ dataDir, log, clock }),
    now: clock.now,
    tick: (ms) => time.tick(ms),
    async plant(key, text) {
      const database = new DatabaseSync(join(dataDir, 'clusterwise.db'));
      database.prepare('INSERT INTO keyv VALUES (?, ?)').run(key, text);
      database.close();
    },
    close: async () => {},
  };
}

storageContract('SQLite', createBench);

describe('the store of values on SQLite passes Keyv’s own suite', () => {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE keyv (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID');
  const store = () => new SqliteStore(createStatements(database));
  keyvTestSuite(vitest, Keyv, store);
  keyvIteratorTests(vitest, Keyv, store);
});

describe('a database that cannot be written to', () => {
  test.each([
    ['when it is full', 'PRAGMA max_page_count = 3'],
    ['when it may only be read', 'PRAGMA query_only = 1'],
  ])('is said in one sentence, with the reason as the cause, %s', async (_, limit) => {
    const database = new DatabaseSync(join(newFolder(), 'clusterwise.db'));
    database.exec('CREATE TABLE keyv (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID');
    const texts = createCollection(new SqliteStore(createStatements(database)), silent, 'texts', z.string());
    await texts.set('a', 'kept');
    database.exec(limit);
    for (const change of [
      () => texts.set('b', 'x'.repeat(50_000)),
      () => texts.update('b', () => 'x'.repeat(50_000)),
    ]) {
      const error = await change().catch((fault: unknown) => fault);
      expect(error).toBeInstanceOf(Unavailable);
      expect(error).toMatchObject({ message: sentence, cause: { code: 'ERR_SQLITE_ERROR' } });
    }
    expect(await collect(texts.entries())).toEqual([['a', 'kept']]);
    database.close();
  });

  test('is not what a mistake of ours is called', () => {
    const statements = createStatements(new DatabaseSync(':memory:'));
    expect(() => statements.get('SELECT nonsense')).toThrow('no such column: nonsense');
  });

  test('runs a job again, without a new start, whose end it could not keep', async () => {
    const dataDir = newFolder();
    const time = new TestClock(new Date('2026-11-22T09:00:00Z'));
    const storage = openSqlite({ dataDir, log: silent, clock: clockOf(time) });
    const other = new DatabaseSync(join(dataDir, 'clusterwise.db'));
    other.exec("CREATE TRIGGER full BEFORE DELETE ON jobs BEGIN SELECT RAISE(FAIL, 'full'); END");
    const done: string[] = [];
    await storage.jobs.work('post', async ({ id }) => void done.push(id));
    await storage.jobs.put({ id: 'one', queue: 'post', at: time.now(), data: null });
    await time.tick(500);
    expect(done).toEqual(['one']);
    other.exec('DROP TRIGGER full');
    await time.tick(2000);
    expect(done).toEqual(['one', 'one']);
    expect(await collect(storage.dump())).toEqual([]);
    other.close();
    await storage.close();
  });
});

test('a hundred jobs that are due at once let others have their turn between them', async () => {
  const dataDir = newFolder();
  const time = new TestClock(new Date('2026-11-22T09:00:00Z'));
  const storage = openSqlite({ dataDir, log: silent, clock: clockOf(time) });
  const counts = storage.collection('counts', z.number());
  for (let id = 0; id < 100; id++)
    await storage.jobs.put({ id: String(id), queue: 'post', at: time.now(), data: null });
  let begun = 0;
  let most = 0;
  let before = 0;
  const turn = () => {
    most = Math.max(most, begun - before);
    before = begun;
    next = setImmediate(turn);
  };
  let next = setImmediate(turn);
  await storage.jobs.work('post', async ({ id }) => {
    begun++;
    await counts.update(id, (n = 0) => n + 1);
  });
  clearImmediate(next);
  expect(begun).toBe(100);
  expect(most).toBe(1);
  await storage.close();
});

test('a look at a queue whose places are all taken is not repeated at once', async () => {
  const time = new TestClock(new Date('2026-11-22T09:00:00Z'));
  const clock = clockOf(time);
  let timers = 0;
  const counted: Clock = {
    now: clock.now,
    setTimer(run, ms) {
      timers++;
      return clock.setTimer(run, ms);
    },
  };
  const storage = openSqlite({ dataDir: newFolder(), log: silent, clock: counted });
  const rows = Array.from({ length: running.most + 1 }, (_, id): Row => {
    return { kind: 'job', job: { id: String(id), queue: 'post', at: 0, data: null } };
  });
  await storage.load(rows, false);
  let begun = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  await storage.jobs.work('post', () => {
    begun++;
    return promise;
  });
  expect(begun).toBe(1000);
  timers = 0;
  await time.tick(10_000);
  expect(timers).toBeLessThanOrEqual(11);
  resolve();
  await eventually(() => expect(begun).toBe(1001));
  await storage.close();
});

/** Starts a process that has the folder, commits to it and is in the middle of a job. */
async function hold(dataDir: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [projectPath('test/storage/hold.ts'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout ?? child, 'data');
  return child;
}

const open = (dataDir: string) => openSqlite({ dataDir, log: silent, clock: systemClock });

describe('a data folder', () => {
  test('is refused at once while another process has it, naming that process, and is free when that was killed', async () => {
    const dataDir = newFolder();
    const child = await hold(dataDir);
    expect(() => open(dataDir)).toThrow(
      `The data folder ${dataDir} is in use by another Clusterwise, process ${child.pid}: end it first.`,
    );
    child.kill('SIGKILL');
    await once(child, 'exit');

    const storage = open(dataDir);
    expect(await storage.collection('notes', z.string()).get('a')).toBe('committed');
    const { promise, resolve } = Promise.withResolvers<string>();
    await storage.jobs.work('post', async ({ id }) => resolve(id));
    expect(await promise).toBe('now');
    expect(await storage.jobs.cancel('later')).toBe(true);
    await storage.close();
  });

  test('is refused twice in one process too, and is free when it was closed', async () => {
    const dataDir = newFolder();
    const storage = open(dataDir);
    expect(() => open(dataDir)).toThrow(`process ${process.pid}`);
    await storage.close();
    await open(dataDir).close();
  });

  test('can be backed up while another process has it', async () => {
    const dataDir = newFolder();
    await hold(dataDir);
    const rows = await collect(dumpSqlite(dataDir));
    expect(rows.map((row) => (row.kind === 'value' ? row.key : row.job.id))).toEqual(['notes:a', 'later', 'now']);
  });

  test('that cannot be written to is said in one sentence', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    await expect(openStorage({ dataDir: join(file, 'data'), log: silent })).rejects.toThrow(
      `The data folder ${join(file, 'data')} cannot be written to (ENOTDIR): make it writable, or set DATA_DIR.`,
    );
  });

  test('that is a file is said in one sentence', () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    expect(() => open(file)).toThrow(`The data folder ${file} cannot be written to (ENOTDIR): make it writable`);
  });

  test('is made with all that is missing above it', async () => {
    const dataDir = join(newFolder(), 'a', 'b', 'c');
    await open(dataDir).close();
    expect(existsSync(join(dataDir, 'clusterwise.db'))).toBe(true);
  });

  test.skipIf(process.platform !== 'linux')(
    'where no folder can be made is said in one sentence (skipped where there is no /proc)',
    () => {
      expect(() => open('/proc/nope/data')).toThrow(
        'The data folder /proc/nope/data cannot be written to (ENOENT): make it writable, or set DATA_DIR.',
      );
    },
  );

  test('with a database that is another file is said in one sentence, also to a backup', async () => {
    const dataDir = newFolder();
    const path = join(dataDir, 'clusterwise.db');
    writeFileSync(path, 'These are notes, and no database, however long they go on.\n'.repeat(20));
    const said = `The file ${path} is damaged, or is no database: move it and the files beside it elsewhere, then restore a backup.`;
    expect(() => open(dataDir)).toThrow(said);
    // The lock was let go.
    expect(() => open(dataDir)).toThrow(said);
    await expect(collect(dumpSqlite(dataDir))).rejects.toThrow(said);
  });

  test('with a database that is a folder is said in one sentence', () => {
    const dataDir = newFolder();
    const path = join(dataDir, 'clusterwise.db');
    mkdirSync(path);
    expect(() => open(dataDir)).toThrow(
      `The file ${path} cannot be used (unable to open database file): let this account read and write it and its folder, or set DATA_DIR.`,
    );
  });

  test('with a lock that is another file, or none, is said in one sentence', () => {
    const [written, folder] = [newFolder(), newFolder()];
    writeFileSync(join(written, 'clusterwise.lock'), 'These are notes, and no database.\n'.repeat(40));
    expect(() => open(written)).toThrow(
      `The file ${join(written, 'clusterwise.lock')} is damaged, or is no database: remove it, it holds nothing.`,
    );
    mkdirSync(join(folder, 'clusterwise.lock'));
    expect(() => open(folder)).toThrow(`The file ${join(folder, 'clusterwise.lock')} cannot be used (unable to open`);
  });

  test.skipIf(process.getuid?.() === 0)(
    'without the right to write is said in one sentence (skipped for root, who may write anywhere)',
    () => {
      const folder = join(newFolder(), 'closed');
      mkdirSync(folder);
      chmodSync(folder, 0o500);
      expect(() => open(folder)).toThrow('cannot be written to (EACCES)');
    },
  );

  test('of a newer version is refused and left alone', async () => {
    const dataDir = newFolder();
    await open(dataDir).close();
    const database = new DatabaseSync(join(dataDir, 'clusterwise.db'));
    database.exec('PRAGMA user_version = 7');
    database.close();
    expect(() => open(dataDir)).toThrow(
      'The data is of version 7, this Clusterwise knows version 1: start the newer Clusterwise again.',
    );
  });
});
