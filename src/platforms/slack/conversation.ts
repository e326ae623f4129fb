import type { RespondFn, SlashCommand, webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Collection } from '../../storage/storage.ts';
import { createOnce } from '../once.ts';
import type { Asking } from './asking.ts';
import { renderSlack } from './blocks.ts';
import { byMessage, byResponse, deliver } from './deliver.ts';
import { typedText } from './escape.ts';
import type { OpenForm } from './interaction.ts';

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

/** What the bot does with what people type. All of it comes after the acknowledgement. */
export function createConversation(made: {
  asking: Asking;
  openForm: OpenForm;
  client: webApi.WebClient;
  events: Collection<true>;
  log: Logger;
}) {
  const { asking, openForm, client, log } = made;
  const firstTime = createOnce(made.events, log);

  return {
    /** A slash command: answered to the asker alone, unless the answer is for the channel. */
    async slash(command: SlashCommand, respond: RespondFn): Promise<void> {
      const typed = typedText(command.text ?? '');
      const text = command.command === UMBRELLA ? typed || '/help' : `${command.command} ${typed}`.trim();
      const spot = { channel: command.channel_id, user: command.user_id };
      const answer = await asking.ask(text, spot, command.user_name);
      if (await openForm(answer, spot.channel, command.trigger_id)) return;
      const inChannel = answer.audience === 'channel';
      // What was not understood is of no use to the channel.
      const showable = answer.audience === undefined && !answer.problem;
      const rendered = renderSlack(answer, showable ? { show: text } : {});
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
      const answer = await asking.ask(typedText(text, botUserId), spot, '');
      await deliver(renderSlack(answer), byMessage(client, spot), log);
    },
  };
}
