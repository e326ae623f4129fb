import { createBot } from './bot.ts';
import { loadBot, loadParts } from './clusterwise.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import type { Platform } from './platforms/platform.ts';
import { onEnd, orExplain } from './process.ts';
import { close, createHttpServer, listen } from './server.ts';

await orExplain(async () => {
  const config = readConfig();
  const { slack, teams, port, host, logLevel, timeZone, defaultRelease } = config;
  const log = createLog(logLevel);
  const answering = { log, timeZone, ...(defaultRelease && { defaultRelease }) };

  // What is not configured is not loaded: the SDK of a platform takes half of the start.
  if (!slack && !teams) {
    const { welcome } = await import('./welcome.ts');
    return welcome(await loadBot(answering));
  }
  const [forSlack, forTeams, { openKeeper }, parts] = await Promise.all([
    slack && import('./platforms/slack/slack.ts'),
    teams && Promise.all([import('./platforms/teams/teams.ts'), import('./platforms/teams/conversations.ts')]),
    import('./keeper.ts'),
    loadParts(),
  ]);
  process.on('unhandledRejection', (err) => log.error({ err }, 'a promise was rejected and nobody noticed'));
  const keeper = await openKeeper({ ...config, ...parts, log });
  const bot = createBot({ ...parts, ...answering, kept: keeper.kept });
  const shared = { bot, log, events: keeper.events };
  const platforms: Platform[] = [];
  if (slack && forSlack) platforms.push(forSlack.createSlack({ ...shared, ...slack }));
  if (teams && forTeams) {
    const [{ createTeams }, { conversation }] = forTeams;
    const conversations = keeper.collection('conversations', conversation);
    platforms.push(createTeams({ ...shared, ...teams, conversations, suspend: keeper.suspend }));
  }
  const routes = Object.assign({}, keeper.routes, ...platforms.map((platform) => platform.routes));
  const server = createHttpServer(routes);

  /** What comes in ends first, then what is under way, then what keeps it. */
  async function stop(): Promise<void> {
    await close(server);
    keeper.rest();
    await Promise.all(platforms.map((platform) => platform.stop()));
    await keeper.close();
  }
  onEnd(async () => {
    log.info('stopping: what is under way is still answered');
    await stop();
    log.info('stopped');
  });
  try {
    const listening = await listen(server, port, host);
    log.info({ host, port: listening, served: [...Object.keys(routes), '/healthz'] }, 'listening');
    await Promise.all(platforms.map((platform) => platform.start()));
    await keeper.start(bot, new Map(platforms.map(({ name, poster }) => [name, poster])));
  } catch (error) {
    await stop();
    throw error;
  }
  log.info({ platforms: platforms.map(({ name }) => name), storage: keeper.describe }, 'ready');
  try {
    // Read now, when nobody waits for the start any more, rather than by whoever asks first.
    log.info({ topics: parts.knowledge.topics.length }, 'the entries are read');
  } catch (err) {
    log.error({ err }, 'the entries cannot be read: questions in plain words are not answered');
  }
});
