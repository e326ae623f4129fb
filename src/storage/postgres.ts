import { Pool, type PoolClient } from 'pg';
import { type Clock as BossClock, type Db, PgBoss, systemClock } from 'pg-boss';
import { createCollection } from './collection.ts';
import { failureOf, nameOf, reasonOf } from './postgres-faults.ts';
import { createPostgresJobs } from './postgres-jobs.ts';
import { PostgresStore } from './postgres-store.ts';
import { newer, occupied, type Row, type Storage, type StorageLog, schemaVersion } from './storage.ts';

/** The steps from each version of our schema to the next; pg-boss looks after its own tables, beside ours. */
const migrations = ['CREATE TABLE keyv (key VARCHAR(1000) COLLATE "C" PRIMARY KEY, value TEXT)'];

/**
 * Opens a Postgres database, in a schema of our own.
 * @throws Error in one sentence, without the password
 */
export async function openPostgres(settings: {
  url: string;
  log: StorageLog;
  schema?: string;
  clock?: BossClock;
}): Promise<Storage> {
  const { url, log, schema = 'clusterwise', clock = systemClock } = settings;
  if (!/^[a-z][a-z\d_]*$/.test(schema))
    throw new Error('A schema is named with small letters, digits and underscores.');
  const where = nameOf(url);
  const common = { connectionString: url, application_name: 'clusterwise', connectionTimeoutMillis: 5000 };
  // A connection that hangs without breaking is given up, since somebody waits for an answer.
  const pool = new Pool({ ...common, max: 5, query_timeout: 30_000 });
  // An idle connection that breaks is replaced at the next question; unheard, its error would end the process.
  pool.on('error', ({ message }) => log.warn({ reason: message }, 'a connection to the database broke'));
  const boss = new PgBoss({
    ...{ ...common, max: 5, schema, clock, schedule: false, registerInstance: false },
    // Supervised by us, behind our own heartbeat; this is the least between two passes of all replicas.
    ...{ supervise: false, monitorIntervalSeconds: 2 },
  });
  boss.on('error', ({ message }) => log.warn({ reason: message }, 'the job queue reports an error'));
  const stop = async () => {
    await boss.stop({ graceful: false }).catch(() => {});
    await pool.end();
  };
  try {
    await inTransaction(pool, 'BEGIN', (client) => migrate(client, schema));
    await boss.start();
  } catch (error) {
    await stop();
    if (error instanceof NewerSchema) throw newer(error.version);
    throw new Error(`The database ${where} cannot be used: ${reasonOf(error)}. Check DATABASE_URL.`, { cause: error });
  }
  const told = <T>(work: Promise<T>): Promise<T> =>
    work.catch((cause: unknown) => {
      throw failureOf(where, cause);
    });
  const ask = async (sql: string, values?: unknown[]) =>
    (await told(pool.query<Record<string, unknown>>(sql, values))).rows;
  const store = new PostgresStore({ ask, schema });
  store.on('error', (err) => log.error({ err }, 'the store of values reports an error'));
  const jobs = createPostgresJobs(boss, {
    schema,
    clock: {
      now: () => clock.now(),
      setTimer(run, ms) {
        const timer = clock.setTimeout(run, ms);
        return () => clock.clearTimeout(timer);
      },
    },
    log,
    told,
  });
  const viaBoss = (client: PoolClient): Db => ({ executeSql: (sql, values) => client.query(sql, values) });

  return {
    describe: `Postgres at ${where}`,
    collection: (name, zod) => createCollection(store, log, name, zod),
    jobs,
    check: async () => void (await ask('SELECT 1')),
    async close() {
      await jobs.stop();
      await stop();
    },
    async *dump() {
      const rows: Row[] = [];
      await inTransaction(pool, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', async (client) => {
        const values = await client.query(`SELECT key, value FROM ${schema}.keyv ORDER BY key COLLATE "C"`);
        for (const { key, value } of values.rows) rows.push({ kind: 'value', key, value });
        const { living, dead } = await jobs.all(viaBoss(client));
        for (const job of living) rows.push({ kind: 'job', job });
        for (const job of dead) rows.push({ kind: 'dead', job });
      });
      yield* rows;
    },
    load: (rows, replace) =>
      inTransaction(pool, 'BEGIN', async (client) => {
        await client.query(`LOCK TABLE ${schema}.keyv IN EXCLUSIVE MODE`);
        const values = rows.filter((row) => row.kind === 'value');
        const db = viaBoss(client);
        const before = await jobs.all(db);
        const { rowCount } = await client.query(`SELECT 1 FROM ${schema}.keyv LIMIT 1`);
        if (!replace && (rowCount || before.living.length > 0 || before.dead.length > 0)) throw occupied();
        await client.query(`DELETE FROM ${schema}.keyv`);
        await client.query(`INSERT INTO ${schema}.keyv SELECT * FROM unnest($1::text[], $2::text[])`, [
          values.map(({ key }) => key),
          values.map(({ value }) => value),
        ]);
        const living = rows.flatMap((row) => (row.kind === 'job' ? [row.job] : []));
        const dead = rows.flatMap((row) => (row.kind === 'dead' ? [row.job] : []));
        await jobs.load({ living, dead }, db);
      }),
  };
}

class NewerSchema extends Error {
  readonly version: number;
  constructor(version: number) {
    super();
    this.version = version;
  }
}

async function migrate(client: PoolClient, schema: string): Promise<void> {
  // Replicas may start at the same moment: the others wait for the first.
  await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`clusterwise ${schema}`]);
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  await client.query(`SET LOCAL search_path TO ${schema}`);
  await client.query('CREATE TABLE IF NOT EXISTS clusterwise_version (version integer NOT NULL)');
  const found = await client.query<{ version: number }>('SELECT version FROM clusterwise_version');
  const version = found.rows[0]?.version ?? 0;
  if (version > schemaVersion) throw new NewerSchema(version);
  for (const step of migrations.slice(version)) await client.query(step);
  if (version === schemaVersion) return;
  await client.query('DELETE FROM clusterwise_version');
  await client.query('INSERT INTO clusterwise_version VALUES ($1)', [schemaVersion]);
}

async function inTransaction(pool: Pool, begin: string, change: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  // While it is lent, the pool does not hear its errors; the statement under way reports them.
  const ignore = () => {};
  client.on('error', ignore);
  let fault: Error | undefined;
  try {
    await client.query(begin);
    await change(client);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch((broken: Error) => {
      fault = broken;
    });
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(fault);
  }
}
