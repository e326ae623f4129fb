import { afterEach, describe, expect, test } from 'vitest';
import { openWorkspace, saying } from './workspace.ts';

let slack: Awaited<ReturnType<typeof openWorkspace>>;

afterEach(() => slack.close());

describe('the names of people', () => {
  const TEXT = '<@UBOT> chore add defrag owner <@U5> escalate to <@U6|bob> and <@U5>';

  test('are looked up, once each, where something is going to be kept', async () => {
    const bot = saying({ headline: 'Added.' });
    slack = await openWorkspace({ bot });
    await slack.mention(TEXT);
    await slack.mention(TEXT);
    await slack.stub.called('chat.postMessage', 2);
    const text = 'chore add defrag owner <@U5|name-of-U5> escalate to <@U6|name-of-U6> and <@U5|name-of-U5>';
    expect(bot.requests).toMatchObject(Array(2).fill({ text, user: { id: 'U1', name: 'name-of-U1' } }));
    const asked = slack.stub.calls.filter(({ method }) => method === 'users.info').map(({ body }) => body.user);
    expect(asked.sort()).toEqual(['U1', 'U5', 'U6']);
  });

  test('are not waited for by a question', async () => {
    const bot = saying({ headline: 'Yes.' });
    slack = await openWorkspace({ bot });
    await slack.mention('<@UBOT> pr 2 hosts <@U5>');
    await slack.stub.called('chat.postMessage');
    expect(bot.requests).toMatchObject([{ text: 'pr 2 hosts <@U5>', user: { id: 'U1', name: '' } }]);
    expect(slack.stub.calls.map(({ method }) => method)).not.toContain('users.info');
  });

  test('are their ids where Slack does not tell, which is asked again the next time', async () => {
    const bot = saying({ headline: 'Added.' });
    slack = await openWorkspace({ bot });
    slack.stub.refuse('users.info', 200, { ok: false, error: 'missing_scope' });
    await slack.slash('/chore add owner <@U5>');
    await slack.stub.called('respond');
    slack.stub.refuse('users.info', 200, { ok: true, user: { name: 'a <b>|"c"' } });
    await slack.slash('/chore add owner <@U5>');
    await slack.stub.called('respond', 2);
    expect(bot.asked).toEqual(['/chore add owner <@U5|U5>', '/chore add owner <@U5|abc>']);
  });
});
