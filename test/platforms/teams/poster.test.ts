import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Conversation, conversation } from '../../../src/platforms/teams/conversations.ts';
import { createPoster } from '../../../src/platforms/teams/poster.ts';
import { refusalOf } from '../../../src/platforms/teams/refusals.ts';
import { Refused } from '../../../src/reminders/poster.ts';
import { openSqlite } from '../../../src/storage/sqlite.ts';
import { type Clock, type Collection, type Storage, systemClock } from '../../../src/storage/storage.ts';
import { createTime, settled } from '../slack/time.ts';
import { APP, adapterOf, BOT, type Call, type Connector, cardOf, createConnector, TENANT } from './connector.ts';

const CHANNEL = '19:abc@thread.tacv2';
const CHAT = '19:group@thread.v2';
const ALONE = 'a:ann';

let time: ReturnType<typeof createTime>;
let connector: Connector;
let storage: Storage;
let folder: string;
let conversations: Collection<Conversation>;
let made: ReturnType<typeof createPoster>;
let lines: string[];
/** The milliseconds that the poster waited, each time. */
let waits: number[];

beforeEach(async () => {
  time = createTime();
  lines = [];
  waits = [];
  const sink = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const log = pino({ level: 'trace' }, sink);
  folder = mkdtempSync(join(tmpdir(), 'clusterwise-teams-'));
  storage = openSqlite({ dataDir: folder, log, clock: systemClock });
  conversations = storage.collection('teams-conversations', conversation);
  connector = await createConnector();
  const near = { serviceUrl: connector.serviceUrl, tenantId: TENANT, bot: BOT };
  await conversations.set(CHANNEL, { ...near, kind: 'channel', team: '19:team@thread.tacv2' });
  await conversations.set(CHAT, { ...near, kind: 'groupChat' });
  await conversations.set(ALONE, { ...near, kind: 'personal' });
  const adapter = adapterOf(connector);
  // With it the adapter says that all went well, whatever went wrong.
  adapter.onTurnError = async () => {};
  const setTimer: Clock['setTimer'] = (run, ms) => {
    waits.push(ms);
    return time.setTimer(run, ms);
  };
  made = createPoster({ adapter, appId: APP, conversations, clock: { now: time.now, setTimer }, log });
});

afterEach(async () => {
  await made.stop();
  await connector.close();
  await storage.close();
  rmSync(folder, { recursive: true });
});

const poster = () => made.poster;
const said = (headline: string) => ({ headline });
const paths = () => connector.calls.map(({ kind, conversation, activity }) => [kind, conversation, activity]);
const texts = () => connector.said().map(({ body }) => (body.activity ?? body).summary);
const thrown = (call: Promise<unknown>) => call.then(() => undefined).catch((error: unknown) => error);

/** Moves time on until a call has ended, since the answers of the stub come in a time of their own. */
async function ended<T>(call: Promise<T>): Promise<T> {
  let over = false;
  call.then(
    () => (over = true),
    () => (over = true),
  );
  while (!over) await time.pass(100);
  return call;
}

describe('a post', () => {
  test('starts a thread in a channel and tells the id of its message as its name', async () => {
    const kept: string[] = [];
    await poster().post(CHANNEL, said('One.'), { kept: async (message) => kept.push(message) });
    expect(kept).toEqual(['sent-1']);
    expect(connector.calls.map(({ kind, body }) => [kind, body])).toMatchObject([
      [
        'create',
        {
          isGroup: true,
          bot: BOT,
          tenantId: TENANT,
          channelData: { channel: { id: CHANNEL }, tenant: { id: TENANT } },
          activity: { type: 'message', summary: 'One.' },
        },
      ],
    ]);
    expect(connector.calls[0]?.authorization).toBe('Bearer outbound');
  });

  test('goes below a message of a channel where one is named', async () => {
    const kept: string[] = [];
    await poster().post(CHANNEL, said('Below.'), { thread: '17', kept: async (message) => kept.push(message) });
    expect(paths()).toEqual([['post', `${CHANNEL};messageid=17`, '']]);
    expect(kept).toEqual(['sent-1']);
  });

  test.each([
    ['a group chat', CHAT],
    ['a personal chat', ALONE],
  ])('goes into %s as it is, which has no threads', async (_, address) => {
    await poster().post(address, said('One.'));
    await ended(poster().post(address, said('Below.'), { thread: 'sent-1' }));
    expect(paths()).toEqual([
      ['post', address, ''],
      ['post', address, ''],
    ]);
  });

  test('is one card with a summary, whatever the answer', async () => {
    const table = { columns: ['Host'], rows: Array.from({ length: 500 }, (_, i) => [`host-${i}`]) };
    await poster().post(CHAT, { headline: 'Many.', tables: [table, table] });
    const [call] = await connector.called('post');
    expect(connector.calls).toHaveLength(1);
    expect(call?.body.summary).toMatch(/^Many\./);
    expect(call?.body.attachments?.map(({ contentType }) => contentType)).toEqual([
      'application/vnd.microsoft.card.adaptive',
    ]);
    expect(cardOf(call as Call).type).toBe('AdaptiveCard');
  });

  test('is one every two seconds in a conversation, in the order of the calls', async () => {
    const all = Promise.all(['a', 'b'].map((name) => poster().post(CHAT, said(name))));
    await poster().post(ALONE, said('c'));
    await time.pass(1999);
    expect(texts()).toEqual(['a', 'c']);
    await time.pass(1);
    await all;
    expect(texts()).toEqual(['a', 'c', 'b']);
  });

  test('is kept before any other is sent', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const all = [poster().post(CHAT, said('a'), { kept: () => promise }), poster().post(ALONE, said('b'))];
    await connector.called('post');
    await settled();
    expect(texts()).toEqual(['a']);
    resolve();
    await Promise.all(all);
    expect(texts()).toEqual(['a', 'b']);
  });

  test('that is no longer wanted is not sent', async () => {
    await poster().post(CHANNEL, said('a'), { still: async () => false });
    expect(connector.calls).toEqual([]);
  });

  test('goes where the conversation was reached last', async () => {
    const other = await createConnector();
    const { serviceUrl } = other;
    await conversations.set(CHAT, { serviceUrl, tenantId: TENANT, bot: BOT, kind: 'groupChat' });
    await poster().post(CHAT, said('a'));
    await other.close();
    expect(connector.calls).toEqual([]);
    expect(other.calls).toHaveLength(1);
  });

  test('into a conversation that is not known is refused', async () => {
    await expect(poster().post('19:other@thread.tacv2', said('a'))).rejects.toThrow(
      new Refused('I have not been added to the conversation: add Clusterwise to it in Teams, then ask again.'),
    );
    expect(connector.calls).toEqual([]);
  });
});

describe('a post that Teams does not take', () => {
  const REMOVED = 'I am no longer in the conversation: add Clusterwise to it in Teams.';
  const BLOCKED = 'I am blocked in the conversation: unblock Clusterwise there, or remove it and add it again.';

  test.each([
    [403, 'BotNotInConversationRoster', REMOVED],
    [403, 'Whatever', REMOVED],
    [403, 'MessageWritesBlocked', BLOCKED],
    [403, 'ConversationBlockedByUser', BLOCKED],
    [403, 'BotDisabledByAdmin', 'Your organization does not allow me: ask an admin of Teams to allow Clusterwise.'],
    [
      404,
      'ConversationNotFound',
      'The conversation or the message is gone, or I was taken out of it: add Clusterwise where you need it.',
    ],
    [413, 'MessageSizeTooBig', 'Teams does not take the message: shorten it, or tell whoever runs me.'],
  ])('with %d %s is refused in words, and not sent again', async (status, code, sentence) => {
    connector.refuse('create', { status, code });
    const refused = await thrown(poster().post(CHANNEL, said('secretword')));
    expect(refused).toBeInstanceOf(Refused);
    expect(refused).toHaveProperty('message', sentence);
    expect(connector.calls).toHaveLength(1);
    expect(lines.join('')).not.toContain('secretword');
  });

  test('since it does not know the bot is an error that says so, and is logged', async () => {
    connector.refuse('create', { status: 401, code: 'BotNotRegistered' });
    const failed = await thrown(poster().post(CHANNEL, said('a')));
    expect(failed).not.toBeInstanceOf(Refused);
    expect(failed).toHaveProperty('message', expect.stringContaining('refuses the credentials of the bot'));
    expect(lines.join('')).toContain('refuses the credentials of the bot');
    expect(connector.calls).toHaveLength(1);
  });

  test('with an error of its own is thrown at once, and says the status alone', async () => {
    connector.refuse('create', { status: 500, code: 'ServiceError' });
    const failed = await thrown(poster().post(CHANNEL, said('a')));
    expect(failed).not.toBeInstanceOf(Refused);
    expect(failed).toHaveProperty('message', 'Teams answered 500 ServiceError');
    expect(connector.calls).toHaveLength(1);
  });

  test.each([412, 429, 502, 503, 504])('with %d is sent again after 1, 2 and 4 seconds', async (status) => {
    connector.refuse('post', { status, times: 3 });
    await ended(poster().post(CHAT, said('a')));
    expect(texts()).toEqual(['a', 'a', 'a', 'a']);
    // The last is the pause until the next message of the conversation.
    expect(waits).toEqual([1000, 2000, 4000, 2000]);
  });

  test('with 503 four times is left to whoever asked for it', async () => {
    connector.refuse('post', { status: 503 });
    const failed = await thrown(ended(poster().post(CHAT, said('a'))));
    expect(failed).not.toBeInstanceOf(Refused);
    expect(failed).toHaveProperty('message', 'Teams answered 503 Refused');
    expect(connector.calls).toHaveLength(4);
  });

  test('for now is sent again when Teams said, before those behind it', async () => {
    connector.refuse('post', { status: 429, retryAfter: 30, times: 1 });
    const all = Promise.all([poster().post(CHAT, said('a')), poster().post(CHAT, said('b'))]);
    await connector.called('post');
    await poster().post(ALONE, said('c'));
    await time.pass(29_999);
    expect(texts()).toEqual(['a', 'c']);
    await ended(all);
    expect(texts()).toEqual(['a', 'c', 'a', 'b']);
  });

  test('since the connection breaks is thrown at once', async () => {
    const serviceUrl = 'http://127.0.0.1:1/';
    await conversations.set(CHAT, { serviceUrl, tenantId: TENANT, bot: BOT, kind: 'groupChat' });
    const failed = await thrown(poster().post(CHAT, said('a')));
    expect(failed).not.toBeInstanceOf(Refused);
    expect(failed).toHaveProperty('message', expect.stringMatching(/^Teams answered nothing: /));
  });
});

describe('what a fault means', () => {
  test('is found where Teams nests it in the message', () => {
    // A body as Teams documents it for somebody who has blocked the bot.
    const message = '{"errorCode":209,"message":"{\\r\\n  \\"subCode\\": \\"MessageWritesBlocked\\"\\r\\n}"}';
    const refused = refusalOf(Object.assign(new Error(message), { name: 'RestError', statusCode: 403 }));
    expect(refused).toHaveProperty('message', expect.stringMatching(/^I am blocked/));
  });

  test('is that of Entra, by its number, when that gives no token', () => {
    const failed = refusalOf(new Error('invalid_client: 7000215 - AADSTS7000215: Invalid client secret provided.'));
    expect(failed).toHaveProperty('message', expect.stringMatching(/credentials of the bot: .* AADSTS7000215$/));
  });

  test('is left as it is when it is none of Teams', () => {
    const error = new Error('database is locked');
    expect(refusalOf(error)).toBe(error);
  });
});

describe('an edit', () => {
  test('changes the message of a channel where its thread is', async () => {
    await poster().edit(CHANNEL, '17', said('Done.'));
    expect(paths()).toEqual([['edit', `${CHANNEL};messageid=17`, '17']]);
    expect(texts()).toEqual(['Done.']);
  });

  test('changes the message of a chat', async () => {
    await poster().edit(CHAT, '17', said('Done.'));
    expect(paths()).toEqual([['edit', CHAT, '17']]);
  });

  test('does not wait for the turn of the conversation', async () => {
    await poster().post(CHAT, said('Due.'));
    await poster().edit(CHAT, 'sent-1', said('Done.'));
    expect(texts()).toEqual(['Due.', 'Done.']);
  });

  test('of a message that is gone is refused', async () => {
    connector.refuse('edit', { status: 404, code: 'ActivityNotFoundInConversation' });
    expect(await thrown(poster().edit(CHAT, '17', said('Done.')))).toBeInstanceOf(Refused);
  });

  test('that is put off comes before a later one of the same message', async () => {
    connector.refuse('edit', { status: 412, times: 1 });
    await ended(Promise.all(['first', 'second'].map((name) => poster().edit(CHAT, '17', said(name)))));
    expect(texts()).toEqual(['first', 'first', 'second']);
  });
});

describe('telling one person', () => {
  const ANN = { id: '29:ann', name: 'Ann' };
  const NOBODY = 'Teams does not let me write to that person directly: they have to add Clusterwise first.';

  test('is a message of a personal conversation', async () => {
    await poster().tell(ANN, said('Paused.'));
    expect(connector.calls.map(({ kind, conversation, body }) => [kind, conversation, body])).toMatchObject([
      ['create', '', { isGroup: false, bot: BOT, members: [ANN], tenantId: TENANT }],
      ['post', 'a:made-1', { summary: 'Paused.' }],
    ]);
  });

  test.each(['create', 'post'] as const)('who never added the bot is refused, at its %s', async (kind) => {
    connector.refuse(kind, { status: 403, code: 'ForbiddenOperationException' });
    expect(await thrown(poster().tell(ANN, said('Paused.')))).toEqual(new Refused(NOBODY));
  });

  test('is refused while no conversation is known', async () => {
    for (const address of [CHANNEL, CHAT, ALONE]) await conversations.delete(address);
    expect(await thrown(poster().tell(ANN, said('Paused.')))).toBeInstanceOf(Refused);
    expect(connector.calls).toEqual([]);
  });
});

describe('what stands in the way of posting', () => {
  test('is nothing in a conversation that is known, and Teams is not asked', async () => {
    expect(await poster().obstacle(CHANNEL)).toBeUndefined();
    expect(connector.calls).toEqual([]);
  });

  test('is that the bot was never added to the conversation', async () => {
    expect(await poster().obstacle('19:other@thread.tacv2')).toBe(
      'I have not been added to the conversation: add Clusterwise to it in Teams, then ask again.',
    );
  });
});

test('when it is stopped, nothing more is sent', async () => {
  await made.stop();
  await expect(poster().post(CHAT, said('a'))).rejects.toThrow('stopped');
  expect(connector.calls).toEqual([]);
});
