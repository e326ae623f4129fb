import { fileURLToPath } from 'node:url';
import type { Bot } from '../src/bot.ts';
import { loadBot } from '../src/clusterwise.ts';
import { createLog } from '../src/log.ts';
import { endOnBrokenPipe, orExplain } from '../src/process.ts';
import { type Question, readQuestions } from './eval/questions.ts';
import { report } from './eval/report.ts';
import { judge, type Verdict } from './eval/verdict.ts';

await orExplain(async () => {
  const [file = fileURLToPath(new URL('eval/questions.json', import.meta.url)), ...more] = process.argv.slice(2);
  if (more.length > 0) throw new Error('Usage: npm run eval [-- FILE]');
  endOnBrokenPipe(process.stdout);
  const questions = readQuestions(file);
  const bot = await loadBot({ log: createLog('error') });
  const verdicts: Verdict[] = [];
  for (const question of questions) verdicts.push(await put(bot, question));
  process.stdout.write(`${report(verdicts)}\n`);
});

/** Each question comes from somebody else and elsewhere, so that none is taken to go on from another. */
async function put(bot: Bot, question: Question): Promise<Verdict> {
  const { id, question: text } = question;
  const place = { platform: 'terminal', address: id, kind: 'direct' } as const;
  return judge(question, await bot.ask({ text, user: { id, name: '' }, place, now: new Date() }));
}
