import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createCollection } from './collection.ts';
import { lockFolder } from './lock.ts';
import { fileFault } from './sqlite-faults.ts';
import { createSqliteJobs, storedJobs } from './sqlite-jobs.ts';
import { SqliteStore } from './sqlite-store.ts';
import { createStatements } from './statements.ts';
import { type Clock, newer, occupied, type Row, type Storage, type StorageLog, schemaVersion } from './storage.ts';

/** The steps from each version of the schema to the next; the first makes version 1 of nothing. */
const migrations = [
  `CREATE TABLE keyv (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE jobs (
     id TEXT PRIMARY KEY, queue TEXT NOT NULL, at INTEGER NOT NULL, due INTEGER NOT NULL,
     data TEXT NOT NULL CHECK (json_valid(data)),
     revision INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, taken INTEGER NOT NULL DEFAULT 0,
     dead INTEGER NOT NULL DEFAULT 0, error TEXT) WITHOUT ROWID;
   CREATE INDEX jobs_due ON jobs (queue, due) WHERE dead = 0 AND taken = 0;`,
];

/**
 * Opens the database in a folder, which it makes when there is none.
 * @throws Error in one sentence: the folder is not writable or is in use, or a file in it is damaged or of a later version
 */
export function openSqlite(settings: { dataDir: string; log: StorageLog; clock: Clock }): Storage {
  const { log, clock } = settings;
  const folder = resolve(settings.dataDir);
  try {
    makeFolder(folder);
    // With the separator behind it, a file is no folder.
    accessSync(folder + sep, constants.W_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
    throw new Error(`The data folder ${folder} cannot be written to${code}: make it writable, or set DATA_DIR.`);
  }
  const lock = lockFolder(folder);
  try {
    return openLocked(folder, lock.release, { log, clock });
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Step by step: Node’s own way to make all that is missing never ends where the system has no folders to make, as in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!existsSync(folder)) throw error;
  }
}

const CURE = 'move it and the files beside it elsewhere, then restore a backup';

function openLocked(folder: string, unlock: () => void, { log, clock }: { log: StorageLog; clock: Clock }): Storage {
  const path = join(folder, 'clusterwise.db');
  let opened: DatabaseSync | undefined;
  try {
    opened = new DatabaseSync(path, { timeout: 5000 });
    opened.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    migrate(opened);
  } catch (error) {
    opened?.close();
    throw fileFault(path, error, CURE);
  }
  const database = opened;
  const statements = createStatements(database);
  const store = new SqliteStore(statements);
  const jobs = createSqliteJobs(statements, { clock, log });
  return {
    describe: `SQLite in ${folder}`,
    collection: (name, schema) => createCollection(store, log, name, schema),
    jobs,
    check: async () => void statements.get('SELECT 1'),
    async close() {
      await jobs.stop();
      database.close();
      unlock();
    },
    dump: () => dump(database),
    async load(rows, replace) {
      inTransaction(database, () => load(database, rows, replace));
    },
  };
}

const versionOf = (database: DatabaseSync) => Number(database.prepare('PRAGMA user_version').get()?.user_version);

function migrate(database: DatabaseSync): void {
  const version = versionOf(database);
  if (version > schemaVersion) throw newer(version);
  if (version < schemaVersion)
    inTransaction(database, () => {
      for (const step of migrations.slice(version)) database.exec(step);
      database.exec(`PRAGMA user_version = ${schemaVersion}`);
    });
}

function inTransaction(database: DatabaseSync, change: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    change();
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Everything in the database of a folder, read beside the process that has it. */
export async function* dumpSqlite(dataDir: string): AsyncGenerator<Row> {
  const path = join(resolve(dataDir), 'clusterwise.db');
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
  } catch {
    throw new Error(`There is no database to read at ${path}.`);
  }
  try {
    if (versionOf(database) > schemaVersion) throw newer(versionOf(database));
    if (versionOf(database) === schemaVersion) yield* dump(database);
  } catch (error) {
    throw fileFault(path, error, CURE);
  } finally {
    database.close();
  }
}

/** Read at once, since a transaction held open while somebody writes a file would take in what others write meanwhile. */
async function* dump(database: DatabaseSync): AsyncGenerator<Row> {
  let values: Row[] = [];
  let jobs: ReturnType<typeof storedJobs> = { living: [], dead: [] };
  database.exec('BEGIN');
  try {
    const pairs = database.prepare('SELECT key, value FROM keyv ORDER BY key').all();
    values = pairs.map(({ key, value }) => ({ kind: 'value', key: String(key), value: String(value) }));
    jobs = storedJobs(createStatements(database));
  } finally {
    database.exec('COMMIT');
  }
  yield* values;
  for (const job of jobs.living) yield { kind: 'job', job };
  for (const job of jobs.dead) yield { kind: 'dead', job };
}

function load(database: DatabaseSync, rows: Row[], replace: boolean): void {
  const filled = database.prepare('SELECT EXISTS (SELECT 1 FROM keyv) OR EXISTS (SELECT 1 FROM jobs) AS filled').get();
  if (filled?.filled === 1 && !replace) throw occupied();
  database.exec('DELETE FROM keyv; DELETE FROM jobs');
  const value = database.prepare('INSERT INTO keyv VALUES (?, ?)');
  const job = database.prepare(
    'INSERT INTO jobs (id, queue, at, due, data, revision, dead, error) VALUES (?, ?, ?, ?, ?, 0, ?, ?)',
  );
  for (const row of rows) {
    if (row.kind === 'value') value.run(row.key, row.value);
    else {
      const { id, queue, at, data } = row.job;
      const error = row.kind === 'dead' ? row.job.error : null;
      job.run(id, queue, at, at, JSON.stringify(data ?? null), error === null ? 0 : 1, error);
    }
  }
}
