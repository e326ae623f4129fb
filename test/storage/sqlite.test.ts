import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import keyvTestSuite, { keyvIteratorTests } from '@keyv/test-suite';
import { Keyv } from 'keyv';
import { TestClock } from 'pg-boss';
import * as vitest from 'vitest';
import { z } from 'zod';
import { openStorage } from '../../src/storage/open.ts';
import { dumpSqlite, openSqlite } from '../../src/storage/sqlite.ts';
import { SqliteStore } from '../../src/storage/sqlite-store.ts';
import { type Clock, systemClock } from '../../src/storage/storage.ts';
import { projectPath } from '../ask.ts';
import { type Bench, collect, silent, storageContract } from './contract.ts';

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
  process.stderr.write('Storage on SQLite: its contract ran.\n');
});

async function createBench(): Promise<Bench> {
  const dataDir = newFolder();
  const time = new TestClock(new Date('2026-11-22T09:00:00Z'));
  const clock: Clock = {
    now: () => time.now(),
    setTimer(run, ms) {
      const timer = time.setTimeout(run, ms);
      return () => time.clearTimeout(timer);
    },
  };
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
  const store = () => new SqliteStore(database);
  keyvTestSuite(vitest, Keyv, store);
  keyvIteratorTests(vitest, Keyv, store);
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
