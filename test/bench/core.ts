import { z } from 'zod';
import { rest } from '../../src/arguments.ts';
import { type Bot, createBot } from '../../src/bot.ts';
import { loadBot } from '../../src/clusterwise.ts';
import { command } from '../../src/command.ts';
import { reservations } from '../../src/core/reservations.ts';
import { createLog } from '../../src/log.ts';
import { renderSlack } from '../../src/platforms/slack/blocks.ts';
import { ASKED } from './programs.ts';
import { median, ms, type Row, row } from './table.ts';

const log = createLog('silent');

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

const asking = (asked: Bot, text: string) => () =>
  asked.ask({
    text,
    user: { id: 'U1', name: 'asker' },
    place: { platform: 'bench', address: 'C1', kind: 'channel' },
    now: new Date(),
  });

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

/** Single steps of an answer, within this process. */
export async function core(): Promise<Row[]> {
  const bot = await loadBot({ log });
  const answer = await asking(bot, ASKED)();
  const few = await timed(asking(botOf(5), '/command-4'));
  const many = await timed(asking(botOf(500), '/command-499'));
  return [
    row('pure core: one sum', ms(await timed(() => reservations({ hosts: 2, modules: 1, connections: 2, csvs: 4 })))),
    row(`bot.ask: ${ASKED}`, ms(await timed(asking(bot, ASKED))), 'under 0.2 ms'),
    row('its rendering for Slack', ms(await timed(() => renderSlack(answer, { show: ASKED })))),
    ['routing: 5 commands, 500 commands', ms(few), ms(many), (many / few).toFixed(2), 'about 1'],
  ];
}
