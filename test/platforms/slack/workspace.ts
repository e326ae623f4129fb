import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'node:querystring';
import { type Logger, pino } from 'pino';
import { z } from 'zod';
import type { Answer } from '../../../src/answer.ts';
import { rest } from '../../../src/arguments.ts';
import type { Bot } from '../../../src/bot.ts';
import { type Command, command } from '../../../src/command.ts';
import { createSlack } from '../../../src/platforms/slack/slack.ts';
import type { Request } from '../../../src/request.ts';
import { close, createHttpServer, listen } from '../../../src/server.ts';
import { openSqlite } from '../../../src/storage/sqlite.ts';
import { type Clock, systemClock } from '../../../src/storage/storage.ts';
import { bot } from '../../ask.ts';
import { createSlackStub, type SlackStub } from './stub.ts';

const SECRET = 'a signing secret';

/** A question of the tests, and what its answer says. Reference on persistent reservations, section 1.2. */
export const QUESTION = '/pr 2 hosts 2 channels 4 csvs';
export const SIXTEEN = '2 hosts x 1 module x 2 connections x 4 CSVs = 16 persistent reservations.';

export const silent: Logger = pino({ level: 'silent' });

/** What Slack needs to remember the messages that were answered: real storage, in a folder of its own. */
export function openEvents() {
  const dataDir = mkdtempSync(join(tmpdir(), 'clusterwise-slack-'));
  const storage = openSqlite({ dataDir, log: silent, clock: systemClock });
  return {
    events: storage.collection('slack-events', z.literal(true)),
    async close() {
      await storage.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

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

type Opened = { bot?: Bot; log?: Logger; stub?: SlackStub; clock?: Clock };

/** The real platform on a real server, and a stub of Slack for it to talk to. */
export async function openWorkspace({ stub: given, ...made }: Opened = {}) {
  const stub = given ?? (await createSlackStub());
  const settings = { botToken: 'xoxb-test', signingSecret: SECRET, apiUrl: `${stub.url}/api/` };
  const remembered = openEvents();
  const slack = createSlack({ bot, log: silent, events: remembered.events, ...made, ...settings });
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
        trigger_id: '4.5.6',
        actions: [{ type: 'button', block_id: 'b', action_ts: '1.1', ...action }],
      };
      return form({ payload: JSON.stringify(payload) });
    },
    /** Sends a form that was opened, filled in: the state of its blocks, as Slack writes it. */
    submit: (view: { private_metadata: string } | undefined, values: Record<string, object>) => {
      const state = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
      const payload = {
        type: 'view_submission',
        user: { id: 'U2', name: 'presser' },
        team: { id: 'T1', domain: 'test' },
        view: {
          type: 'modal',
          callback_id: 'form',
          private_metadata: view?.private_metadata,
          state: { values: state },
        },
      };
      return form({ payload: JSON.stringify(payload) });
    },
    async close() {
      await close(server);
      await slack.stop();
      await remembered.close();
      await stub.close();
    },
  };
}

/** A command that changes something. */
export const chore: Command = command({
  name: 'chore',
  aliases: ['chores'],
  summary: 'keeps a chore',
  changes: true,
  args: z.object({ words: rest({ label: 'the words', show: 'WORDS' }).optional() }),
  examples: [{ ask: '/chore', headline: 'Kept.' }],
  answer: () => ({ headline: 'Kept.' }),
});

/** A bot that gives the same answer to everything, and says what it was asked and by whom. */
export function saying(answer: Answer | Promise<Answer>): Bot & { asked: string[]; requests: Request[] } {
  const asked: string[] = [];
  const requests: Request[] = [];
  const ask = async (request: Request) => {
    asked.push(request.text);
    requests.push(request);
    return answer;
  };
  return { commands: [...bot.commands, chore], asked, requests, ask };
}
