import { userInfo } from 'node:os';
import { loadBot } from './clusterwise.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { askAs, exitStatus, runJson, runPrompt } from './platforms/terminal.ts';
import { renderText } from './platforms/text.ts';
import { endOnBrokenPipe, orExplain } from './process.ts';

await orExplain(async () => {
  const { logLevel, timeZone, defaultRelease } = readConfig();
  const bot = await loadBot({ log: createLog(logLevel), timeZone, ...(defaultRelease && { defaultRelease }) });
  const [first, ...more] = process.argv.slice(2);
  const terminal = { input: process.stdin, output: process.stdout, user: userInfo().username };
  endOnBrokenPipe(process.stdout);

  if (first === '--json' && more.length === 0) return runJson(bot, terminal);
  if (first === undefined) return runPrompt(bot, terminal);
  const answer = await askAs(bot, terminal.user, [first, ...more].join(' '));
  process.stdout.write(`${renderText(answer)}\n`);
  process.exitCode = exitStatus(answer);
});
