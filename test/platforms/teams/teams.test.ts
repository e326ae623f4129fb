import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settled } from '../slack/time.ts';
import { SIXTEEN, saying } from '../slack/workspace.ts';
import { BOT, cardOf, TENANT } from './connector.ts';
import { openTeams, payload } from './workspace.ts';

const THREAD = '19:hyperv@thread.tacv2;messageid=1763802000000';
const HYPERV = '19:hyperv@thread.tacv2';
const GENERAL = '19:general@thread.tacv2';

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

describe('a message', () => {
  test.each([
    ['channel', THREAD, '1763802000000'],
    ['group', '19:0a1b2c@thread.v2', '1763802000001'],
    ['personal', 'a:1ann_personal', '1763802000002'],
    ['pasted', THREAD, '1763802000003'],
  ])('(%s) is answered in its thread with a card', async (name, conversation, replyToId) => {
    const response = await teams.send(payload(name));
    expect([response.status, await response.text()]).toEqual([200, '']);
    const said = teams.connector.said();
    expect(said).toMatchObject([{ kind: 'post', conversation, activity: replyToId, authorization: 'Bearer outbound' }]);
    const [answer] = await teams.connector.called('post');
    expect(answer?.body.summary).toContain(SIXTEEN);
    expect(answer && JSON.stringify(cardOf(answer))).toContain(SIXTEEN);
  });

  test.each([
    ['<at>Clusterwise</at> /pr', '/pr'],
    ['<at>Clusterwise</at> pr', 'pr'],
    ['/pr', '/pr'],
    ['pr', 'pr'],
  ])('(%s) reaches the bot with or without a mention and a slash', async (text, asked) => {
    const { bot } = await asking();
    await teams.send(payload('channel', { text }));
    expect(bot.asked).toEqual([asked]);
  });

  test.each([
    ['channel', { platform: 'teams', address: HYPERV, kind: 'channel' }],
    ['group', { platform: 'teams', address: '19:0a1b2c@thread.v2', kind: 'channel' }],
    ['personal', { platform: 'teams', address: 'a:1ann_personal', kind: 'direct' }],
  ])('(%s) is asked by whom and where it was said', async (name, place) => {
    const { bot } = await asking();
    await teams.send(payload(name));
    expect(bot.requests).toMatchObject([{ user: { id: '29:1ann-Q_x', name: 'Ann Archer' }, place }]);
  });

  test.each<[string, string, object]>([
    ['of a bot', 'channel', { from: { id: '28:other', name: 'Other' } }],
    ['of something that says it is a bot', 'channel', { from: { id: '29:x', role: 'bot' } }],
    ['without words', 'personal', { text: '\n', attachments: [{ contentType: 'text/html', content: '<p>pr</p>' }] }],
    ['of a file alone', 'personal', { text: null, attachments: [{ contentType: 'image/png' }] }],
    ['that was edited', 'edited', {}],
    ['that somebody liked', 'channel', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }],
  ])('%s is not answered', async (_, name, changed) => {
    const { bot } = await asking();
    expect((await teams.send(payload(name, changed))).status).toBe(200);
    expect([bot.asked, teams.connector.calls]).toEqual([[], []]);
  });

  test('that is a mention alone is told what can be asked', async () => {
    await teams.send(payload('channel', { text: '<at>Clusterwise</at>\n' }));
    const [answer] = await teams.connector.called('post');
    expect(answer?.body.summary).toContain('Please ask me something.');
  });

  test('that changes something names people as Teams does, not as somebody typed', async () => {
    const { bot } = await asking();
    const entities = [{ type: 'mention', mentioned: { id: '29:1bob', name: 'Bob' }, text: '<at>Bob</at>' }];
    await teams.send(payload('personal', { text: '/chore <at>Bob</at> <@eve|Bob> <@nobody|Bob>', entities }));
    expect(bot.asked).toEqual(['/chore <@29:1bob|Name of 29:1bob> <@29:1eve|Name of eve> <@nobody>']);
  });

  test('that comes twice, also at the same moment, is answered once', async () => {
    const { bot } = await asking();
    const again = () => teams.send(payload('channel'));
    const statuses = (await Promise.all([again(), again(), again()])).map(({ status }) => status);
    await again();
    expect(statuses).toEqual([200, 200, 200]);
    expect(bot.asked).toHaveLength(1);
    await teams.send(payload('channel', { id: '1763802000999' }));
    expect(bot.asked).toHaveLength(2);
  });

  test('that the bot fails at is answered with a reference', async () => {
    await reopen({ bot: saying({ headline: 'Sorry, that went wrong on my side.', problem: 'fault' }) });
    await teams.send(payload('channel'));
    expect((await teams.connector.called('post'))[0]?.body.summary).toContain('Sorry, that went wrong');
  });

  test('that cannot be answered is logged without its text, and the next one is answered', async () => {
    const lines: string[] = [];
    const sink = new Writable({
      write(chunk, _, done) {
        lines.push(String(chunk));
        done();
      },
    });
    await reopen({ log: pino({ level: 'trace' }, sink) });
    teams.connector.refuse('post', { status: 403, code: 'BotNotInConversationRoster' });
    const response = await teams.send(payload('channel', { text: '/pr secretword hosts' }));
    expect([response.status, await response.text()]).toEqual([500, '']);
    expect(lines.join('')).toContain('could not be answered');
    expect(lines.join('')).not.toContain('secretword');
    teams.connector.accept('post');
    expect((await teams.send(payload('group'))).status).toBe(200);
  });

  test.each(['/pr <at>Everyone</at> & <b>', '/<at>channel</at>', '/help [x](https://evil.example) <@29:evil|x>'])(
    'stays plain text wherever it is said back: “%s”',
    async (text) => {
      await teams.send(payload('personal', { text }));
      const [answer] = await teams.connector.called('post');
      expect(answer?.raw).not.toContain('"mention"');
      expect(answer?.raw).not.toContain('"type":"TextBlock"');
      expect(answer?.body.text).toBeUndefined();
    },
  );

  test('with an answer of many parts gets them in order', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => [`host-${i}`, 'x'.repeat(50)]);
    await reopen({ bot: saying({ headline: 'Many hosts.', tables: [{ columns: ['Host', 'Note'], rows }] }) });
    await teams.send(payload('channel'));
    const posts = teams.connector.calls;
    expect(posts.length).toBeGreaterThan(1);
    expect(posts.map(({ raw }) => raw.indexOf('host-0"') > 0)).toEqual(posts.map((_, i) => i === 0));
  });
});

async function asking() {
  const bot = saying({ headline: 'Yes.' });
  await reopen({ bot });
  return { bot };
}

describe('a conversation', () => {
  test('is stored with the first activity, and again only when it has changed', async () => {
    const { serviceUrl } = teams.connector;
    await teams.send(payload('channel'));
    await teams.send(payload('channel', { id: '2' }));
    expect(teams.stored).toEqual([HYPERV]);
    expect(await teams.conversations.get(HYPERV)).toEqual({
      serviceUrl,
      tenantId: TENANT,
      bot: BOT,
      kind: 'channel',
      team: GENERAL,
    });
    await teams.send(payload('channel', { id: '3', recipient: { ...BOT, name: 'Renamed' } }));
    expect(teams.stored).toEqual([HYPERV, HYPERV]);
  });

  test('of one person is stored without a team', async () => {
    await teams.send(payload('personal'));
    expect(await teams.conversations.get('a:1ann_personal')).toMatchObject({ kind: 'personal', tenantId: TENANT });
    expect(await teams.conversations.get('a:1ann_personal')).not.toHaveProperty('team');
  });
});

describe('an installation', () => {
  test('is welcomed once with what can be asked, however Teams tells of it', async () => {
    await teams.send(payload('team-added'));
    await teams.send(payload('team-installed'));
    expect(teams.connector.calls).toHaveLength(1);
    expect(teams.connector.calls[0]?.body.summary).toContain('Ask me one of these');
    expect(await teams.conversations.get(GENERAL)).toMatchObject({ team: GENERAL });
  });

  test('is stored although nothing has changed, since another replica may have forgotten it', async () => {
    await teams.send(payload('team-added'));
    await teams.conversations.delete(GENERAL);
    await teams.send(payload('team-installed'));
    expect(await teams.conversations.get(GENERAL)).toBeDefined();
  });

  test('that is an upgrade is not welcomed, nor are other people', async () => {
    await teams.send(payload('team-installed', { action: 'add-upgrade' }));
    await teams.send(payload('team-added', { membersAdded: [{ id: '29:1bob' }] }));
    expect(teams.connector.calls).toEqual([]);
  });
});

describe('an uninstall', () => {
  test('of a team pauses the reminders of all its channels, and forgets them', async () => {
    await teams.send(payload('team-added'));
    await teams.send(payload('channel'));
    await teams.send(payload('group'));
    expect((await teams.send(payload('team-removed'))).status).toBe(200);
    expect(teams.suspended.toSorted()).toEqual([GENERAL, HYPERV]);
    expect(await teams.conversations.get(HYPERV)).toBeUndefined();
    expect(await teams.conversations.get('19:0a1b2c@thread.v2')).toBeDefined();
  });

  test('by one person pauses what they have alone', async () => {
    await teams.send(payload('personal'));
    await teams.send(payload('channel'));
    await teams.send(payload('personal-uninstalled'));
    expect(teams.suspended).toEqual(['a:1ann_personal']);
    expect(await teams.conversations.get('a:1ann_personal')).toBeUndefined();
    expect(await teams.conversations.get(HYPERV)).toBeDefined();
  });

  test('that is an upgrade pauses nothing, nor does it when others leave', async () => {
    await teams.send(payload('personal-uninstalled', { action: 'remove-upgrade' }));
    await teams.send(payload('team-removed', { membersRemoved: [{ id: '29:1bob' }] }));
    expect(teams.suspended).toEqual([]);
  });

  test('that is taken back is stored again', async () => {
    await teams.send(payload('channel'));
    await teams.send(payload('team-removed'));
    await teams.send(payload('channel', { id: '2' }));
    expect(await teams.conversations.get(HYPERV)).toBeDefined();
  });
});

test('stopping waits for what is under way', async () => {
  const release = teams.connector.hold('post');
  const sent = teams.send(payload('channel'));
  await teams.connector.called('post');
  let stopped = false;
  const stopping = teams.teams.stop().then(() => (stopped = true));
  await settled();
  expect(stopped).toBe(false);
  release();
  await stopping;
  expect((await sent).status).toBe(200);
});
