import type { TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import type { Answer } from '../../answer.ts';
import type { Bot } from '../../bot.ts';
import type { Form } from '../../form.ts';
import type { Clock } from '../../storage/storage.ts';
import { changing } from '../changing.ts';
import { faultOf } from '../fault.ts';
import { inTime } from '../patience.ts';
import { activityOf, type Inbound, placeOf } from './activity.ts';
import { renderTeams } from './cards.ts';
import { named } from './people.ts';
import type { Press } from './pressed.ts';

/**
 * Milliseconds that an acknowledgement waits at most for the answer, so that it can say it; and for what is to be kept
 * before it is acknowledged. Teams waits about ten seconds.
 */
const PATIENCE = { answer: 1000, kept: 2500 };

/** Answers the request of a press; absent where the press came as a message. */
export type Acknowledge = ((body: object) => void) | undefined;

/** The answer to a press that its presser alone is shown. Teams takes an empty one for a failure, and presses again. */
export const toPresser = (value: string): object => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value,
});

/** Where the answer to a press is seen: by its presser alone, in the message pressed, as what became of it, or below it. */
type Where = 'presser' | 'message' | 'shown' | 'thread';

/**
 * What acknowledges a press whose answer is there. A form that has to be put right comes back as it was filled in: the client
 * empties it when it is sent.
 */
function acknowledgement(answer: Answer, where: Where, form?: Form): object {
  if (where === 'thread') return toPresser('My answer is below.');
  if (where === 'message') return toPresser('My answer is here.');
  const [again] = where === 'presser' && form ? renderTeams({ ...answer, form }) : [];
  if (!again) return toPresser(answer.headline);
  return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: again.card };
}

/** How the bot is asked from Teams, and what becomes of its answers. All of it happens within a turn. */
export function createInteraction({ bot, clock, log }: { bot: Bot; clock: Clock; log: Logger }) {
  const changes = changing(bot);

  async function ask(context: TurnContext, text: string, activity: Inbound): Promise<Answer> {
    const { id = '', name } = activity.from ?? {};
    return bot.ask({
      // What is going to be kept wants names.
      text: changes(text) ? await named(text, context, log) : text,
      user: { id, name: name ?? '' },
      place: placeOf(activity),
      now: new Date(clock.now()),
    });
  }

  /** Says an answer in the thread, in order; its first message takes the place of `replaced`, if that can be done. */
  async function say(context: TurnContext, answer: Answer, replaced?: string | null): Promise<void> {
    const [first, ...others] = renderTeams(answer).map(activityOf);
    if (!first) return;
    const isReplaced = replaced && (await replace(context, { ...first, id: replaced }));
    if (!isReplaced) await context.sendActivity(first);
    for (const message of others) await context.sendActivity(message);
  }

  async function replace(context: TurnContext, message: ReturnType<typeof activityOf>): Promise<boolean> {
    try {
      await context.updateActivity(message);
      return true;
    } catch (error) {
      log.warn({ fault: faultOf(error) }, 'a message could not be changed, answering below it');
      return false;
    }
  }

  /** Where the answer to a press is seen. A form that was taken gives way to its answer, so that it is sent once. */
  function whereOf(answer: Answer, { text, form }: Press, activity: Inbound): Where {
    const { headline, problem, audience, ...more } = answer;
    if (problem) return 'presser';
    if (form || answer.replaces) return 'message';
    if (answer.shown) return 'shown';
    // A channel need not read what it can see to have been done, or that it was done already.
    const isSentence = Object.keys(more).length === 0;
    const isForAll = audience === 'channel' || placeOf(activity).kind === 'direct';
    return isSentence && changes(text) && !isForAll ? 'presser' : 'thread';
  }

  return {
    ask,
    say,

    /** A button or a form: the text it carries is asked. */
    async press(context: TurnContext, activity: Inbound, pressed: Press, acknowledge: Acknowledge): Promise<void> {
      const { text, form } = pressed;
      const asked = ask(context, text, activity);
      if (acknowledge) {
        const soon = await inTime(asked, changes(text) ? PATIENCE.kept : PATIENCE.answer, clock);
        const seen = soon && whereOf(soon, pressed, activity);
        const later = 'One moment please: my answer comes below.';
        acknowledge(soon && seen ? acknowledgement(soon, seen, form) : toPresser(later));
        if (seen === 'presser') return;
      }
      const answer = await asked;
      const where = whereOf(answer, pressed, activity);
      if (where !== 'shown') await say(context, answer, where === 'message' ? activity.replyToId : undefined);
    },
  };
}
