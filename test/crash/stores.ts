import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { type Book, openBook } from '../../src/reminders/book.ts';
import { openStorage } from '../../src/storage/open.ts';
import { dumpSqlite } from '../../src/storage/sqlite.ts';
import { type Row, systemClock } from '../../src/storage/storage.ts';

export const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** A database for one run, and how many programs may work on it at once. */
export type Store = {
  name: string;
  replicas: number;
  /** The settings with which the program finds it. */
  env: Record<string, string>;
  /** Opens it in this process; one for a single process must have none just then. */
  use(act: (book: Book) => Promise<void>): Promise<void>;
  /** Jobs that are not done yet, beside any program. */
  jobs(): Promise<number>;
  remove(): Promise<void>;
};

async function jobsIn(rows: AsyncIterable<Row>): Promise<number> {
  let count = 0;
  for await (const { kind } of rows) if (kind === 'job') count += 1;
  return count;
}

export function embedded(): Store {
  const dataDir = mkdtempSync(join(tmpdir(), 'clusterwise-crash-'));
  return {
    name: 'SQLite, one process',
    replicas: 1,
    env: { DATA_DIR: dataDir },
    async use(act) {
      const storage = await openStorage({ dataDir, log: quiet });
      await act(openBook(storage, systemClock)).finally(() => storage.close());
    },
    jobs: () => jobsIn(dumpSqlite(dataDir)),
    remove: async () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

/**
 * A database of its own on a server; undefined when none answers there.
 * @throws Error when one answers and no database can be made
 */
export async function postgres(server: string): Promise<Store | undefined> {
  const admin = new Pool({ connectionString: server, max: 1, connectionTimeoutMillis: 2000 });
  const reachable = await admin.query('SELECT 1').then(
    () => true,
    () => false,
  );
  if (!reachable) {
    await admin.end();
    return undefined;
  }
  const name = `clusterwise_crash_${process.pid}`;
  const databaseUrl = Object.assign(new URL(server), { pathname: name }).href;
  await admin.query(`CREATE DATABASE ${name}`);
  const drop = async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  };
  const storage = await openStorage({ dataDir: '', databaseUrl, log: quiet }).catch(async (error) => {
    await drop();
    throw error;
  });
  const book = openBook(storage, systemClock);
  return {
    name: 'Postgres, two replicas',
    replicas: 2,
    env: { DATABASE_URL: databaseUrl },
    use: (act) => act(book),
    jobs: () => jobsIn(storage.dump()),
    async remove() {
      await storage.close();
      await drop();
    },
  };
}
