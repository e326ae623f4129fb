import { Client } from 'pg';
import { atEnd } from './leftovers.ts';

const server = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';

/** The address of a new, empty Postgres database, which `tidy` drops; `undefined` where no server answers. */
export async function newDatabase(): Promise<string | undefined> {
  const name = `clusterwise_bench_${process.pid}`;
  if (!(await tell(`CREATE DATABASE ${name}`).catch(isAway))) return undefined;
  atEnd(() => tell(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  const address = new URL(server);
  address.pathname = `/${name}`;
  return address.href;
}

async function tell(sql: string): Promise<true> {
  const client = new Client({ connectionString: server, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    await client.query(sql);
    return true;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Whoever names a database means it to be used. */
function isAway(error: unknown): false {
  if (process.env.TEST_DATABASE_URL !== undefined) throw error;
  return false;
}
