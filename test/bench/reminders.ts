import { setTimeout as pause } from 'node:timers/promises';
import { createLog } from '../../src/log.ts';
import { openStorage } from '../../src/storage/open.ts';
import { newDatabase } from './database.ts';
import { fire } from './lateness.ts';
import { newFolder } from './leftovers.ts';
import { createSink, type Sink } from './load.ts';
import { clusterwise, end, type Kept, residentSet } from './programs.ts';
import { startRemote } from './remote.ts';
import { channels, storedReminders } from './stored.ts';
import { mebibytes, median, ms, quantile, type Row, row, seconds } from './table.ts';

const STARTS = 4;
/** Seven or eight a second, where a channel has its next six seconds later, so that the pace does not count. */
const spread = { count: 150, number: 1, after: (index: number) => index * 133 };
/** A thousand at one instant, twenty a channel. */
const storm = { count: 1000, number: 101, after: () => 0 };

/** Ten thousand reminders on SQLite and on Postgres: start, memory, lateness, and what blocks the event loop. */
export async function reminders(): Promise<Row[]> {
  const sink = await createSink();
  const rows = await starts('nothing stored', sink, { dataDir: newFolder() });
  const embedded = { dataDir: newFolder() };
  rows.push(...(await stored('SQLite', sink, embedded, ['at most 20 ms', 'at most 250 ms'])));
  const databaseUrl = await newDatabase();
  if (databaseUrl === undefined)
    process.stderr.write('Reminders on Postgres: NOT RUN, nothing answers at 127.0.0.1:5432; set TEST_DATABASE_URL.\n');
  else {
    const shared = { dataDir: newFolder(), databaseUrl };
    rows.push(...(await stored('Postgres', sink, shared, ['at most 500 ms', 'at most 1000 ms'])));
  }
  return rows;
}

async function stored(on: string, sink: Sink, kept: Kept, aims: [p50: string, p99: string]): Promise<Row[]> {
  const storage = await openStorage({ ...kept, log: createLog('warn') });
  await storage.load(storedReminders(), false);
  await storage.close();
  const started = await starts(`10,000 on ${on}`, sink, kept);
  const measured = await delivered(sink, kept, aims);
  return [...started, ...measured.map(([what, ...others]): Row => [`reminders, 10,000 on ${on}: ${what}`, ...others])];
}

async function starts(what: string, sink: Sink, kept: Kept): Promise<Row[]> {
  let program = await clusterwise(sink.url, kept, 'ready');
  const times: number[] = [];
  for (let round = 0; round < STARTS; round += 1) {
    await end(program);
    program = await clusterwise(sink.url, kept, 'ready');
    times.push(program.startMs);
  }
  // While what is stored is looked over.
  await pause(2000);
  const size = residentSet(program);
  await end(program);
  return [
    row(`reminders, ${what}: start to “ready”, median`, ms(median(times))),
    row(`reminders, ${what}: resident set 2 s later`, mebibytes(size)),
  ];
}

async function delivered(sink: Sink, { dataDir, databaseUrl }: Kept, [p50, p99]: [string, string]): Promise<Row[]> {
  const keeper = startRemote('keeper.ts', [dataDir, `${sink.url}/api/`, ...(databaseUrl ? [databaseUrl] : [])]);
  const idle = startRemote('idle.ts');
  /** The longest block since it was asked last, and that of a process that does nothing meanwhile. */
  const blocks = async () => `${ms(await keeper.ask('block'))}, idle ${ms(await idle.ask('block'))}`;

  await keeper.ask('start');
  await blocks();
  const lookedOver = await keeper.ask('look over');
  const whileLooking = await blocks();
  const adds: number[] = [];
  for (const channel of channels.slice(0, 20)) adds.push(await keeper.ask('add', channel));
  const { lateness, perEdit } = await fire({ keeper, sink }, spread, { perEdit: median(adds), before: blocks });
  const whileFew = await blocks();
  const { lateness: inStorm } = await fire({ keeper, sink }, storm, { perEdit, before: blocks });
  const whileMany = await blocks();
  const memory = await keeper.ask('memory');
  await Promise.all([keeper.end(), idle.end()]);
  return [
    row('all looked over', ms(lookedOver)),
    row('longest block meanwhile', whileLooking, 'at most 50 ms'),
    row('add to a channel of 200, median', ms(median(adds))),
    row('lateness, p50', ms(median(lateness)), p50),
    row('lateness, p99', ms(quantile(lateness, 0.99)), p99),
    row('longest block meanwhile', whileFew, 'at most 50 ms'),
    row('1,000 due at once, first of a channel, p50', ms(median(inStorm.slice(0, channels.length)))),
    row('the last of all', seconds(Math.max(...inStorm)), '19 s by the pace'),
    row('longest block meanwhile', whileMany, 'at most 50 ms'),
    row('resident set after that', mebibytes(memory)),
  ];
}
