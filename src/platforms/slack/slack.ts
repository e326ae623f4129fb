import { App, type BlockAction, type ButtonAction, HTTPReceiver, type ViewSubmitAction, webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Bot } from '../../bot.ts';
import { type Clock, type Collection, systemClock } from '../../storage/storage.ts';
import { faultOf } from '../fault.ts';
import type { Platform } from '../platform.ts';
import { createAsking } from './asking.ts';
import { createConversation, type Heard } from './conversation.ts';
import { createInteraction, createOpenForm } from './interaction.ts';
import { slackLogger } from './logger.ts';
import { FORM } from './modal.ts';
import { createPeople } from './people.ts';
import { createPoster } from './poster.ts';
import { createQueue } from './queue.ts';

const PATH = '/slack/events';
const TIMEOUT = 10_000;
/** Milliseconds for what has to be there within the three seconds that Slack waits. */
const HURRY = 1500;

type Made = {
  bot: Bot;
  log: Logger;
  /** The messages that were answered, which replicas share. */
  events: Collection<true>;
  botToken: string;
  signingSecret?: string;
  appToken?: string;
  apiUrl?: string;
  clock?: Clock;
};

/**
 * Slack, over HTTP (`routes` holds the path it calls) or, with an app token, over Socket Mode. Slack waits three seconds
 * for an acknowledgement, so nothing is done before it but to keep what a press changes: no middleware, one listener for
 * all commands.
 */
export function createSlack(made: Made): Platform {
  const { bot, log, events, botToken, signingSecret, appToken, apiUrl, clock = systemClock } = made;
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
  const once = { ...clientOptions, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
  const hurried = new webApi.WebClient(botToken, { ...once, timeout: HURRY });
  const { poster, stop: stopPosting } = createPoster({ client: new webApi.WebClient(botToken, once), clock, log });
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

  // A failure is logged without what was said.
  const answers = createQueue((error) => log.error({ fault: faultOf(error) }, 'an answer could not be posted'));
  const asking = createAsking({ bot, people: createPeople(hurried, log), clock });
  const shared = { asking, openForm: createOpenForm(hurried, log), client, log };
  const conversation = createConversation({ ...shared, events });
  const interaction = createInteraction({ ...shared, clock, later: answers.add });

  app.command(/^\//, async ({ ack, command, respond }) => {
    await ack();
    answers.add(() => conversation.slash(command, respond));
  });
  app.action<BlockAction<ButtonAction>>({ type: 'block_actions' }, interaction.press);
  app.view<ViewSubmitAction>({ callback_id: FORM, type: 'view_submission' }, interaction.submit);
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
    poster,
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
      await stopPosting();
    },
  };
}
