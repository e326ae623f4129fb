import type { Activity, BotFrameworkAdapter, CloudAdapter } from 'botbuilder';
import type { Logger } from 'pino';
import type { Answer } from '../../answer.ts';
import { type Poster, Refused } from '../../reminders/poster.ts';
import type { Clock, Collection } from '../../storage/storage.ts';
import { createPace } from '../pace.ts';
import { activityOf } from './activity.ts';
import { renderTeams } from './cards.ts';
import type { Conversation } from './conversations.ts';
import { absent, putOff, refusalOf, Unauthorized } from './refusals.ts';

/** Milliseconds between two messages in a conversation, which is Teams’ limit for an hour; those for less allow more. */
const GAP = 2000;
/** How long the Bot Connector may take to answer; its client waits for ever. */
const limited = { timeout: 30_000 };

/** The client of the Bot Connector, which only the package below botbuilder names. */
type Connector = ReturnType<BotFrameworkAdapter['createConnectorClient']>;

/** The answer as one message. */
function single(answer: Answer): Partial<Activity> {
  const [message] = renderTeams(answer, { messages: 1 });
  if (!message) throw new Error('An answer was rendered as no message.');
  return activityOf(message);
}

/** Takes from a client what it tries again by itself, with timers of its own and not all that Teams wants tried again. */
function once(client: Connector): Connector {
  // The client has an option for it that does nothing, so that only its private pipeline is left.
  const { client: inner } = client as unknown as { client: { pipeline: { removePolicy(by: { name: string }): void } } };
  inner.pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  return client;
}

/** What the bot says by itself. A message is named by the id of its activity. */
export function createPoster(made: {
  adapter: CloudAdapter;
  appId: string;
  conversations: Collection<Conversation>;
  clock: Clock;
  log: Logger;
}) {
  const { adapter, appId, conversations, clock, log } = made;
  const posts = createPace({ clock, gap: GAP, putOff });
  // Edits and look-ups have lines of their own: somebody looks at the message that they pressed.
  const calls = createPace({ clock, gap: 0, putOff });

  /** Calls the Bot Connector. What fails is taken out of the turn, which ends well with an `onTurnError` whatever fails. */
  async function connected<T>({ serviceUrl, bot }: Conversation, call: (to: Connector) => Promise<T>): Promise<T> {
    const outcome: { call?: Promise<T> } = {};
    await adapter.continueConversationAsync(appId, { channelId: 'msteams', serviceUrl, bot }, async (context) => {
      outcome.call = call(once(context.turnState.get(adapter.ConnectorClientKey)));
      await outcome.call.catch(() => {});
    });
    if (!outcome.call) throw new Error('The Bot Connector was not called.');
    return outcome.call;
  }

  /** @throws Refused where what Teams says means that it would go no better later */
  const orRefused = <T>(call: Promise<T>, person?: boolean): Promise<T> =>
    call.catch((error) => {
      const refusal = refusalOf(error, person);
      if (refusal instanceof Unauthorized) log.error({ fault: refusal.message }, 'the bot cannot post to Teams');
      throw refusal;
    });

  async function known(address: string): Promise<Conversation> {
    const conversation = await conversations.get(address);
    if (!conversation) throw new Refused(absent);
    return conversation;
  }

  /** Any conversation: it is taken to be of the tenant of whoever is told, and reached through the same service. */
  async function nearest(): Promise<Conversation> {
    for await (const [, conversation] of conversations.entries()) return conversation;
    throw new Refused(absent);
  }

  /** Starts a thread in a channel, which takes its first message with it. */
  async function begin(to: Conversation, address: string, activity: Partial<Activity>): Promise<string> {
    const { tenantId, bot } = to;
    const { id, activityId } = await connected(to, ({ conversations }) =>
      conversations.createConversation(
        {
          isGroup: true,
          bot,
          ...(tenantId && { tenantId }),
          channelData: { channel: { id: address }, ...(tenantId && { tenant: { id: tenantId } }) },
          // What is left out of an activity is for Teams to say.
          activity: activity as Activity,
        },
        limited,
      ),
    );
    return activityId ?? id?.split(';messageid=')[1] ?? '';
  }

  /** Sends a message and returns its name. */
  async function send(to: Conversation, address: string, answer: Answer, thread?: string): Promise<string> {
    const activity = single(answer);
    if (to.kind === 'channel' && !thread) return begin(to, address, activity);
    const { id } = await connected(to, ({ conversations }) =>
      conversations.sendToConversation(spot(to, address, thread), activity, limited),
    );
    return id ?? '';
  }

  const poster: Poster = {
    async post(address, answer, { thread, still, kept } = {}) {
      const call = async () => {
        const name = await send(await known(address), address, answer, thread);
        await kept?.(name);
      };
      await orRefused(posts.turn(address, call, still));
    },

    async edit(address, message, answer) {
      const call = async () => {
        const to = await known(address);
        await connected(to, ({ conversations }) =>
          conversations.updateActivity(spot(to, address, message), message, single(answer), limited),
        );
      };
      await orRefused(calls.turn(`${address} ${message}`, call));
    },

    async tell({ id, name }, answer) {
      const nearby = await nearest();
      const { tenantId, bot } = nearby;
      const members = [{ id, name }];
      const open = () =>
        connected(nearby, ({ conversations }) =>
          conversations.createConversation(
            { isGroup: false, bot, members, ...(tenantId && { tenantId }), channelData: {} },
            limited,
          ),
        );
      const direct = await orRefused(calls.turn(id, open), true);
      if (!direct) return;
      const alone: Conversation = { ...nearby, kind: 'personal' };
      await orRefused(
        posts.turn(direct.id, () => send(alone, direct.id, answer)),
        true,
      );
    },

    obstacle: async (address) => ((await conversations.get(address)) ? undefined : absent),
  };

  return {
    poster,
    /** Nothing more is posted; resolves when what was under way has landed. */
    stop: async () => void (await Promise.all([posts.stop(), calls.stop()])),
  };
}

/** Where a message of a conversation is, or what goes below it: only channels have threads. */
const spot = ({ kind }: Conversation, address: string, message?: string): string =>
  kind === 'channel' && message ? `${address};messageid=${message}` : address;
