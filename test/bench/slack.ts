import { newFolder } from './leftovers.ts';
import { createSink, crowd, oneByOne } from './load.ts';
import { bare, clusterwise, end } from './programs.ts';
import { median, ms, perSecond, quantile, type Row, row } from './table.ts';

const ROUNDS = 6;

/** Questions over Slack, and the start, beside those of a bare Bolt. */
export async function slack(): Promise<Row[]> {
  const sink = await createSink();
  const kept = { dataDir: newFolder() };

  // Starts, in turn; the last of each stays for the load.
  const starts = { bare: [] as number[], ours: [] as number[] };
  let plain = await bare(sink.url);
  let ours = await clusterwise(sink.url, kept, 'listening');
  for (let round = 0; round < ROUNDS; round += 1) {
    await Promise.all([end(plain), end(ours)]);
    plain = await bare(sink.url);
    ours = await clusterwise(sink.url, kept, 'listening');
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

  return [
    compared('to the acknowledgement, median', ms, median(waits.bare), median(waits.ours), 'at most 1.15'),
    compared('to the acknowledgement, p99', ms, quantile(waits.bare, 0.99), quantile(waits.ours, 0.99)),
    compared('acknowledged, 32 at once', perSecond, median(rates.bare), median(rates.ours), 'at least 0.90'),
    row('answered and posted, 32 at once', perSecond(median(rates.answered))),
    compared('start to listening, median', ms, median(starts.bare), median(starts.ours), 'at most 1.30'),
  ];
}

function compared(what: string, show: (value: number) => string, a: number, b: number, aim = ''): Row {
  return [what, show(a), show(b), (b / a).toFixed(2), aim];
}
