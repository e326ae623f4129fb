import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/answer.ts';
import type { Form } from '../../../src/form.ts';
import { createTime, settled } from './time.ts';
import { openWorkspace, QUESTION, SIXTEEN, saying } from './workspace.ts';

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

/** A bot that answers when told. */
function waiting() {
  let answer: (answer: Answer) => void = () => {};
  const bot = saying(new Promise((resolve) => (answer = resolve)));
  return { bot, answer: (given: Answer) => answer(given) };
}

const done = { action_id: 'ask-0', value: '/chore done 3' };
const card = { ts: '400.1' };

describe('a press that changes something', () => {
  test.each(['/chore done 3', 'chores done 3', ' /Chore done 3'])(
    '(%s) is kept before it is acknowledged',
    async (value) => {
      const { bot, answer } = waiting();
      await reopen({ bot });
      let acknowledged = false;
      const pressed = slack.press({ action_id: 'ask-0', value }, card).then(({ status }) => {
        acknowledged = true;
        return status;
      });
      while (bot.asked.length === 0) await settled();
      await settled();
      expect(acknowledged).toBe(false);
      answer({ headline: 'Done.', shown: true });
      expect(await pressed).toBe(200);
    },
  );

  test('is acknowledged after two and a half seconds all the same, and answered when it is kept', async () => {
    const { bot, answer } = waiting();
    const time = createTime();
    await reopen({ bot, clock: time });
    let acknowledged = false;
    const pressed = slack.press(done, card).then(() => (acknowledged = true));
    while (bot.asked.length === 0) await settled();
    await time.pass(2499);
    expect(acknowledged).toBe(false);
    await time.pass(1);
    await pressed;
    answer({ headline: 'Kept late.' });
    expect((await slack.stub.called('respond'))[0]?.body.text).toBe('Kept late.');
  });

  test('is asked by the one who pressed, once', async () => {
    const bot = saying({ headline: 'Done.', shown: true });
    await reopen({ bot });
    await slack.press(done, card);
    await slack.slack.stop();
    expect(bot.requests).toMatchObject([
      {
        text: '/chore done 3',
        user: { id: 'U2', name: 'presser' },
        place: { platform: 'slack', address: 'C1', kind: 'channel' },
      },
    ]);
  });

  test('and shows on the message itself is not answered besides', async () => {
    await reopen({ bot: saying({ headline: 'Done.', shown: true }) });
    await slack.press(done, card);
    await slack.slack.stop();
    expect(slack.stub.posts()).toEqual([]);
  });

  test.each<[string, Answer]>([
    ['what is said to nobody else', { headline: 'Snoozed.' }],
    ['what was wrong', { headline: 'No.', problem: 'input', audience: 'channel' }],
  ])('on a message in a channel is answered to the presser alone: %s', async (_, answer) => {
    await reopen({ bot: saying(answer) });
    await slack.press(done, card);
    const [said] = await slack.stub.called('respond');
    expect(said?.body).toMatchObject({ response_type: 'ephemeral', replace_original: false, text: answer.headline });
    expect(slack.stub.posts()).toHaveLength(1);
  });

  test('on a message in a channel is answered in its thread where the answer is for the channel', async () => {
    await reopen({ bot: saying({ headline: 'Removed.', audience: 'channel' }) });
    await slack.press(done, card);
    const [said] = await slack.stub.called('chat.postMessage');
    expect(said?.body).toMatchObject({ channel: 'C1', thread_ts: '400.1', text: 'Removed.' });
  });

  test('on a private message replaces it where the answer does', async () => {
    await reopen({ bot: saying({ headline: 'Resumed.', replaces: true }) });
    await slack.press(done);
    const [said] = await slack.stub.called('respond');
    expect(said?.body).toMatchObject({ response_type: 'ephemeral', replace_original: true });
  });
});

test('a press that changes nothing is acknowledged before the bot is asked', async () => {
  const { bot, answer } = waiting();
  await reopen({ bot });
  expect((await slack.press({ action_id: 'ask-0', value: QUESTION })).status).toBe(200);
  answer({ headline: SIXTEEN });
  expect((await slack.stub.called('respond'))[0]?.body.text).toBe(SIXTEEN);
});

test('an answer for the asker alone is not offered to be shown to the channel, which would ask again', async () => {
  await reopen({ bot: saying({ headline: 'Added.', audience: 'asker' }) });
  await slack.slash('/chore add');
  await slack.press(done);
  const [added, pressed] = await slack.stub.called('respond', 2);
  expect(added?.raw).not.toContain('Show to the channel');
  expect(pressed?.raw).not.toContain('Show to the channel');
  await reopen({ bot: saying({ headline: 'Three chores.' }) });
  await slack.slash('/chore list');
  expect((await slack.stub.called('respond'))[0]?.raw).toContain('Show to the channel');
});

describe('a form', () => {
  const form: Form = {
    title: 'Problem',
    submit: 'Send',
    ask: '/chore problem 3',
    fields: [
      { name: 'note', label: 'What is wrong?', kind: 'text' },
      { name: 'when', label: 'When again?', kind: 'words', lead: 'again', optional: true },
    ],
  };
  const asks: Answer = { headline: 'Type what is wrong: “/chore problem 3 "no space"”.', form };
  const note = { type: 'plain_text_input', value: 'No space' };

  /** Opens the form by a slash command, and lets the bot say something else from then on. */
  async function open(next: Answer) {
    let answer = asks;
    const asked: string[] = [];
    const bot = saying(asks);
    const ask: typeof bot.ask = async ({ text }) => {
      asked.push(text);
      return answer;
    };
    await reopen({ bot: { ...bot, ask } });
    await slack.slash('/chore problem 3');
    const [opened] = await slack.stub.called('views.open');
    answer = next;
    return { view: opened?.body.view, asked };
  }

  test('that a slash command asks for is opened, and nothing is posted', async () => {
    await reopen({ bot: saying(asks) });
    await slack.slash('/chore problem 3');
    const [opened] = await slack.stub.called('views.open');
    expect(opened?.body.trigger_id).toBe('1.2.3');
    expect(opened?.body.view?.blocks.map(({ block_id }) => block_id)).toEqual(['note', 'when']);
    await slack.slack.stop();
    expect(slack.stub.posts()).toEqual([]);
  });

  test('that a press asks for is opened, and nothing is posted', async () => {
    await reopen({ bot: saying(asks) });
    await slack.press(done, card);
    expect((await slack.stub.called('views.open'))[0]?.body.trigger_id).toBe('4.5.6');
    await slack.slack.stop();
    expect(slack.stub.posts()).toEqual([]);
  });

  test('that Slack does not open is answered in words', async () => {
    await reopen({ bot: saying(asks) });
    slack.stub.refuse('views.open', 200, { ok: false, error: 'expired_trigger_id' });
    await slack.slash('/chore problem 3');
    expect((await slack.stub.called('respond'))[0]?.body.text).toContain('Type what is wrong');
  });

  test('that a message asks for is answered in words, since Slack opens none there', async () => {
    await reopen({ bot: saying(asks) });
    await slack.mention('<@UBOT> chore problem 3');
    expect((await slack.stub.called('chat.postMessage'))[0]?.body.text).toContain('Type what is wrong');
  });

  test('that is sent is asked as if it had been typed, and answered to the sender alone', async () => {
    const { view, asked } = await open({ headline: 'Noted.' });
    const sent = await slack.submit(view, { note, when: { type: 'plain_text_input', value: 'monday 09:00' } });
    expect([sent.status, await sent.text()]).toEqual([200, '']);
    expect(asked[1]).toBe('/chore problem 3 "No space" again monday 09:00');
    const [said] = await slack.stub.called('chat.postEphemeral');
    expect(said?.body).toMatchObject({ channel: 'C1', user: 'U2', text: 'Noted.' });
  });

  test('that is sent with a fault says so at the field, and stays open', async () => {
    const { view } = await open({ headline: 'I don’t know the time “someday”.', problem: 'input' });
    const sent = await slack.submit(view, { note, when: { type: 'plain_text_input', value: 'someday 09:00' } });
    expect(await sent.json()).toEqual({
      response_action: 'errors',
      errors: { when: 'I don’t know the time “someday”.' },
    });
    await slack.slack.stop();
    expect(slack.stub.posts()).toEqual([]);
  });

  test('whose answer shows on a message is not answered besides', async () => {
    const { view } = await open({ headline: 'Noted.', shown: true });
    await slack.submit(view, { note });
    await slack.slack.stop();
    expect(slack.stub.posts()).toEqual([]);
  });

  test('is answered by a direct message where the bot may not post in the channel', async () => {
    const { view } = await open({ headline: 'Noted.' });
    slack.stub.refuse('chat.postEphemeral', 200, { ok: false, error: 'not_in_channel' });
    await slack.submit(view, { note });
    const [said] = await slack.stub.called('chat.postMessage');
    expect(said?.body).toMatchObject({ channel: 'D9', text: 'Noted.' });
  });
});
