import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/answer.ts';
import type { Bot } from '../../../src/bot.ts';
import { createSlack } from '../../../src/platforms/slack/slack.ts';
import { bot } from '../../ask.ts';
import { createSlackStub } from './stub.ts';
import { openEvents, openWorkspace, QUESTION, SIXTEEN, saying, silent } from './workspace.ts';

let slack: Awaited<ReturnType<typeof openWorkspace>>;

beforeEach(async () => {
  slack = await openWorkspace();
});

afterEach(() => slack.close());

async function reopen(made: Parameters<typeof openWorkspace>[0]): Promise<typeof slack> {
  await slack.close();
  slack = await openWorkspace(made);
  return slack;
}

describe('a slash command', () => {
  test('is acknowledged empty and answered to the asker alone', async () => {
    const acknowledged = await slack.slash(QUESTION);
    expect([acknowledged.status, await acknowledged.text()]).toEqual([200, '']);
    const [answer] = await slack.stub.called('respond');
    expect(answer?.body).toMatchObject({ response_type: 'ephemeral', replace_original: false });
    expect(answer?.body.text).toContain(SIXTEEN);
    expect(answer?.raw).toContain(SIXTEEN);
  });

  test('is acknowledged before the bot is asked', async () => {
    let answer: (answer: Answer) => void = () => {};
    const slow: Bot = { commands: [], ask: () => new Promise((resolve) => (answer = resolve)) };
    await reopen({ bot: slow });
    expect((await slack.slash(QUESTION)).status).toBe(200);
    expect(slack.stub.posts()).toEqual([]);
    answer({ headline: 'Late.' });
    expect((await slack.stub.called('respond'))[0]?.body.text).toBe('Late.');
  });

  test('about sizing is answered as in every other place', async () => {
    expect((await slack.slash('/vmm sizing 200 hosts')).status).toBe(200);
    const { headline } = await bot.ask({
      text: '/vmm sizing 200 hosts',
      user: { id: 'U1', name: 'asker' },
      place: { platform: 'test', address: 'C1', kind: 'channel' },
      now: new Date('2026-11-22T09:00:00Z'),
    });
    const [answer] = await slack.stub.called('respond');
    expect(answer?.raw).toContain(JSON.stringify(headline).slice(1, -1));
  });

  test('may come under the one name that takes all of them', async () => {
    await slack.slash(QUESTION.replace('/', '/clusterwise '));
    await slack.slash('/clusterwise');
    const [pr, help] = await slack.stub.called('respond', 2);
    expect(pr?.body.text).toContain(SIXTEEN);
    expect(help?.body.text).toContain('Ask me one of these');
  });

  test('that is not understood is refused to the asker, with no button to show that', async () => {
    await slack.slash('/pr 8 hots');
    const [answer] = await slack.stub.called('respond');
    expect(answer?.body.response_type).toBe('ephemeral');
    expect(answer?.body.text).toContain('Usage: /pr');
    expect(answer?.raw).not.toContain('Show to the channel');
  });

  test('is answered in the channel when the answer is for the channel', async () => {
    await reopen({ bot: saying({ headline: 'Agreed.', audience: 'channel' }) });
    await slack.slash('/anything');
    const [answer] = await slack.stub.called('respond');
    expect(answer?.body.response_type).toBe('in_channel');
    expect(answer?.raw).not.toContain('Show to the channel');
  });

  test('is answered through the Web API when its response_url fails', async () => {
    slack.stub.refuse('respond', 404);
    await slack.slash(QUESTION);
    const [answer] = await slack.stub.called('chat.postEphemeral');
    expect(answer?.body).toMatchObject({ channel: 'C1', user: 'U1' });
    expect(answer?.body.text).toContain(SIXTEEN);
  });

  test('that can be answered in no way is logged without its text, and the next one is answered', async () => {
    const lines: string[] = [];
    const sink = new Writable({
      write(chunk, _, done) {
        lines.push(String(chunk));
        done();
      },
    });
    await reopen({ log: pino({ level: 'trace' }, sink) });
    slack.stub.refuse('respond', 500);
    slack.stub.refuse('chat.postEphemeral', 200, { ok: false, error: 'channel_not_found' });
    await slack.slash('/pr secretword hosts');
    await slack.stub.called('chat.postEphemeral');
    await slack.slack.stop();
    expect(lines.join('')).toContain('channel_not_found');
    expect(lines.join('')).not.toContain('secretword');
    slack.stub.refuse('chat.postEphemeral', 200, { ok: true });
    await slack.slash(QUESTION);
    expect((await slack.stub.called('chat.postEphemeral', 2))[1]?.body.text).toContain(SIXTEEN);
  });
});

describe('a delivery', () => {
  test.each([
    ['signed with another secret', { secret: 'another' }],
    ['signed more than five minutes ago', { age: 310 }],
  ])('%s is refused and not answered', async (_, how) => {
    expect((await slack.slash(QUESTION, how)).status).toBe(401);
    await slack.slack.stop();
    expect(slack.stub.posts()).toEqual([]);
  });

  test('without a signature is refused', async () => {
    expect((await fetch(slack.url, { method: 'POST', body: 'command=/pr' })).status).toBe(401);
  });

  test('by another method is not found', async () => {
    expect((await fetch(slack.url)).status).toBe(404);
  });
});

describe('what a person typed', () => {
  test.each(['/pr <!channel> & <@U1>', '/<!here>', '/help <https://evil.example|x>'])(
    'is escaped wherever it is said back: “%s”',
    async (line) => {
      await slack.slash(line);
      const [answer] = await slack.stub.called('respond');
      expect(answer?.body.text).not.toMatch(/<|>|&(?!amp;|lt;|gt;)/);
      // In blocks it stands only in elements that Slack does not parse.
      expect(answer?.raw).not.toContain('"mrkdwn"');
      expect(answer?.raw).not.toContain('"type":"user"');
    },
  );
});

describe('a button', () => {
  const action = { action_id: 'ask-0', value: QUESTION };

  test('on a private message is answered to the presser alone', async () => {
    expect((await slack.press(action)).status).toBe(200);
    const [answer] = await slack.stub.called('respond');
    expect(answer?.body).toMatchObject({ response_type: 'ephemeral', replace_original: false });
    expect(answer?.body.text).toContain(SIXTEEN);
  });

  test('on a message in a channel is answered in the thread of the message', async () => {
    await slack.press(action, { ts: '400.1' });
    expect((await slack.stub.called('chat.postMessage'))[0]?.body).toMatchObject({ channel: 'C1', thread_ts: '400.1' });
    await slack.press(action, { ts: '400.2', thread_ts: '400.1' });
    expect((await slack.stub.called('chat.postMessage', 2))[1]?.body.thread_ts).toBe('400.1');
  });

  test('whose answer replaces the message edits it', async () => {
    await reopen({ bot: saying({ headline: 'Done.', replaces: true }) });
    await slack.press(action, { ts: '400.1' });
    const [edited] = await slack.stub.called('chat.update');
    expect(edited?.body).toMatchObject({ channel: 'C1', ts: '400.1', text: 'Done.' });
    await slack.press(action);
    expect((await slack.stub.called('respond'))[0]?.body.replace_original).toBe(true);
  });

  test('shows a private answer to the channel, says who asked what, and takes the private one away', async () => {
    await slack.slash(QUESTION);
    const [answer] = await slack.stub.called('respond');
    const value = /"action_id":"show".*?"value":"([^"]*)"/.exec(answer?.raw ?? '')?.[1] ?? '';
    expect(value).toBe(QUESTION);
    await slack.press({ action_id: 'show', value });
    const [, shown, deleted] = await slack.stub.called('respond', 3);
    expect(shown?.body.response_type).toBe('in_channel');
    expect(shown?.raw).toContain('"type":"user","user_id":"U2"');
    expect(shown?.body.text).toContain(`Asked: ${QUESTION}`);
    expect(shown?.body.text).toContain(SIXTEEN);
    expect(deleted?.body).toEqual({ delete_original: true });
  });
});

describe('an answer that is too large', () => {
  const rows = Array.from({ length: 2000 }, (_, i) => [`host-${i}`, 'x'.repeat(50)]);
  const large: Answer = { headline: 'Many hosts.', tables: [{ columns: ['Host', 'Note'], rows }] };

  test('is sent whole as a file, to a direct message when it was asked with a slash', async () => {
    await reopen({ bot: saying(large) });
    await slack.slash('/anything');
    const [upload] = await slack.stub.called('upload');
    expect(upload?.raw).toContain('host-1999');
    const [done] = await slack.stub.called('files.completeUploadExternal');
    expect(done?.body).toMatchObject({ channel_id: 'D9' });
    expect((await slack.stub.called('conversations.open'))[0]?.body).toMatchObject({ users: 'U1' });
    expect(slack.stub.posts()).toHaveLength(5);
  });

  test('is sent whole as a file in the thread when it was asked with a mention', async () => {
    await reopen({ bot: saying(large) });
    await slack.mention('<@UBOT> anything', { ts: '500.1' });
    const [done] = await slack.stub.called('files.completeUploadExternal');
    expect(done?.body).toMatchObject({ channel_id: 'C1', thread_ts: '500.1' });
  });
});

describe('an answer with a file', () => {
  test('brings it to the asker alone when it was asked with a slash', async () => {
    await reopen({ bot: saying({ headline: 'The history.', file: { filename: 'h.csv', text: 'a,b' } }) });
    await slack.slash('/anything');
    expect((await slack.stub.called('upload'))[0]?.raw).toContain('\r\n\r\na,b\r\n');
    expect((await slack.stub.called('files.completeUploadExternal'))[0]?.body).toMatchObject({ channel_id: 'D9' });
  });
});

describe('the start', () => {
  const remembered = openEvents();
  const settings = { bot, log: silent, events: remembered.events, botToken: 'xoxb-test', signingSecret: 'secret' };
  afterAll(remembered.close);

  test('ends with one clear sentence when Slack refuses the token', async () => {
    const stub = await createSlackStub();
    stub.refuse('auth.test', 200, { ok: false, error: 'invalid_auth' });
    const platform = createSlack({ ...settings, apiUrl: `${stub.url}/api/` });
    await expect(platform.start()).rejects.toThrow('Slack refused SLACK_BOT_TOKEN: invalid_auth.');
    await stub.close();
  });

  test('goes on when Slack does not answer, and asks again who we are before the first mention', async () => {
    const stub = await createSlackStub();
    stub.refuse('auth.test', 404);
    await reopen({ stub });
    stub.refuse('auth.test', 200, { ok: true, user_id: 'UBOT', bot_id: 'BBOT' });
    await slack.mention(`<@UBOT> ${QUESTION}`);
    expect((await stub.called('chat.postMessage'))[0]?.body.text).toContain(SIXTEEN);
  });
});
