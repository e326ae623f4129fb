import { createBot } from './bot.ts';
import { loadBot, loadParts } from './clusterwise.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { onEnd, orExplain } from './process.ts';
import { close, createHttpServer, listen } from './server.ts';

await orExplain(async () => {
  const config = readConfig();
  const { slack, port, host, logLevel, timeZone, defaultRelease } = config;
  const log = createLog(logLevel);
  const answering = { log, timeZone, ...(defaultRelease && { defaultRelease }) };

  // What is not configured is not loaded: Slack’s SDK takes half of the start.
  if (!slack) {
    const { welcome } = await import('./welcome.ts');
    return welcome(await loadBot(answering));
  }
  const [{ createSlack }, { openKeeper }, parts] = await Promise.all([
    import('./platforms/slack/slack.ts'),
    import('./keeper.ts'),
    loadParts(),
  ]);
  process.on('unhandledRejection', (err) => log.error({ err }, 'a promise was rejected and nobody noticed'));
  const keeper = await openKeeper({ ...config, ...parts, log });
  const bot = createBot({ ...parts, ...answering, kept: keeper.kept });
  const platform = createSlack({ bot, log, events: keeper.events, ...slack });
  const routes = { ...platform.routes, ...keeper.routes };
  const server = createHttpServer(routes);
  /** What comes in ends first, then what is under way, then what keeps it. */
  async function stop(): Promise<void> {
    await close(server);
    await platform.stop();
    await keeper.close();
  }
  try {
    const listening = await listen(server, port, host);
    log.info({ host, port: listening, served: [...Object.keys(routes), '/healthz'] }, 'listening');
    await platform.start();
    await keeper.start(bot, new Map([[platform.name, platform.poster]]));
  } catch (error) {
    await stop();
    throw error;
  }
  log.info({ platform: platform.name, storage: keeper.describe }, 'ready');

  onEnd(async () => {
    log.info('stopping: what is under way is still answered');
    await stop();
    log.info('stopped');
    process.exit();
  });
});
