import type { RespondFn, webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Message, Rendered } from './blocks.ts';
import { faultOf } from './logger.ts';

/** One way to post a message, and how to send the file that goes with a shortened answer. */
export type Way = {
  post(message: Message): Promise<unknown>;
  /** Taken when `post` fails: for a `response_url`, which expires. */
  otherwise?(message: Message): Promise<unknown>;
  upload(file: { filename: string; content: string }): Promise<unknown>;
};

/** Where a message was asked, as Slack names it. */
export type Spot = { channel: string; user: string; thread?: string };

const quiet = { unfurl_links: false, unfurl_media: false };

/** Posts an answer in order, then its file. Rejects when a message cannot be posted either way. */
export async function deliver({ messages, attachment }: Rendered, way: Way, log: Logger): Promise<void> {
  let { post } = way;
  for (const message of messages) {
    try {
      await post(message);
    } catch (error) {
      if (!way.otherwise || post === way.otherwise) throw error;
      log.warn({ fault: faultOf(error) }, 'a response_url failed, posting through the Web API');
      post = way.otherwise;
      await post(message);
    }
  }
  if (attachment) await way.upload(attachment);
}

/** Through the `response_url` of a command or of a press on a private message. */
export function byResponse(
  client: webApi.WebClient,
  respond: RespondFn,
  { channel, user }: Spot,
  how: { inChannel: boolean; replaces?: boolean },
): Way {
  const type = how.inChannel ? 'in_channel' : 'ephemeral';
  let replaces = how.replaces ?? false;
  return {
    post(message) {
      const replace_original = replaces;
      replaces = false;
      return respond({ response_type: type, replace_original, ...quiet, ...message });
    },
    otherwise: (message) =>
      how.inChannel
        ? client.chat.postMessage({ channel, ...quiet, ...message })
        : client.chat.postEphemeral({ channel, user, ...message }),
    // To the asker alone, so that nothing private becomes public.
    async upload(file) {
      const direct = (await client.conversations.open({ users: user })).channel?.id;
      if (!direct) throw new Error('Slack opened no direct message');
      await client.files.uploadV2({ channel_id: direct, ...file });
    },
  };
}

/** Into the conversation, in the thread if there is one. `replaces` is the `ts` of a message to edit instead. */
export function byMessage(client: webApi.WebClient, { channel, thread }: Spot, replaces?: string): Way {
  let edits = replaces;
  const inThread = thread ? { thread_ts: thread } : {};
  return {
    post(message) {
      const ts = edits;
      edits = undefined;
      if (ts) return client.chat.update({ channel, ts, ...message });
      return client.chat.postMessage({ channel, ...inThread, ...quiet, ...message });
    },
    upload: ({ filename, content }) =>
      thread
        ? client.files.uploadV2({ channel_id: channel, thread_ts: thread, filename, content })
        : client.files.uploadV2({ channel_id: channel, filename, content }),
  };
}
