import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { rest } from '../../src/arguments.ts';
import { type Bot, createBot } from '../../src/bot.ts';
import { loadBot } from '../../src/clusterwise.ts';
import { command } from '../../src/command.ts';
import { reservations } from '../../src/core/reservations.ts';
import { loadKnowledge } from '../../src/knowledge.ts';
import { createLog } from '../../src/log.ts';
import { renderSlack } from '../../src/platforms/slack/blocks.ts';
import { readQuestions } from '../eval/questions.ts';
import { ASKED } from './programs.ts';
import { median, ms, quantile, type Row, row } from './table.ts';

const log = createLog('silent');
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

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
    knowledge: {
      antivirus: [],
      licensing: [],
      reminders: [],
      reservations: [],
      topics: [],
      understanding: [],
      vmm: [],
    },
    log,
  });
}

/** Milliseconds for each question of the evaluation set, put once; the first alone. */
async function understanding(bot: Bot): Promise<{ first: number; others: number[] }> {
  const times: number[] = [];
  for (const [index, { question }] of readQuestions(path('../eval/questions.json')).entries()) {
    const began = performance.now();
    // Each in a place of its own, so that none goes on from the one before.
    const place = { platform: 'bench', address: `C${index}`, kind: 'channel' } as const;
    await bot.ask({ text: question, user: { id: 'U1', name: 'asker' }, place, now: new Date() });
    times.push(performance.now() - began);
  }
  const [first = 0, ...others] = times;
  return { first, others };
}

/** Single steps of an answer, within this process. */
export async function core(): Promise<Row[]> {
  const bot = await loadBot({ log });
  const answer = await asking(bot, ASKED)();
  const few = await timed(asking(botOf(5), '/command-4'));
  const many = await timed(asking(botOf(500), '/command-499'));
  const began = performance.now();
  loadKnowledge(path('../../knowledge'));
  const loaded = performance.now() - began;
  const sentences = await understanding(bot);
  return [
    row('all knowledge read', ms(loaded), 'under 150 ms'),
    row('the first sentence, which builds the index', ms(sentences.first)),
    row('a sentence understood and answered, median', ms(median(sentences.others)), 'under 2 ms'),
    row('a sentence understood and answered, p99', ms(quantile(sentences.others, 0.99))),
    row('pure core: one sum', ms(await timed(() => reservations({ hosts: 2, modules: 1, connections: 2, csvs: 4 })))),
    row(`bot.ask: ${ASKED}`, ms(await timed(asking(bot, ASKED))), 'under 0.2 ms'),
    row('its rendering for Slack', ms(await timed(() => renderSlack(answer, { show: ASKED })))),
    ['routing: 5 commands, 500 commands', ms(few), ms(many), (many / few).toFixed(2), 'about 1'],
  ];
}
