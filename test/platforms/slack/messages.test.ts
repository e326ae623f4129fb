import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWorkspace, QUESTION, SIXTEEN, saying } from './workspace.ts';

let slack: Awaited<ReturnType<typeof openWorkspace>>;

beforeEach(async () => {
  slack = await openWorkspace();
});

afterEach(() => slack.close());

describe('a message', () => {
  test('that mentions the bot is answered in its thread', async () => {
    await slack.mention(`<@UBOT> ${QUESTION.slice(1)}`, { ts: '100.1' });
    const [answer] = await slack.stub.called('chat.postMessage');
    expect(answer?.body).toMatchObject({ channel: 'C1', thread_ts: '100.1' });
    expect(answer?.body.text).toContain(SIXTEEN);
  });

  test('that mentions the bot in a thread is answered in that thread', async () => {
    await slack.mention('<@UBOT> help', { ts: '100.2', thread_ts: '90.1' });
    expect((await slack.stub.called('chat.postMessage'))[0]?.body.thread_ts).toBe('90.1');
  });

  test('sent to the bot directly is answered there, without a thread', async () => {
    await slack.event({ text: QUESTION });
    const [answer] = await slack.stub.called('chat.postMessage');
    expect(answer?.body).toMatchObject({ channel: 'D1' });
    expect(answer?.body).not.toHaveProperty('thread_ts');
    expect(answer?.body.text).toContain(SIXTEEN);
  });

  test.each(['file_share', 'thread_broadcast'])('with the subtype %s is answered like any other', async (subtype) => {
    await slack.event({ text: QUESTION, subtype });
    expect((await slack.stub.called('chat.postMessage'))[0]?.body.text).toContain(SIXTEEN);
  });

  test('delivered again is answered once', async () => {
    await slack.event({ text: QUESTION, ts: '200.1' });
    await slack.stub.called('chat.postMessage');
    await slack.event({ text: QUESTION, ts: '200.1' });
    await slack.event({ text: 'help', ts: '200.2' });
    await slack.stub.called('chat.postMessage', 2);
    await slack.slack.stop();
    expect(slack.stub.posts()).toHaveLength(2);
  });

  test('delivered many times at once, as a mention and as a message, is answered once', async () => {
    const same = { channel: 'D1', ts: '300.1', text: '<@UBOT> help' };
    await Promise.all(Array.from({ length: 10 }, (_, i) => (i % 2 ? slack.event(same) : slack.mention('', same))));
    await slack.stub.called('chat.postMessage');
    await slack.slack.stop();
    expect(slack.stub.posts()).toHaveLength(1);
  });

  test.each([
    ['of the bot itself', { user: 'UBOT' }],
    ['of another bot', { bot_id: 'B7' }],
    ['that was edited', { subtype: 'message_changed' }],
    ['without text', { text: '' }],
    ['in a channel, without a mention', { channel: 'C1', channel_type: 'channel' }],
  ])('%s is not answered', async (_, fields) => {
    await slack.event({ text: QUESTION, ...fields });
    await slack.event({ text: 'help' });
    await slack.stub.called('chat.postMessage');
    await slack.slack.stop();
    expect(slack.stub.posts()).toHaveLength(1);
  });

  test('is read without the escapes that Slack puts in', async () => {
    const listening = saying({ headline: 'Yes.' });
    await slack.close();
    slack = await openWorkspace({ bot: listening });
    await slack.event({ text: '<@UBOT>\u00a0pr &lt;2&gt; hosts &amp; 4\u00a0csvs' });
    await slack.stub.called('chat.postMessage');
    expect(listening.asked).toEqual(['pr <2> hosts & 4 csvs']);
  });
});
