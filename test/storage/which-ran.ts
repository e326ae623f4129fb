import { Pool } from 'pg';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of a Postgres for tests, and whether one answers there. */
    postgres: { url: string; reachable: boolean };
  }
}

/** Finds out once whether there is a Postgres to test with, and says in the last lines what the storage ran on. */
export default async function findPostgres(project: TestProject): Promise<() => void> {
  const named = process.env.TEST_DATABASE_URL;
  const url = named ?? 'postgres://postgres@127.0.0.1:5432/test';
  const pool = new Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 2000 });
  const reachable = await pool.query('SELECT 1').then(
    () => true,
    () => false,
  );
  await pool.end();
  // Whoever names a database means it to be used.
  if (named && !reachable) throw new Error('The database of TEST_DATABASE_URL does not answer.');
  project.provide('postgres', { url, reachable });
  const used = reachable
    ? 'run on SQLite and on Postgres, which answers'
    : 'run on SQLite only: Postgres NOT RUN, nothing answers at 127.0.0.1:5432; set TEST_DATABASE_URL';
  return () => void process.stderr.write(`Tests of storage ${used}.\n`);
}
