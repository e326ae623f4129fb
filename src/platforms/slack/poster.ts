import { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Answer } from '../../answer.ts';
import type { Poster } from '../../reminders/poster.ts';
import type { Clock } from '../../storage/storage.ts';
import { faultOf } from '../fault.ts';
import { createPace } from '../pace.ts';
import { type File, filesOf, type Message, renderSlack } from './blocks.ts';
import { directWith, quiet, upload } from './deliver.ts';
import { codeOf, refusalOf } from './refusals.ts';

/** Milliseconds between two messages in a channel: Slack takes about one a second. */
const GAP = 1000;

/** Slack says itself how long a call is put off, and nothing else is made again here. */
const putOff = (error: unknown) =>
  error instanceof webApi.WebAPIRateLimitedError ? error.retryAfter * 1000 : undefined;

const archived = 'This channel is archived: unarchive it, then ask again.';
const absent = 'I am not in this channel: type /invite @Clusterwise here, then ask again.';

function single(answer: Answer): { message: Message; files: File[] } {
  const rendered = renderSlack(answer, { posts: 1 });
  const [message = { text: answer.headline, blocks: [] }] = rendered.messages;
  return { message, files: filesOf(rendered) };
}

/**
 * What the bot posts by itself. Nothing is tried again here but what Slack puts off: that belongs to whoever asks.
 * @param made.client one that neither tries again nor waits by itself
 */
export function createPoster(made: { client: webApi.WebClient; clock: Clock; log: Logger }) {
  const { client, clock, log } = made;
  const posts = createPace({ clock, gap: GAP, putOff });
  // Edits and look-ups have lines of their own: somebody looks at the message that they pressed.
  const calls = createPace({ clock, gap: 0, putOff });

  /** @throws Refused where Slack’s code means that it would go no better later */
  const orRefused = <Result>(call: Promise<Result>): Promise<Result> =>
    call.catch((error) => {
      throw refusalOf(error);
    });

  /** Adds a file to what was posted. A failure is logged alone: thrown, it would make the post come twice. */
  const add = (file: File, spot: { channel: string; thread?: string }): Promise<void> =>
    calls
      .turn(`file ${spot.channel}`, () => upload(client, spot, file))
      .then(
        () => {},
        (error) => log.error({ fault: faultOf(error) }, 'the file of a message could not be uploaded'),
      );

  const poster: Poster = {
    async post(address, answer, { thread, still, kept } = {}) {
      const send = async () => {
        const { message, files } = single(answer);
        const below = thread ? { thread_ts: thread } : {};
        const { ts = '' } = await client.chat.postMessage({ channel: address, ...below, ...quiet, ...message });
        // The name of the message is not kept waiting for its files.
        for (const file of files) void add(file, { channel: address, ...(thread && { thread }) });
        await kept?.(ts);
      };
      await orRefused(posts.turn(address, send, still));
    },

    async edit(address, message, answer) {
      const send = () => client.chat.update({ channel: address, ts: message, ...single(answer).message });
      await orRefused(calls.turn(`${address} ${message}`, send));
    },

    async tell({ id }, answer) {
      const direct = await orRefused(calls.turn(id, () => directWith(client, id)));
      if (direct) await poster.post(direct, answer);
    },

    async obstacle(address) {
      if (address.startsWith('D')) return undefined;
      try {
        const { channel } = await client.conversations.info({ channel: address });
        if (channel?.is_archived) return archived;
        return channel?.is_member === false ? absent : undefined;
      } catch (error) {
        // A private channel is not found by those who are not in it.
        if (codeOf(error) === 'channel_not_found') return absent;
        log.warn({ fault: faultOf(error) }, 'Slack did not say whether a channel can be posted into');
        return undefined;
      }
    },
  };

  return {
    poster,
    /** Nothing more is posted; resolves when what was under way has landed. */
    stop: async () => void (await Promise.all([posts.stop(), calls.stop()])),
  };
}
