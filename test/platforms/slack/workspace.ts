import { createHmac } from 'node:crypto';
import { stringify } from 'node:querystring';
import { type Logger, pino } from 'pino';
import type { Answer } from '../../../src/answer.ts';
import type { Bot } from '../../../src/bot.ts';
import { createSlack } from '../../../src/platforms/slack/slack.ts';
import { close, createHttpServer, listen } from '../../../src/server.ts';
import { bot } from '../../ask.ts';
import { createSlackStub, type SlackStub } from './stub.ts';

const SECRET = 'a signing secret';

/** A question of the tests, and what its answer says. Reference on persistent reservations, section 1.2. */
export const QUESTION = '/pr 2 hosts 2 channels 4 csvs';
export const SIXTEEN = '2 hosts x 1 module x 2 connections x 4 CSVs = 16 persistent reservations.';

export const silent: Logger = pino({ level: 'silent' });

/** The headers Slack signs a body with; `age` is in seconds. */
export function signed(body: string, { secret = SECRET, age = 0 } = {}): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000) - age);
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}

/** The form of a slash command, as Slack posts it. */
export function slashForm(line: string, responseUrl: string): Record<string, string> {
  const [command = '', ...words] = line.split(' ');
  return {
    command,
    text: words.join(' '),
    channel_id: 'C1',
    channel_name: 'hyper-v',
    user_id: 'U1',
    user_name: 'asker',
    team_id: 'T1',
    response_url: responseUrl,
    trigger_id: '1.2.3',
  };
}

/** The real platform on a real server, and a stub of Slack for it to talk to. */
export async function openWorkspace({ stub: given, ...made }: { bot?: Bot; log?: Logger; stub?: SlackStub } = {}) {
  const stub = given ?? (await createSlackStub());
  const settings = { botToken: 'xoxb-test', signingSecret: SECRET, apiUrl: `${stub.url}/api/` };
  const slack = createSlack({ bot, log: silent, ...made, ...settings });
  const server = createHttpServer(slack.routes);
  const port = await listen(server, 0, '127.0.0.1');
  await slack.start();
  const responseUrl = `${stub.url}/respond`;
  const url = `http://127.0.0.1:${port}/slack/events`;
  let clock = 1_700_000_000;

  const post = (type: string, body: string, headers: Record<string, string>) =>
    fetch(url, { method: 'POST', headers: { 'content-type': type, ...headers }, body });
  const form = (fields: Record<string, string>, how?: { secret?: string; age?: number }) => {
    const body = stringify(fields);
    return post('application/x-www-form-urlencoded', body, signed(body, how));
  };
  const event = (fields: Record<string, unknown>) => {
    clock += 1;
    const inner = { type: 'message', user: 'U1', channel: 'D1', channel_type: 'im', ts: `${clock}.0001`, ...fields };
    const body = JSON.stringify({ type: 'event_callback', team_id: 'T1', event_id: `Ev${clock}`, event: inner });
    return post('application/json', body, signed(body));
  };

  return {
    stub,
    url,
    slack,
    slash: (line: string, how?: { secret?: string; age?: number }) => form(slashForm(line, responseUrl), how),
    event,
    mention: (text: string, fields: Record<string, unknown> = {}) =>
      event({ type: 'app_mention', channel: 'C1', channel_type: undefined, text, ...fields }),
    /** A press on a button; on a private message unless `message` says which one it stands on. */
    press: (action: { action_id: string; value: string }, message?: { ts: string; thread_ts?: string }) => {
      const payload = {
        type: 'block_actions',
        user: { id: 'U2', username: 'presser' },
        team: { id: 'T1', domain: 'test' },
        channel: { id: 'C1', name: 'hyper-v' },
        container: { type: 'message', message_ts: message?.ts ?? '5.5', is_ephemeral: message === undefined },
        ...(message ? { message: { type: 'message', ...message } } : {}),
        response_url: responseUrl,
        actions: [{ type: 'button', block_id: 'b', action_ts: '1.1', ...action }],
      };
      return form({ payload: JSON.stringify(payload) });
    },
    async close() {
      await close(server);
      await slack.stop();
      await stub.close();
    },
  };
}

/** A bot that gives the same answer to everything, and says what it was asked. */
export function saying(answer: Answer): Bot & { asked: string[] } {
  const asked: string[] = [];
  const ask = async ({ text }: { text: string }) => {
    asked.push(text);
    return answer;
  };
  return { commands: bot.commands, asked, ask };
}
