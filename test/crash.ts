import { parseArgs } from 'node:util';
import { createChance } from './crash/chance.ts';
import { embedded, postgres, type Store } from './crash/stores.ts';
import { storm } from './crash/storm.ts';
import { judge } from './crash/verdict.ts';
import { openWorkspace } from './crash/workspace.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const seed = Number(values.seed);
let kills = Number(values.kills);
if (!Number.isInteger(seed) || !Number.isInteger(kills) || kills < 1)
  throw new Error('--kills and --seed are numbers.');
const server = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';
const say = (line: string) => void process.stdout.write(`${line}\n`);

// Whoever interrupts it gets the figures so far, and nothing stays behind.
process.once('SIGINT', () => {
  kills = 0;
});

async function run(store: Store): Promise<void> {
  const began = performance.now();
  const workspace = await openWorkspace(createChance(seed + 1));
  try {
    const { figures, broken } = judge(
      await storm(store, workspace, { kills: () => kills, chance: createChance(seed) }),
    );
    figures.push(['seconds', ((performance.now() - began) / 1000).toFixed(0)]);
    say(`${store.name}:`);
    for (const [what, figure] of figures) say(`  ${what.padEnd(12)} ${figure}`);
    for (const promise of broken) say(`  BROKEN       ${promise}`);
    if (broken.length > 0) process.exitCode = 1;
  } finally {
    await workspace.close();
    await store.remove();
  }
}

say(`${kills} times kill -9 during delivery, seed ${seed}.`);
await run(embedded());
const shared = await postgres(server);
if (shared) await run(shared);
else say('Postgres: NOT RUN, no database could be made at 127.0.0.1:5432; set TEST_DATABASE_URL.');
// A named database is meant to be used.
if (!shared && process.env.TEST_DATABASE_URL) process.exitCode = 1;
