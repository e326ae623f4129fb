import type { RespondFn, webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { faultOf } from '../fault.ts';
import { type File, filesOf, type Message, type Rendered } from './blocks.ts';

/** One way to post a message, and how to send a file that goes with it. */
export type Way = {
  post(message: Message): Promise<unknown>;
  /** Taken when `post` fails: a `response_url` expires, and not every channel lets us post. */
  otherwise?(message: Message): Promise<unknown>;
  upload(file: File): Promise<unknown>;
};

/** Where a message was asked, as Slack names it. */
export type Spot = { channel: string; user: string; thread?: string };

export const quiet = { unfurl_links: false, unfurl_media: false };

/** Posts an answer in order, then its files. Rejects when a message cannot be posted either way. */
export async function deliver(rendered: Rendered, way: Way, log: Logger): Promise<void> {
  let { post } = way;
  for (const message of rendered.messages) {
    try {
      await post(message);
    } catch (error) {
      if (!way.otherwise || post === way.otherwise) throw error;
      log.warn({ fault: faultOf(error) }, 'an answer could not be posted, taking another way');
      post = way.otherwise;
      await post(message);
    }
  }
  for (const file of filesOf(rendered)) await way.upload(file);
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
    upload: (file) => uploadAlone(client, user, file),
  };
}

/** To one person alone in a channel, or in a direct message where that is refused. */
export function byWhisper(client: webApi.WebClient, { channel, user }: Spot): Way {
  return {
    post: (message) => client.chat.postEphemeral({ channel, user, ...message }),
    otherwise: async (message) =>
      client.chat.postMessage({ channel: await directWith(client, user), ...quiet, ...message }),
    upload: (file) => uploadAlone(client, user, file),
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
    upload: (file) => upload(client, { channel, ...(thread && { thread }) }, file),
  };
}

/** Puts a file into a conversation, or below a message of it. */
export function upload(client: webApi.WebClient, { channel, thread }: Omit<Spot, 'user'>, file: File) {
  // The client wants the thread or no such property at all.
  return thread
    ? client.files.uploadV2({ channel_id: channel, thread_ts: thread, ...file })
    : client.files.uploadV2({ channel_id: channel, ...file });
}

/** The direct message between the bot and a person. */
export async function directWith(client: webApi.WebClient, user: string): Promise<string> {
  const direct = (await client.conversations.open({ users: user })).channel?.id;
  if (!direct) throw new Error('Slack opened no direct message');
  return direct;
}

/** To the asker alone, so that nothing private becomes public. */
async function uploadAlone(client: webApi.WebClient, user: string, file: File): Promise<void> {
  await upload(client, { channel: await directWith(client, user) }, file);
}
