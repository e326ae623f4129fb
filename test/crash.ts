import { parseArgs } from 'node:util';
import { orExplain } from '../src/process.ts';
import { createChance } from './crash/chance.ts';
import { embedded, postgres, type Store } from './crash/stores.ts';
import { storm } from './crash/storm.ts';
import { judge } from './crash/verdict.ts';
import { openWorkspace } from './crash/workspace.ts';

const named = process.env.TEST_DATABASE_URL;
const say = (line: string) => void process.stdout.write(`${line}\n`);

// Whoever interrupts it leaves nothing behind.
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => interruption.abort(new Error('Interrupted.')));

async function run(store: Store, kills: number, seed: number): Promise<void> {
  const began = performance.now();
  const workspace = await openWorkspace(createChance(seed + 1));
  try {
    const how = { kills, chance: createChance(seed), signal: interruption.signal };
    const { figures, broken } = judge(await storm(store, workspace, how));
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

await orExplain(async () => {
  const { values } = parseArgs({ options: { kills: { type: 'string' }, seed: { type: 'string' } } });
  const kills = Number(values.kills ?? 200);
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed))
    throw new Error('Say how often and from where as in “--kills 200 --seed 1”.');
  say(`${kills} times kill -9 during delivery, seed ${seed}.`);
  await run(embedded(), kills, seed);
  const shared = await postgres(named ?? 'postgres://postgres@127.0.0.1:5432/test');
  if (shared) return run(shared, kills, seed);
  // Whoever names a database means it to be used.
  if (named) throw new Error('The database of TEST_DATABASE_URL does not answer.');
  say('Postgres: NOT RUN, nothing answers at 127.0.0.1:5432; set TEST_DATABASE_URL.');
});
