import { openSqlite } from './sqlite.ts';
import { type Clock, type Storage, type StorageLog, systemClock } from './storage.ts';

/**
 * Opens what the settings name: Postgres when there is an address of one, else SQLite in the data folder. On Postgres
 * the clock of the database counts, since replicas share no other.
 * @throws Error in one sentence that says what is wrong, without the password
 */
export async function openStorage(settings: {
  dataDir: string;
  databaseUrl?: string;
  log: StorageLog;
  clock?: Clock;
}): Promise<Storage> {
  const { dataDir, databaseUrl, log, clock = systemClock } = settings;
  if (databaseUrl === undefined) return openSqlite({ dataDir, log, clock });
  // Loaded only when it is used, which spares the others its start time.
  const { openPostgres } = await import('./postgres.ts');
  return openPostgres({ url: databaseUrl, log });
}
