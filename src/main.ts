import { loadBot } from './clusterwise.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { onEnd, orExplain } from './process.ts';
import { close, createHttpServer, listen } from './server.ts';

await orExplain(async () => {
  const { slack, port, host, logLevel, timeZone, defaultRelease } = readConfig();
  const log = createLog(logLevel);
  const bot = await loadBot({ log, timeZone, ...(defaultRelease && { defaultRelease }) });

  // A platform is loaded only when it is configured: Slack's SDK takes half of the start.
  if (!slack) {
    const { welcome } = await import('./welcome.ts');
    return welcome(bot);
  }
  const { createSlack } = await import('./platforms/slack/slack.ts');
  const platform = createSlack({ bot, log, ...slack });
  process.on('unhandledRejection', (err) => log.error({ err }, 'a promise was rejected and nobody noticed'));
  const server = createHttpServer(platform.routes);
  log.info(
    { host, port: await listen(server, port, host), served: [...Object.keys(platform.routes), '/healthz'] },
    'listening',
  );
  try {
    await platform.start();
  } catch (error) {
    await close(server);
    throw error;
  }
  log.info({ platform: platform.name }, 'ready');

  onEnd(async () => {
    log.info('stopping: what is under way is still answered');
    await close(server);
    await platform.stop();
    log.info('stopped');
    process.exit();
  });
});
