import { createHmac } from 'node:crypto';
import { Agent, createServer, request } from 'node:http';
import { stringify } from 'node:querystring';
import { setTimeout as pause } from 'node:timers/promises';
import { listen } from '../../src/server.ts';
import { atEnd } from './leftovers.ts';
import { ASKED, type Program, SECRET } from './programs.ts';

/** A message that the bot has posted by itself: when its request came, by the clock of the machine, and its text. */
export type Post = { at: number; body: string };

const SAID = JSON.stringify({ ok: true, user_id: 'UBOT', bot_id: 'BBOT', ts: '1795426200.000100' });

/** A stand-in for Slack that says yes to everything, counts answers to its `response_url` and keeps what is posted. */
export async function createSink() {
  let landed = 0;
  const posts: Post[] = [];
  const server = createServer((incoming, response) => {
    const at = performance.timeOrigin + performance.now();
    if (incoming.url === '/respond') landed += 1;
    incoming.on('end', () => response.end(SAID));
    if (!incoming.url?.endsWith('/chat.postMessage')) return void incoming.resume();
    const post = { at, body: '' };
    incoming.setEncoding('utf8').on('data', (part: string) => {
      post.body += part;
    });
    incoming.on('end', () => posts.push(post));
  });
  const url = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
  atEnd(() => server.close());
  return { url, posts, landed: () => landed };
}

export type Sink = Awaited<ReturnType<typeof createSink>>;

const agent = new Agent({ keepAlive: true });

/** Sends one signed slash command; resolves with the milliseconds until it was acknowledged. */
function ask(port: number, sink: Sink): Promise<number> {
  const [command, ...words] = ASKED.split(' ');
  const who = { channel_id: 'C1', channel_name: 'hyper-v', user_id: 'U1', user_name: 'asker', team_id: 'T1' };
  const body = stringify({ command, text: words.join(' '), ...who, response_url: `${sink.url}/respond` });
  const time = String(Math.floor(Date.now() / 1000));
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': body.length,
    'x-slack-request-timestamp': time,
    'x-slack-signature': `v0=${createHmac('sha256', SECRET).update(`v0:${time}:${body}`).digest('hex')}`,
  };
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, host: '127.0.0.1', path: '/slack/events', method: 'POST', agent, headers });
    outgoing.on('error', reject).on('response', (response) => {
      if (response.statusCode !== 200) reject(new Error(`not acknowledged: ${response.statusCode}`));
      response.resume().on('end', () => resolve(performance.now() - began));
    });
    outgoing.end(body);
  });
}

/** Milliseconds to each acknowledgement, one question at a time, each after the one before is answered. */
export async function oneByOne({ port }: Program, sink: Sink, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i += 1) {
    times.push(await ask(port, sink));
    await pause(3);
  }
  return times;
}

/** Questions a second at 32 at once: as acknowledged, and as answered in the end where `answers` is true. */
export async function crowd({ port }: Program, sink: Sink, count: number, answers: boolean) {
  const before = sink.landed();
  const began = performance.now();
  let left = count;
  const person = async () => {
    while (left-- > 0) await ask(port, sink);
  };
  await Promise.all(Array.from({ length: 32 }, person));
  const acknowledged = (count * 1000) / (performance.now() - began);
  while (answers && sink.landed() - before < count) await pause(1);
  return { acknowledged, answered: (count * 1000) / (performance.now() - began) };
}
