import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { orExplain } from './process.ts';
import { writeBackup } from './storage/backup-file.ts';
import { openStorage } from './storage/open.ts';
import { dumpSqlite } from './storage/sqlite.ts';

await orExplain(async () => {
  const [path] = process.argv.slice(2);
  if (!path) throw new Error('Usage: npm run backup -- FILE');
  const { dataDir, databaseUrl, logLevel } = readConfig();
  // SQLite is read beside the bot that has the folder; Postgres is for many anyway.
  const storage = databaseUrl ? await openStorage({ dataDir, databaseUrl, log: createLog(logLevel) }) : undefined;
  try {
    const count = await writeBackup(path, storage?.dump() ?? dumpSqlite(dataDir), new Date());
    process.stdout.write(`The backup ${path} holds ${count} ${count === 1 ? 'entry' : 'entries'}.\n`);
  } finally {
    await storage?.close();
  }
});
