import { userInfo } from 'node:os';
import { loadBot } from './clusterwise.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { runPrompt } from './platforms/terminal.ts';
import { endOnBrokenPipe, onEnd, orExplain } from './process.ts';
import { close, createHttpServer, listen } from './server.ts';
import { welcome } from './welcome.ts';

await orExplain(async () => {
  const { slack, port, host, logLevel, timeZone, defaultRelease } = readConfig();
  const log = createLog(logLevel);
  const bot = await loadBot({ log, timeZone, ...(defaultRelease && { defaultRelease }) });

  if (!slack) {
    const terminal = { input: process.stdin, output: process.stdout, user: userInfo().username };
    endOnBrokenPipe(terminal.output);
    process.stdout.write(await welcome(bot, terminal.user));
    if (process.stdin.isTTY && process.stdout.isTTY) await runPrompt(bot, terminal);
    return;
  }

  // An SDK is loaded only when its platform is configured.
  const { createSlack } = await import('./platforms/slack/slack.ts');
  const platform = createSlack({ bot, log, ...slack });
  const server = createHttpServer(platform.routes);
  const served = Object.keys(platform.routes);
  await platform.start();
  if (served.length > 0) log.info({ host, port: await listen(server, port, host), served }, 'listening');
  log.info({ platform: platform.name }, 'ready');

  process.on('unhandledRejection', (err) => log.error({ err }, 'a promise was rejected and nobody noticed'));
  onEnd(async () => {
    log.info('stopping: what is under way is still answered');
    await close(server);
    await platform.stop();
    log.info('stopped');
    process.exit();
  });
});
