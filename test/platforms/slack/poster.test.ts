import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Refused } from '../../../src/reminders/poster.ts';
import { createTime, settled } from './time.ts';
import { openWorkspace } from './workspace.ts';

let time: ReturnType<typeof createTime>;
let slack: Awaited<ReturnType<typeof openWorkspace>>;
let lines: string[];

beforeEach(async () => {
  time = createTime();
  lines = [];
  const sink = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  });
  slack = await openWorkspace({ clock: time, log: pino({ level: 'trace' }, sink) });
});

afterEach(() => slack.close());

const poster = () => slack.slack.poster;
const texts = () => slack.stub.posts().map(({ body }) => body.text);
const said = (headline: string) => ({ headline });

describe('a post', () => {
  test('goes into the channel and tells the time of the message as its name', async () => {
    const kept: string[] = [];
    await poster().post('C1', said('One.'), { kept: async (message) => kept.push(message) });
    expect(kept).toEqual(['9.9']);
    expect(slack.stub.posts().map(({ method, body }) => [method, body])).toMatchObject([
      ['chat.postMessage', { channel: 'C1', text: 'One.' }],
    ]);
    expect(slack.stub.posts()[0]?.body).not.toHaveProperty('thread_ts');
  });

  test('goes below a message where one is named', async () => {
    await poster().post('C1', said('Below.'), { thread: '8.8' });
    expect(slack.stub.posts()[0]?.body.thread_ts).toBe('8.8');
  });

  test('is one message, whatever the answer; what does not fit is in a file', async () => {
    const table = { columns: ['Host'], rows: Array.from({ length: 500 }, (_, i) => [`host-${i}`]) };
    await poster().post('C1', { headline: 'Many.', tables: [table, table] });
    expect((await slack.stub.called('upload'))[0]?.raw).toContain('host-499');
    expect((await slack.stub.called('files.completeUploadExternal'))[0]?.body).toMatchObject({ channel_id: 'C1' });
    expect(slack.stub.posts()).toHaveLength(1);
  });

  test('brings the file of its answer into the thread', async () => {
    await poster().post(
      'C1',
      { headline: 'The history.', file: { filename: 'h.csv', text: 'a,b\r\n' } },
      { thread: '8.8' },
    );
    expect((await slack.stub.called('upload'))[0]?.raw).toContain('\r\n\r\na,b\r\n\r\n');
    const [done] = await slack.stub.called('files.completeUploadExternal');
    expect(done?.body).toMatchObject({ channel_id: 'C1', thread_ts: '8.8' });
  });

  test('stands though its file could not be uploaded, which is logged', async () => {
    slack.stub.refuse('files.getUploadURLExternal', 200, { ok: false, error: 'storage_limit_reached' });
    const file = { filename: 'h.csv', text: 'secretword' };
    await poster().post('C1', { headline: 'The history.', file });
    await slack.slack.stop();
    expect(lines.join('')).toContain('storage_limit_reached');
    expect(lines.join('')).not.toContain('secretword');
  });

  test('is one a second in a channel, in the order of the calls', async () => {
    const all = Promise.all(['a', 'b'].map((name) => poster().post('C1', said(name))));
    const other = poster().post('C2', said('c'));
    await slack.stub.called('chat.postMessage', 2);
    await other;
    await settled();
    expect(texts()).toEqual(['a', 'c']);
    await time.pass(1000);
    await all;
    expect(texts()).toEqual(['a', 'c', 'b']);
  });

  test('is kept before any other is sent', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const all = [poster().post('C1', said('a'), { kept: () => promise }), poster().post('C2', said('b'))];
    await slack.stub.called('chat.postMessage');
    await settled();
    expect(texts()).toEqual(['a']);
    resolve();
    await Promise.all(all);
    expect(texts()).toEqual(['a', 'b']);
  });

  test('is in flight alone in the whole process', async () => {
    const release = slack.stub.hold('chat.postMessage');
    const all = ['C1', 'C2', 'C3'].map((channel) => poster().post(channel, said(channel)));
    await slack.stub.called('chat.postMessage');
    await settled();
    expect(texts()).toEqual(['C1']);
    release();
    await Promise.all(all);
    expect(texts()).toEqual(['C1', 'C2', 'C3']);
  });

  test('that Slack puts off is sent again when Slack said, before those behind it', async () => {
    slack.stub.putOff('chat.postMessage', 30);
    const all = Promise.all([poster().post('C1', said('a')), poster().post('C1', said('b'))]);
    await slack.stub.called('chat.postMessage');
    await poster().post('C2', said('c'));
    await time.pass(29_999);
    expect(texts()).toEqual(['a', 'c']);
    await time.pass(1);
    await slack.stub.called('chat.postMessage', 3);
    await settled();
    // The answer of Slack may still be on its way when time passes.
    while ((await Promise.race([all, settled()])) === undefined) await time.pass(1000);
    expect(texts()).toEqual(['a', 'c', 'a', 'b']);
  });

  test('that is no longer wanted is not sent', async () => {
    await poster().post('C1', said('a'), { still: async () => false });
    expect(texts()).toEqual([]);
  });

  test.each([
    ['channel_not_found', 'I am not in the channel: type /invite @Clusterwise there.'],
    ['not_in_channel', 'I am not in the channel: type /invite @Clusterwise there.'],
    ['is_archived', 'The channel is archived: unarchive it.'],
    [
      'restricted_action_read_only_channel',
      'The rules of the channel keep me from posting: ask an admin of the workspace to allow it.',
    ],
    ['no_permission', 'Slack does not let me do that: ask an admin to install Clusterwise again from its manifest.'],
    [
      'token_revoked',
      'Slack no longer accepts my token: ask whoever runs me to set a new SLACK_BOT_TOKEN and start me again.',
    ],
    ['msg_blocks_too_long', 'Slack does not take the message: shorten it, or tell whoever runs me.'],
  ])('that Slack refuses with %s is refused in words', async (error, sentence) => {
    slack.stub.refuse('chat.postMessage', 200, { ok: false, error });
    const refused = await poster()
      .post('C1', said('secretword'))
      .catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(Refused);
    expect(refused).toHaveProperty('message', sentence);
    expect(lines.join('')).not.toContain('secretword');
  });

  test.each([
    ['an internal error', 200, { ok: false, error: 'internal_error' }],
    ['a status of its own', 503, {}],
  ])('that fails with %s is tried once, and the error is thrown as it is', async (_, status, body) => {
    slack.stub.refuse('chat.postMessage', status, body);
    const failed = await poster()
      .post('C1', said('a'))
      .catch((thrown: unknown) => thrown);
    expect(failed).toBeInstanceOf(Error);
    expect(failed).not.toBeInstanceOf(Refused);
    expect(texts()).toEqual(['a']);
  });
});

describe('an edit', () => {
  test('changes the message', async () => {
    await poster().edit('C1', '9.9', said('Done.'));
    expect(slack.stub.posts().map(({ method, body }) => [method, body])).toMatchObject([
      ['chat.update', { channel: 'C1', ts: '9.9', text: 'Done.' }],
    ]);
  });

  test('does not wait for the second of the channel', async () => {
    await poster().post('C1', said('Due.'));
    await poster().edit('C1', '9.9', said('Done.'));
    expect(texts()).toEqual(['Due.', 'Done.']);
  });

  test.each(['message_not_found', 'cant_update_message'])('that Slack refuses with %s is refused', async (error) => {
    slack.stub.refuse('chat.update', 200, { ok: false, error });
    await expect(poster().edit('C1', '9.9', said('Done.'))).rejects.toThrow(
      new Refused('The message can no longer be changed or replied to.'),
    );
  });

  test('that Slack puts off comes before a later one of the same message', async () => {
    slack.stub.putOff('chat.update', 3);
    const all = [poster().edit('C1', '9.9', said('first')), poster().edit('C1', '9.9', said('second'))];
    await slack.stub.called('chat.update');
    while ((await Promise.race([Promise.all(all), settled()])) === undefined) await time.pass(1000);
    expect(texts()).toEqual(['first', 'first', 'second']);
  });
});

describe('telling one person', () => {
  test('is a direct message', async () => {
    await poster().tell({ id: 'U7', name: 'ann' }, said('Paused.'));
    expect((await slack.stub.called('conversations.open'))[0]?.body).toMatchObject({ users: 'U7' });
    expect(slack.stub.posts()[0]?.body).toMatchObject({ channel: 'D9', text: 'Paused.' });
  });

  test('whom Slack does not know is refused', async () => {
    slack.stub.refuse('conversations.open', 200, { ok: false, error: 'user_not_found' });
    await expect(poster().tell({ id: 'ann', name: 'ann' }, said('Paused.'))).rejects.toThrow(Refused);
  });
});

describe('what stands in the way of posting', () => {
  const ABSENT = 'I am not in this channel: type /invite @Clusterwise here, then ask again.';

  test.each([
    ['nothing, in a channel the bot is in', { ok: true, channel: { is_member: true } }, undefined],
    ['that the bot is not in the channel', { ok: true, channel: { is_member: false } }, ABSENT],
    ['that Slack does not show it the channel', { ok: false, error: 'channel_not_found' }, ABSENT],
    [
      'that the channel is archived',
      { ok: true, channel: { is_member: true, is_archived: true } },
      'This channel is archived: unarchive it, then ask again.',
    ],
    ['nothing known, without the scope to ask', { ok: false, error: 'missing_scope' }, undefined],
  ])('is %s', async (_, body, sentence) => {
    slack.stub.refuse('conversations.info', 200, body);
    expect(await poster().obstacle('C1')).toBe(sentence);
  });

  test('is nothing known when Slack does not answer, and it is logged', async () => {
    slack.stub.refuse('conversations.info', 503, {});
    expect(await poster().obstacle('C1')).toBeUndefined();
    expect(lines.join('')).toContain('can be posted into');
  });

  test('is nothing in a direct message, and nobody is asked', async () => {
    expect(await poster().obstacle('D1')).toBeUndefined();
    expect(slack.stub.calls.map(({ method }) => method)).not.toContain('conversations.info');
  });
});
