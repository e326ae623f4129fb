import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { orExplain } from './process.ts';
import { readBackup } from './storage/backup-file.ts';
import { openStorage } from './storage/open.ts';

await orExplain(async () => {
  const words = process.argv.slice(2);
  const [path, ...more] = words.filter((word) => word !== '--force');
  if (!path || more.length > 0) throw new Error('Usage: npm run restore -- FILE [--force]');
  const rows = await readBackup(path);
  const { dataDir, databaseUrl, logLevel } = readConfig();
  const storage = await openStorage({ dataDir, ...(databaseUrl && { databaseUrl }), log: createLog(logLevel) });
  try {
    await storage.load(rows, words.includes('--force'));
    process.stdout.write(`${rows.length} ${rows.length === 1 ? 'entry was' : 'entries were'} restored.\n`);
  } finally {
    await storage.close();
  }
});
