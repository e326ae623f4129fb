import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { parse, stringify } from 'node:querystring';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { occurrenceKey, reminderKey } from '../../src/reminders/reminder.ts';
import { close, listen } from '../../src/server.ts';
import type { Chance } from './chance.ts';

export const SECRET = 'a signing secret';
/** Milliseconds that a post takes at most to be answered. */
const SLOWEST = 20;

/** A card as it reached Slack: of which occurrence, and from which run of the program. */
export type Post = { key: string; run: number; channel: string; ts: string; done: string };

/** A stand-in for Slack on loopback that notes what is posted. A message is there when it arrives, before it is answered. */
export async function openWorkspace(chance: Chance) {
  const posts: Post[] = [];

  const server = createServer(async (request, response) => {
    const [, run = '', , method] = (request.url ?? '').split('/');
    const { channel, blocks } = parse(await text(request));
    const answer = { ok: true, user_id: 'UBOT', bot_id: 'BBOT', ts: `${1_700_000_000 + posts.length}.000100` };
    if (method === 'chat.postMessage') {
      const [done = '', number, occurrence = ''] = /\/reminder done (\d+) ([^"]+)/.exec(String(blocks)) ?? [];
      const key = occurrenceKey(
        reminderKey({ platform: 'slack', address: String(channel) }, Number(number)),
        occurrence,
      );
      posts.push({ key, run: Number(run), channel: String(channel), ts: answer.ts, done });
      await pause(chance.upTo(SLOWEST));
    }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  const url = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;

  return {
    posts,
    /** Where a run of the program finds Slack: the address tells whose call it is. */
    apiUrl: (run: number) => `${url}/${run}/api/`,
    /** Presses Done on a card; resolves once it is acknowledged, with whether it was. */
    async press({ channel, ts, done }: Post, port: number): Promise<boolean> {
      const payload = {
        type: 'block_actions',
        user: { id: 'U2', username: 'presser' },
        team: { id: 'T1', domain: 'test' },
        channel: { id: channel, name: 'hyper-v' },
        container: { type: 'message', message_ts: ts, is_ephemeral: false },
        message: { type: 'message', ts },
        response_url: `${url}/0/api/respond`,
        trigger_id: '4.5.6',
        actions: [{ type: 'button', block_id: 'b', action_ts: '1.1', action_id: 'ask-0', value: done }],
      };
      const body = stringify({ payload: JSON.stringify(payload) });
      const time = String(Math.floor(Date.now() / 1000));
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': time,
        'x-slack-signature': `v0=${createHmac('sha256', SECRET).update(`v0:${time}:${body}`).digest('hex')}`,
      };
      const signal = AbortSignal.timeout(5000);
      const to = `http://127.0.0.1:${port}/slack/events`;
      return fetch(to, { method: 'POST', headers, body, signal }).then(
        ({ status }) => status === 200,
        () => false,
      );
    },
    close: () => close(server),
  };
}

export type Workspace = Awaited<ReturnType<typeof openWorkspace>>;
