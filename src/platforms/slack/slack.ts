import { App, type BlockAction, type ButtonAction, HTTPReceiver, webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Bot } from '../../bot.ts';
import type { Platform } from '../platform.ts';
import { createConversation, type Heard } from './conversation.ts';
import { faultOf, slackLogger } from './logger.ts';
import { createQueue } from './queue.ts';

const PATH = '/slack/events';
const TIMEOUT = 10_000;

type Made = { bot: Bot; log: Logger; botToken: string; signingSecret?: string; appToken?: string; apiUrl?: string };

/**
 * Slack, over HTTP (`routes` holds the path it calls) or, with an app token, over Socket Mode. Slack waits three seconds
 * for an acknowledgement, so nothing is done before it: no look-up, no middleware, one listener for all commands.
 */
export function createSlack({ bot, log, botToken, signingSecret, appToken, apiUrl }: Made): Platform {
  const logger = slackLogger(log);
  const clientOptions: webApi.WebClientOptions = {
    logger,
    // Slack's own defaults are no timeout and ten tries in half an hour; somebody waits for this answer.
    timeout: TIMEOUT,
    retryConfig: { retries: 2, minTimeout: 300, maxTimeout: 2000 },
    fetch: (url, init) => fetch(url, { signal: AbortSignal.timeout(TIMEOUT), ...init }),
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
  };
  const client = new webApi.WebClient(botToken, clientOptions);
  // Who we are is learnt at the start; acknowledgements do not wait for it.
  const identity: { botToken: string; botUserId?: string; botId?: string } = { botToken };
  const receiver = appToken ? undefined : new HTTPReceiver({ signingSecret: signingSecret ?? '', logger });
  const app = new App({
    ...(appToken ? { socketMode: true, appToken } : {}),
    ...(receiver ? { receiver } : {}),
    authorize: async () => ({ ...identity }),
    // Both would run before every acknowledgement: one keeps state we do not use, the other we do ourselves.
    convoStore: false,
    ignoreSelf: false,
    logger,
    clientOptions,
  });

  const conversation = createConversation({ bot, client, log });
  // A failure is logged without what was said.
  const answers = createQueue((error) => log.error({ fault: faultOf(error) }, 'an answer could not be posted'));

  app.command(/^\//, async ({ ack, command, respond }) => {
    await ack();
    answers.add(() => conversation.slash(command, respond));
  });
  app.action<BlockAction<ButtonAction>>({ type: 'block_actions' }, async ({ ack, body, action, respond }) => {
    await ack();
    answers.add(() => conversation.press({ body, action, respond }));
  });
  const hear = async (heard: Heard) => {
    // Without our own id a mention of us cannot be told from what was asked.
    if (!identity.botUserId) await signIn();
    await conversation.message(heard, identity.botUserId);
  };
  // Events are acknowledged by Bolt itself before any listener.
  app.event('app_mention', async ({ event }) => answers.add(() => hear(event)));
  app.event('message', async ({ event }) => {
    if (event.channel_type === 'im') answers.add(() => hear(event));
  });
  app.error(async (error) => log.error({ fault: faultOf(error) }, 'a delivery from Slack failed'));

  /** Asks Slack who we are. A refused token ends the start; no answer does not: the next message asks again. */
  async function signIn(): Promise<void> {
    try {
      const { user_id: botUserId, bot_id: botId } = await client.auth.test();
      Object.assign(identity, { botUserId, botId });
    } catch (error) {
      if (error instanceof webApi.WebAPIPlatformError)
        throw new Error(`Slack refused SLACK_BOT_TOKEN: ${error.data.error}.`);
      log.warn({ fault: faultOf(error) }, 'Slack did not answer auth.test, going on without');
    }
  }

  return {
    name: 'slack',
    routes: receiver
      ? {
          [PATH](request, response) {
            try {
              receiver.requestListener(request, response);
            } catch {
              // Bolt throws at a path or method that it does not serve.
              response.writeHead(404).end();
            }
          },
        }
      : {},
    async start() {
      await signIn();
      if (receiver) return;
      try {
        await app.start();
      } catch (error) {
        throw new Error(
          `Slack opened no Socket Mode connection (${faultOf(error)}): check SLACK_APP_TOKEN, or start again later.`,
        );
      }
    },
    async stop() {
      if (!receiver) await app.stop();
      await answers.idle();
    },
  };
}
