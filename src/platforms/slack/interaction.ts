import type {
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
  webApi,
} from '@slack/bolt';
import type { Logger } from 'pino';
import type { Answer } from '../../answer.ts';
import type { Clock } from '../../storage/storage.ts';
import { faultOf } from '../fault.ts';
import { inTime } from '../patience.ts';
import type { Asking } from './asking.ts';
import { renderSlack } from './blocks.ts';
import { byMessage, byResponse, byWhisper, deliver } from './deliver.ts';
import { most } from './limits.ts';
import { modalOf, submitted } from './modal.ts';

/** Milliseconds that an acknowledgement waits at most for what it acknowledges; Slack waits three seconds for it. */
const PATIENCE = 2500;

/** Opens the form of an answer, if it has one. Whether it is open: else the answer is to be posted. */
export type OpenForm = (answer: Answer, channel: string, trigger: string) => Promise<boolean>;

/** @param client one that does not wait longer than Slack’s three seconds for a form */
export function createOpenForm(client: webApi.WebClient, log: Logger): OpenForm {
  return async ({ form }, channel, trigger) => {
    if (!form) return false;
    try {
      await client.views.open({ trigger_id: trigger, view: modalOf(form, channel) });
      return true;
    } catch (error) {
      log.warn({ fault: faultOf(error) }, 'a form could not be opened, answering in words');
      return false;
    }
  };
}

type Press = SlackActionMiddlewareArgs<BlockAction<ButtonAction>>;
type Submission = SlackViewMiddlewareArgs<ViewSubmitAction>;

/**
 * What the bot does with buttons and forms. What can change something is asked before it is acknowledged, so that a
 * process that ends right behind the acknowledgement has kept it; all else is acknowledged first.
 */
export function createInteraction(made: {
  asking: Asking;
  openForm: OpenForm;
  client: webApi.WebClient;
  clock: Clock;
  log: Logger;
  /** Takes what is done after the acknowledgement. */
  later: (job: () => Promise<void>) => void;
}) {
  const { asking, openForm, client, clock, log, later } = made;

  /** The answer to a press, shown where the button stands. */
  async function show(answer: Answer, text: string, { body, action, respond }: Press): Promise<void> {
    const channel = body.channel?.id ?? '';
    if (answer.shown || (await openForm(answer, channel, body.trigger_id))) return;
    const asker = { channel, user: body.user.id };
    const replaces = answer.replaces ?? false;
    const isPrivate = body.container.is_ephemeral === true;
    const changes = asking.changes(text);
    if (action.action_id === 'show') {
      // One post is kept to take the private answer away.
      const shown = renderSlack(answer, { asked: { userId: asker.user, text }, posts: most.posts - 1 });
      await deliver(shown, byResponse(client, respond, asker, { inChannel: true }), log);
      await respond({ delete_original: true });
    } else if (isPrivate) {
      const rendered = renderSlack(answer, answer.problem || answer.audience ? {} : { show: text });
      await deliver(rendered, byResponse(client, respond, asker, { inChannel: false, replaces }), log);
    } else if (changes && (answer.problem || answer.audience !== 'channel')) {
      // The message is for all who read it; what only the presser needs to know is not.
      await deliver(renderSlack(answer), byResponse(client, respond, asker, { inChannel: false }), log);
    } else {
      const { ts, thread_ts: thread = ts } = body.message ?? { ts: undefined, thread_ts: undefined };
      await deliver(renderSlack(answer), byMessage(client, { ...asker, thread }, replaces ? ts : undefined), log);
    }
  }

  return {
    /** A button: the text it carries is asked. */
    async press(press: Press): Promise<void> {
      const { ack, body, action } = press;
      const channel = body.channel?.id;
      const text = action.value;
      if (!channel || !text) return ack();
      const ask = () => asking.ask(text, { channel, user: body.user.id }, body.user.username);
      const asked = asking.changes(text) ? ask() : undefined;
      if (asked) await inTime(asked, PATIENCE, clock);
      await ack();
      later(async () => show(await (asked ?? ask()), text, press));
    },

    /** A form: what is wrong is said in it, and it closes when nothing is. */
    async submit({ ack, body, view }: Submission): Promise<void> {
      const { channel, text, errors } = submitted(view);
      const spot = { channel, user: body.user.id };
      const asked = asking.ask(text, spot, body.user.name);
      const answer = await inTime(asked, PATIENCE, clock);
      if (answer?.problem === 'input') return ack({ response_action: 'errors', errors: errors(answer.headline) });
      await ack();
      later(async () => {
        const { shown, ...said } = await asked;
        if (!shown) await deliver(renderSlack(said), byWhisper(client, spot), log);
      });
    },
  };
}
