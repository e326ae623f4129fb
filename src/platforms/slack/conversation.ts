import type { BlockAction, ButtonAction, RespondFn, SlashCommand, webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Bot } from '../../bot.ts';
import { renderSlack } from './blocks.ts';
import { byMessage, byResponse, deliver, type Spot } from './deliver.ts';
import { typedText } from './escape.ts';
import { most } from './limits.ts';
import { createOnce } from './once.ts';

/** Takes any command as its text, for what Slack keeps for itself (`/help`) and for workspaces with clashing names. */
export const UMBRELLA = '/clusterwise';

/** The kinds of message that people write; any other subtype is an edit, a notice or a bot. */
const WRITTEN = new Set([undefined, 'file_share', 'thread_broadcast']);

/** What is read of a message; the rest of Slack's event is not. */
export type Heard = {
  channel: string;
  ts: string;
  text?: string | undefined;
  user?: string | undefined;
  thread_ts?: string | undefined;
  bot_id?: string | undefined;
  subtype?: string | undefined;
};

/** What the bot does with each thing that Slack delivers. All of it comes after the acknowledgement. */
export function createConversation({ bot, client, log }: { bot: Bot; client: webApi.WebClient; log: Logger }) {
  const firstTime = createOnce();

  const ask = (text: string, { channel, user }: Spot, name: string) =>
    bot.ask({
      text,
      user: { id: user, name },
      place: { platform: 'slack', address: channel, kind: channel.startsWith('D') ? 'direct' : 'channel' },
      now: new Date(),
    });

  return {
    /** A slash command: answered to the asker alone, unless the answer is for the channel. */
    async slash(command: SlashCommand, respond: RespondFn): Promise<void> {
      const typed = typedText(command.text ?? '');
      const text = command.command === UMBRELLA ? typed || '/help' : `${command.command} ${typed}`.trim();
      const spot = { channel: command.channel_id, user: command.user_id };
      const answer = await ask(text, spot, command.user_name);
      const inChannel = answer.audience === 'channel';
      // What was not understood is of no use to the channel.
      const rendered = renderSlack(answer, inChannel || answer.problem ? {} : { show: text });
      await deliver(rendered, byResponse(client, respond, spot, { inChannel }), log);
    },

    /** A mention, answered in its thread, or a direct message. What bots and edits say is not answered. */
    async message(heard: Heard, botUserId: string | undefined): Promise<void> {
      const { channel, ts, text, user, thread_ts: thread, bot_id, subtype } = heard;
      if (!text || !user || user === botUserId || bot_id || !WRITTEN.has(subtype)) return;
      // A mention may also come as a message, under another event id: only channel and time are the same.
      if (!(await firstTime(`${channel} ${ts}`))) return;
      const direct = channel.startsWith('D');
      const spot = { channel, user, ...(thread || !direct ? { thread: thread ?? ts } : {}) };
      // A message names its author by id alone, and a form wants a name: better a blank to fill in.
      const answer = await ask(typedText(text, botUserId), spot, '');
      await deliver(renderSlack(answer), byMessage(client, spot), log);
    },

    /** A button: the text it carries is asked, and answered where it stands. */
    async press({ body, action, respond }: { body: BlockAction; action: ButtonAction; respond: RespondFn }) {
      const channel = body.channel?.id;
      const text = action.value;
      if (!channel || !text) return;
      const asker = { channel, user: body.user.id };
      const answer = await ask(text, asker, body.user.username);
      const replaces = answer.replaces ?? false;
      const { is_ephemeral: isPrivate } = body.container;
      if (action.action_id === 'show') {
        // One post is kept to take the private answer away.
        const shown = renderSlack(answer, { asked: { userId: asker.user, text }, posts: most.posts - 1 });
        await deliver(shown, byResponse(client, respond, asker, { inChannel: true }), log);
        await respond({ delete_original: true });
      } else if (isPrivate) {
        const rendered = renderSlack(answer, answer.problem ? {} : { show: text });
        await deliver(rendered, byResponse(client, respond, asker, { inChannel: false, replaces }), log);
      } else {
        const { ts, thread_ts: thread = ts } = body.message ?? { ts: undefined, thread_ts: undefined };
        await deliver(renderSlack(answer), byMessage(client, { ...asker, thread }, replaces ? ts : undefined), log);
      }
    },
  };
}
