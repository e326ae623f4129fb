import { z } from 'zod';
import { rest } from '../src/arguments.ts';
import { type Bot, createBot } from '../src/bot.ts';
import { loadBot } from '../src/clusterwise.ts';
import { command } from '../src/command.ts';
import { reservations } from '../src/core/reservations.ts';
import { createLog } from '../src/log.ts';
import { renderSlack } from '../src/platforms/slack/blocks.ts';
import { createSink, crowd, median, oneByOne, quantile } from './bench/load.ts';
import { ASKED, bare, clusterwise, end } from './bench/programs.ts';

const ROUNDS = 6;
const log = createLog('silent');
const rows: string[][] = [['What', 'Bare Bolt', 'Clusterwise', 'Ratio', 'Aim']];
const ms = (value: number) => (value < 0.01 ? `${(value * 1000).toFixed(2)} µs` : `${value.toFixed(3)} ms`);
const perSecond = (value: number) => `${value.toFixed(0)}/s`;

const sink = await createSink();

// Starts, in turn; the last of each stays for the load.
const starts = { bare: [] as number[], ours: [] as number[] };
let plain = await bare(sink.url);
let ours = await clusterwise(sink.url);
for (let round = 0; round < ROUNDS; round += 1) {
  await Promise.all([end(plain), end(ours)]);
  plain = await bare(sink.url);
  ours = await clusterwise(sink.url);
  starts.bare.push(plain.startMs);
  starts.ours.push(ours.startMs);
}

// Both are warmed up, then measured in turn, so that a busy machine is busy for both.
await crowd(plain, sink, 2000, false);
await crowd(ours, sink, 2000, true);
const waits = { bare: [] as number[], ours: [] as number[] };
const rates = { bare: [] as number[], ours: [] as number[], answered: [] as number[] };
for (let round = 0; round < ROUNDS; round += 1) {
  waits.bare.push(...(await oneByOne(plain, sink, 100)));
  waits.ours.push(...(await oneByOne(ours, sink, 100)));
  rates.bare.push((await crowd(plain, sink, 1500, false)).acknowledged);
  const { acknowledged, answered } = await crowd(ours, sink, 1500, true);
  rates.ours.push(acknowledged);
  rates.answered.push(answered);
}
await Promise.all([end(plain), end(ours)]);

function compare(what: string, show: (value: number) => string, a: number, b: number, aim: string): void {
  rows.push([what, show(a), show(b), (b / a).toFixed(2), aim]);
}
compare('to the acknowledgement, median', ms, median(waits.bare), median(waits.ours), 'at most 1.15');
compare('to the acknowledgement, p99', ms, quantile(waits.bare, 0.99), quantile(waits.ours, 0.99), '');
compare('acknowledged, 32 at once', perSecond, median(rates.bare), median(rates.ours), 'at least 0.90');
rows.push(['answered and posted, 32 at once', '', perSecond(median(rates.answered)), '', '']);
compare('start to listening, median', ms, median(starts.bare), median(starts.ours), 'at most 1.30');

/** Milliseconds for one call, the median of batches. */
async function timed(call: () => unknown): Promise<number> {
  const batches: number[] = [];
  for (let batch = 0; batch < 30; batch += 1) {
    const began = performance.now();
    for (let i = 0; i < 200; i += 1) await call();
    batches.push((performance.now() - began) / 200);
  }
  return median(batches);
}

const bot = await loadBot({ log });
const asking = (asked: Bot, text: string) => () =>
  asked.ask({
    text,
    user: { id: 'U1', name: 'asker' },
    place: { platform: 'bench', address: 'C1', kind: 'channel' },
    now: new Date(),
  });
const answer = await asking(bot, ASKED)();
rows.push([
  'pure core: one sum',
  '',
  ms(await timed(() => reservations({ hosts: 2, modules: 1, connections: 2, csvs: 4 }))),
  '',
  '',
]);
rows.push([`bot.ask: ${ASKED}`, '', ms(await timed(asking(bot, ASKED))), '', 'under 0.2 ms']);
rows.push(['its rendering for Slack', '', ms(await timed(() => renderSlack(answer, { show: ASKED }))), '', '']);

/** A bot of `count` commands that do nothing, to see whether their number matters. */
function botOf(count: number): Bot {
  const commands = Array.from({ length: count }, (_, i) =>
    command({
      name: `command-${i}`,
      summary: 'nothing',
      args: z.object({ text: rest({ label: 'anything', show: 'TEXT' }).optional() }),
      examples: [{ ask: `/command-${i}`, headline: 'Nothing.' }],
      answer: () => ({ headline: 'Nothing.' }),
    }),
  );
  return createBot({
    commands,
    knowledge: { antivirus: [], licensing: [], reminders: [], reservations: [], vmm: [] },
    log,
  });
}
const few = await timed(asking(botOf(5), '/command-4'));
const many = await timed(asking(botOf(500), '/command-499'));
rows.push(['routing: 5 commands, 500 commands', ms(few), ms(many), (many / few).toFixed(2), 'about 1']);

const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
for (const row of rows) {
  process.stdout.write(
    `${row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd()}\n`,
  );
}
process.exit();
