import { readConfig } from './config.ts';
import { plural } from './core/words.ts';
import { reportsIn } from './feedback.ts';
import { createLog } from './log.ts';
import { renderText } from './platforms/text.ts';
import { endOnBrokenPipe, orExplain } from './process.ts';
import { openStorage } from './storage/open.ts';
import { dumpSqlite } from './storage/sqlite.ts';

await orExplain(async () => {
  endOnBrokenPipe(process.stdout);
  const { dataDir, databaseUrl, logLevel } = readConfig();
  // SQLite is read beside the bot that has the folder; Postgres is for many anyway.
  const storage = databaseUrl ? await openStorage({ dataDir, databaseUrl, log: createLog(logLevel) }) : undefined;
  try {
    const reports = await reportsIn(storage?.dump() ?? dumpSqlite(dataDir));
    const rows = reports.map(({ number, at, by, place, question, note = '' }) => [
      String(number),
      at.slice(0, 16).replace('T', ' '),
      `${by.name} ${by.id} in ${place.platform} ${place.address}`.trim(),
      note ? `${question}\n${note}` : question,
    ]);
    const said =
      rows.length === 0
        ? { headline: 'Nothing was reported.' }
        : {
            headline: `${plural(rows.length, 'report')}, the newest first; times are in UTC.`,
            tables: [{ columns: ['No.', 'When', 'Who and where', 'Question and note'], rows }],
          };
    process.stdout.write(`${renderText(said)}\n`);
  } finally {
    await storage?.close();
  }
});
