import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/answer.ts';
import type { Form } from '../../../src/form.ts';
import { createTime, settled } from '../slack/time.ts';
import { SIXTEEN, saying } from '../slack/workspace.ts';
import { cardOf } from './connector.ts';
import { openTeams, payload } from './workspace.ts';

const THREAD = '19:hyperv@thread.tacv2;messageid=1763802000000';
const CARD = '1763802000900';
const QUESTION = '/pr 2 hosts 2 channels 4 csvs';

let teams: Awaited<ReturnType<typeof openTeams>>;

beforeEach(async () => {
  teams = await openTeams();
});

afterEach(() => teams.close());

async function reopen(made: Parameters<typeof openTeams>[0]): Promise<typeof teams> {
  await teams.close();
  teams = await openTeams(made);
  return teams;
}

/** A bot that answers when told. */
function waiting() {
  let answer: (answer: Answer) => void = () => {};
  const bot = saying(new Promise((resolve) => (answer = resolve)));
  return { bot, answer: (given: Answer) => answer(given) };
}

/** Presses a button on a card in a channel; what Teams is answered, once it is. */
async function press(data: object, changed: object = {}) {
  const value = { action: { type: 'Action.Execute', verb: 'ask', data }, trigger: 'manual' };
  const response = await teams.send(payload('button', { value, ...changed }));
  return { status: response.status, ...JSON.parse(await response.text()) };
}

const done = { ask: '/chore done 3' };
const message = (value: string) => ({
  status: 200,
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value,
});
const personal = { conversation: { conversationType: 'personal', id: 'a:1ann_personal' } };

test('a button is pressed in the name of the presser, where it stands', async () => {
  const bot = saying({ headline: 'Done.', shown: true });
  await reopen({ bot });
  await press(done);
  expect(bot.requests).toMatchObject([
    {
      text: '/chore done 3',
      user: { id: '29:1ann-Q_x', name: 'Ann Archer' },
      place: { platform: 'teams', address: '19:hyperv@thread.tacv2', kind: 'channel' },
    },
  ]);
});

describe('a press', () => {
  test('whose answer shows on the message itself tells the presser alone', async () => {
    await reopen({ bot: saying({ headline: 'Done: CSV defrag.', shown: true }) });
    expect(await press(done)).toEqual(message('Done: CSV defrag.'));
    expect(teams.connector.calls).toEqual([]);
  });

  test('whose answer replaces the message changes it', async () => {
    await reopen({ bot: saying({ headline: 'Saved as reminder 3.', replaces: true }) });
    expect(await press(done)).toEqual(message('My answer is here.'));
    const [edited] = await teams.connector.called('edit');
    expect(edited).toMatchObject({ conversation: THREAD, activity: CARD });
    expect(edited && JSON.stringify(cardOf(edited))).toContain('Saved as reminder 3.');
    await teams.teams.stop();
    expect(teams.connector.calls).toHaveLength(1);
  });

  test('whose message cannot be changed is answered below it', async () => {
    await reopen({ bot: saying({ headline: 'Saved.', replaces: true }) });
    teams.connector.refuse('edit', { status: 404, code: 'NotFound' });
    await press(done);
    const [said] = await teams.connector.called('post');
    expect(said).toMatchObject({ conversation: THREAD, body: { summary: expect.stringContaining('Saved.') } });
  });

  test('that asks something is answered in the thread', async () => {
    expect(await press({ ask: QUESTION })).toEqual(message('My answer is below.'));
    const [said] = await teams.connector.called('post');
    expect(said?.conversation).toBe(THREAD);
    expect(said?.body.summary).toContain(SIXTEEN);
  });

  test.each<[string, object, Answer]>([
    ['what went wrong', { ask: QUESTION }, { headline: 'No.', problem: 'input' }],
    ['a fault of the bot', done, { headline: 'Sorry.', problem: 'fault' }],
    ['what a channel knows already', done, { headline: 'That was already done.' }],
  ])('tells the presser alone %s', async (_, data, answer) => {
    await reopen({ bot: saying(answer) });
    expect(await press(data)).toEqual(message(answer.headline));
    await teams.teams.stop();
    expect(teams.connector.calls).toEqual([]);
  });

  test.each<[string, Answer, object]>([
    ['is for the channel', { headline: 'Removed.', audience: 'channel' }, {}],
    ['says more than a sentence', { headline: 'Two reminders.', facts: [['1', 'CSV defrag']] }, {}],
    ['comes where nobody else reads', { headline: 'Removed.' }, personal],
  ])('that changed something is answered below when the answer %s', async (_, answer, changed) => {
    await reopen({ bot: saying(answer) });
    expect(await press(done, changed)).toEqual(message('My answer is below.'));
    expect((await teams.connector.called('post'))[0]?.body.summary).toContain(answer.headline);
  });

  test.each([
    ['/chore done 3', 2500],
    [QUESTION, 1000],
  ])('(%s) is acknowledged after %d milliseconds all the same, and answered when it is', async (ask, patience) => {
    const { bot, answer } = waiting();
    const time = createTime();
    await reopen({ bot, clock: time });
    let acknowledged: object | undefined;
    const pressed = press({ ask }).then((answer) => (acknowledged = answer));
    while (bot.asked.length === 0) await settled();
    await time.pass(patience - 1);
    expect(acknowledged).toBeUndefined();
    await time.pass(1);
    expect(await pressed).toEqual(message('One moment please: my answer comes below.'));
    // The request is answered; the turn, and all that belongs to it, goes on.
    answer({ headline: 'Kept late.' });
    expect((await teams.connector.called('post'))[0]?.body.summary).toContain('Kept late.');
  });

  test('that comes twice is done once, and acknowledged both times', async () => {
    const bot = saying({ headline: 'Done.', shown: true });
    await reopen({ bot });
    expect((await press(done)).status).toBe(200);
    expect(await press(done)).toEqual(message('I have that already.'));
    expect(bot.asked).toHaveLength(1);
  });

  test.each<[string, object]>([
    ['nothing', {}],
    ['what is no card of ours', { approve: true }],
    ['no text', { ask: 7 }],
  ])('that holds %s is told so', async (_, data) => {
    expect(await press(data)).toEqual(message('I don’t know this button: please ask me again.'));
  });

  test('that is forged asks what the person could have typed', async () => {
    const { value } = await press({ ask: '/pr <at>Everyone</at> hosts' });
    expect(value).toContain('<at>Everyone</at>');
    expect(teams.connector.calls).toEqual([]);
  });

  test('of another kind of invoke is left alone', async () => {
    const response = await teams.send(payload('button', { name: 'composeExtension/query' }));
    expect([response.status, await response.text()]).toEqual([200, '']);
  });
});

describe('a form', () => {
  const form: Form = {
    title: 'Problem',
    submit: 'Send',
    ask: '/chore problem 3',
    fields: [
      { name: 'note', label: 'What is wrong?', kind: 'text', long: true },
      { name: 'who', label: 'Who?', kind: 'person', lead: 'owner' },
    ],
  };

  test('of an answer is a card in the thread, which sends what it completes', async () => {
    await reopen({ bot: saying({ headline: 'Say what is wrong.', form }) });
    await press(done);
    const [said] = await teams.connector.called('post');
    expect(said?.conversation).toBe(THREAD);
    expect(said?.raw).toContain('"type":"Input.Text"');
    expect(said?.raw).toContain('"ask":"/chore problem 3"');
  });

  test('that is filled in asks the text it makes, with the names of people, and gives way to the answer', async () => {
    const bot = saying({ headline: 'Problem noted: CSV defrag.', shown: true });
    await reopen({ bot });
    const filled = { form, note: 'The "disk" is full', who: 'bob' };
    expect(await press(filled)).toEqual(message('My answer is here.'));
    expect(bot.asked).toEqual([`/chore problem 3 "The 'disk' is full" owner <@29:1bob|Name of bob>`]);
    const [edited] = await teams.connector.called('edit');
    expect(edited).toMatchObject({ conversation: THREAD, activity: CARD });
    expect(edited && JSON.stringify(cardOf(edited))).toContain('Problem noted: CSV defrag.');
  });

  test('that names somebody whom Teams does not know asks all the same', async () => {
    const bot = saying({ headline: 'Who?', problem: 'input' });
    await reopen({ bot });
    await press({ form, who: 'nobody' });
    expect(bot.asked).toEqual(['/chore problem 3 owner <@nobody>']);
  });

  test('that is not right comes back to the presser as it was filled in, and says what is wrong', async () => {
    await reopen({ bot: saying({ headline: 'Please say when.', problem: 'input' }) });
    const { statusCode, type, value } = await press({ form, note: 'x', who: 'bob' });
    expect({ statusCode, type }).toEqual({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
    expect(value.body).toMatchObject([
      { inlines: [{ text: 'Problem' }] },
      { id: 'note', value: 'x' },
      { id: 'who', value: 'bob' },
      { inlines: [{ text: 'Please say when.' }] },
      { actions: [{ data: { form } }] },
    ]);
    await teams.teams.stop();
    expect(teams.connector.calls).toEqual([]);
  });
});

describe('a press from a client without Action.Execute', () => {
  test('is answered in the conversation', async () => {
    const response = await teams.send(payload('submit'));
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(teams.connector.calls).toMatchObject([{ kind: 'post', conversation: 'a:1ann_personal' }]);
    expect(teams.connector.calls[0]?.body.summary).toContain(SIXTEEN);
  });

  test.each<[string, Answer]>([
    ['what went wrong', { headline: 'No.', problem: 'input' }],
    ['what a channel knows already', { headline: 'That was already done.' }],
  ])('is told %s below, since it cannot be told alone', async (_, answer) => {
    await reopen({ bot: saying(answer) });
    await teams.send(payload('submit', { value: done }));
    expect(teams.connector.calls.map(({ kind, body }) => [kind, body.summary])).toEqual([['post', answer.headline]]);
  });

  test('changes its message when the answer replaces it', async () => {
    await reopen({ bot: saying({ headline: 'Saved.', replaces: true }) });
    await teams.send(payload('submit', { value: done }));
    expect(teams.connector.calls).toMatchObject([{ kind: 'edit', activity: '1763802000901' }]);
  });

  test('that comes twice is done once', async () => {
    const bot = saying({ headline: 'Done.', shown: true });
    await reopen({ bot });
    await teams.send(payload('submit', { value: done }));
    await teams.send(payload('submit', { value: done }));
    expect(bot.asked).toHaveLength(1);
  });
});
