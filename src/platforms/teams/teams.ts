import type { TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Bot } from '../../bot.ts';
import { type Clock, type Collection, systemClock } from '../../storage/storage.ts';
import { createOnce } from '../once.ts';
import { inTime } from '../patience.ts';
import type { Platform } from '../platform.ts';
import type { Inbound } from './activity.ts';
import { authenticationOf, Entrance, type Identity } from './authentication.ts';
import { bareId, type Conversation } from './conversations.ts';
import { createEndpoint } from './endpoint.ts';
import { type Acknowledge, createInteraction, toPresser } from './interaction.ts';
import { createMembership, isJoining, isLeaving, type Suspend } from './membership.ts';
import { createPoster } from './poster.ts';
import { pressOf } from './pressed.ts';
import { typedText } from './text.ts';

const PATH = '/api/messages';
/** Milliseconds that the end waits for the turns under way. */
const GRACE = 10_000;

type Made = Identity & {
  bot: Bot;
  log: Logger;
  /** The messages that were answered, which replicas share. */
  events: Collection<true>;
  conversations: Collection<Conversation>;
  suspend: Suspend;
  /** Lets the bot start without the id of an app, and then anybody speak for Teams. */
  development?: true;
  /** How tokens are checked and got, when not as Microsoft’s public cloud does. */
  authentication?: ReturnType<typeof authenticationOf>;
  clock?: Clock;
};

/** What an invoke of a card’s button holds. */
const invoked = z.object({ action: z.object({ data: z.unknown().optional() }) });

/**
 * Microsoft Teams, over HTTP. Teams waits some ten seconds for the end of a turn, and a press is acknowledged within it.
 * @throws Error without the id of an app, unless `development` is set
 */
export function createTeams(made: Made): Platform {
  const { bot, log, events, conversations, suspend, clock = systemClock, appId, development } = made;
  if (!appId && !development)
    throw new Error('Please set MicrosoftAppId: without it anybody could speak to the bot as if they were Teams.');
  const entrance = new Entrance(made.authentication ?? authenticationOf(made));
  const { poster, stop: stopPosting } = createPoster({
    adapter: entrance,
    appId: appId ?? '',
    conversations,
    clock,
    log,
  });
  const firstTime = createOnce(events, log);
  const membership = createMembership({ conversations, suspend, log });
  const interaction = createInteraction({ bot, clock, log });

  async function turn(context: TurnContext, activity: Inbound, acknowledge: (body: object) => void): Promise<void> {
    if (isLeaving(activity)) return membership.forget(activity);
    await membership.remember(activity);
    if (isJoining(activity)) return welcome(context, activity);
    if (activity.type === 'invoke' && activity.name === 'adaptiveCard/action')
      return press(context, activity, invoked.safeParse(activity.value).data?.action.data, acknowledge);
    if (activity.type === 'message') return hear(context, activity);
  }

  /** Whether an activity has not come before; some kinds have no id. */
  const isNew = async ({ id, conversation }: Inbound) => !id || firstTime(`${conversation.id} ${id}`);

  /** Says what can be asked, once: Teams tells of an installation in two ways. */
  async function welcome(context: TurnContext, activity: Inbound): Promise<void> {
    if (await firstTime(`${bareId(activity.conversation.id)} welcome`))
      await interaction.say(context, await interaction.ask(context, '/help', activity));
  }

  /** A message is answered in its thread; what bots say, and a message without words, is not. */
  async function hear(context: TurnContext, activity: Inbound): Promise<void> {
    const { from, text, value } = activity;
    if (!from || from.role === 'bot' || from.id.startsWith('28:')) return;
    // A client that is too old for Action.Execute sends what a button holds as a message.
    if (pressOf(value)) return press(context, activity, value, undefined);
    if (!text?.trim() || !(await isNew(activity))) return;
    await interaction.say(context, await interaction.ask(context, typedText(activity), activity));
  }

  async function press(
    context: TurnContext,
    activity: Inbound,
    sent: unknown,
    acknowledge: Acknowledge,
  ): Promise<void> {
    const pressed = pressOf(sent);
    if (!pressed) return acknowledge?.(toPresser('I don’t know this button: please ask me again.'));
    if (!(await isNew(activity))) return acknowledge?.(toPresser('I have that already.'));
    await interaction.press(context, activity, pressed, acknowledge);
  }

  const { listener, idle } = createEndpoint({ entrance, turn, log });
  return {
    name: 'teams',
    poster,
    routes: { [PATH]: listener },
    async start() {},
    async stop() {
      await inTime(idle(), GRACE, clock);
      await stopPosting();
    },
  };
}
