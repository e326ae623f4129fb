import { request } from 'node:http';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { authenticationOf, Entrance, refusalOf } from '../../../src/platforms/teams/authentication.ts';
import { createTeams } from '../../../src/platforms/teams/teams.ts';
import { openEvents, saying, silent } from '../slack/workspace.ts';
import { APP, type Connector } from './connector.ts';
import { openTeams, payload } from './workspace.ts';

let teams: Awaited<ReturnType<typeof openTeams>>;
let bot: ReturnType<typeof saying>;
let lines: string[];

beforeEach(async () => {
  // botbuilder writes of some tokens to the console, by itself.
  vi.spyOn(console, 'error').mockImplementation(() => {});
  bot = saying({ headline: 'Yes.' });
  lines = [];
  const sink = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  });
  teams = await openTeams({ bot, log: pino({ level: 'trace' }, sink) });
});

afterEach(async () => {
  await teams.close();
  vi.restoreAllMocks();
});

const answered = async (response: Response) => [response.status, await response.text()];
const seconds = () => Math.floor(Date.now() / 1000);

describe('a request', () => {
  test('with a token of Teams is let in', async () => {
    expect(await answered(await teams.send(payload('personal')))).toEqual([200, '']);
    expect(bot.asked).toEqual(['/pr 2 hosts 2 channels 4 csvs']);
  });

  test.each<[string, (connector: Connector) => string]>([
    ['no token', () => ''],
    ['another scheme', () => 'Basic YTpi'],
    ['garbage', () => 'Bearer garbage'],
    ['three parts of garbage', () => 'Bearer a.b.c'],
    ['two tokens', ({ token }) => `Bearer ${token()} ${token()}`],
    ['a token of another issuer', ({ token }) => `Bearer ${token({ iss: 'https://evil.example' })}`],
    ['a token for another app', ({ token }) => `Bearer ${token({ aud: '99999999-2222-4333-8444-555555555555' })}`],
    ['a token that has expired', ({ token }) => `Bearer ${token({ exp: seconds() - 600 })}`],
    ['a token that is not valid yet', ({ token }) => `Bearer ${token({ nbf: seconds() + 3600 })}`],
    ['a key that nobody published', ({ token }) => `Bearer ${token({}, { kid: 'key-2' })}`],
    ['a token that is not signed', ({ token }) => `Bearer ${token({}, { alg: 'none' })}`],
    ['a signature with the published key as a secret', ({ token }) => `Bearer ${token({}, { alg: 'HS256' })}`],
    ['the signature of another key', ({ token }) => `Bearer ${token({}, { forged: true })}`],
    ['a token for another service', ({ token }) => `Bearer ${token({ serviceurl: 'https://smba.test/' })}`],
    ['a token for no service', ({ token }) => `Bearer ${token({ serviceurl: undefined })}`],
  ])('with %s is refused, and nothing of the token is logged', async (_, made) => {
    const authorization = made(teams.connector);
    expect(await answered(await teams.send(payload('personal'), { authorization }))).toEqual([401, '']);
    expect(bot.asked).toEqual([]);
    expect(lines.join('')).toContain('a request was refused');
    for (const part of authorization.split(/[ .]/).filter((word) => word.length > 5 && word !== 'Bearer'))
      expect(lines.join('')).not.toContain(part);
    expect(lines.join('')).not.toMatch(/evil|99999999/);
  });

  test.each(['webchat', 'emulator', 'directline', 'AseChannel', 'unendorsed'])(
    'of the channel %s is refused',
    async (channelId) => {
      expect(await answered(await teams.send(payload('personal', { channelId })))).toEqual([401, '']);
    },
  );

  test('that names another address of the service than its token is refused, and that is not called', async () => {
    const elsewhere = payload('personal', { serviceUrl: 'http://127.0.0.1:9/' });
    expect(await answered(await teams.send(elsewhere))).toEqual([401, '']);
    expect(await answered(await teams.send(payload('personal', { serviceUrl: '' })))).toEqual([400, '']);
    expect(bot.asked).toEqual([]);
    expect(teams.stored).toEqual([]);
  });

  test('is put off while the keys of Teams cannot be read, and that is logged', async () => {
    teams.connector.hideMetadata();
    expect(await answered(await teams.send(payload('personal')))).toEqual([503, '']);
    expect(lines.join('')).toContain('the keys of Teams could not be read');
  });
});

test('keys that nobody answers for are told from a bad token', async () => {
  const { connector } = teams;
  const authentication = connector.authentication();
  const header = `Bearer ${connector.token()}`;
  await connector.close();
  const activity = { ...payload('personal'), serviceUrl: connector.serviceUrl };
  // The fields that are read of it are there.
  const heard = activity as unknown as Parameters<Entrance['admit']>[1];
  const error = await new Entrance(authentication).admit(header, heard).catch((error: unknown) => error);
  expect(refusalOf(error).status).toBe(503);
});

describe('a body', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(teams.url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

  test.each([
    ['nothing', ''],
    ['half of it', '{"type": "mess'],
    ['no object', '[]'],
    ['nothing that is known', '{}'],
    ['wrong kinds', JSON.stringify(payload('personal', { text: 7 }))],
  ])('of %s is refused', async (_, body) => expect(await answered(await post(body))).toEqual([400, '']));

  test('that is no JSON by its header is refused', async () => {
    expect(await answered(await post('{}', { 'content-type': 'text/plain' }))).toEqual([400, '']);
  });

  test('that is too large is refused', async () => {
    expect(await answered(await post(JSON.stringify({ text: 'x'.repeat(300_000) })))).toEqual([413, '']);
  });

  test('that is too large and does not say so is refused', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json' };
      const sent = request(teams.url, { method: 'POST', headers }, ({ statusCode }) => resolve(statusCode));
      sent.on('error', reject);
      for (let part = 0; part < 5; part += 1) sent.write('x'.repeat(64 * 1024));
      sent.end();
    });
    expect(status).toBe(413);
  });

  test('is taken by POST alone', async () => {
    const response = await fetch(teams.url);
    expect([response.status, response.headers.get('allow'), await response.text()]).toEqual([405, 'POST', '']);
  });
});

test('without the id of an app Teams does not start, unless it is for development', async () => {
  const { events, close } = openEvents();
  const { conversations } = teams;
  const suspend = async () => {};
  const made = { bot, log: silent, events, conversations, suspend, appType: 'SingleTenant' as const };
  expect(() => createTeams(made)).toThrow('Please set MicrosoftAppId');
  expect(createTeams({ ...made, development: true }).name).toBe('teams');
  await close();
});

test('for development a request needs no token, and the answer takes none along', async () => {
  await teams.close();
  teams = await openTeams({ bot, development: true });
  const elsewhere = payload('personal', { channelId: 'emulator' });
  expect(await answered(await teams.send(elsewhere, { authorization: '' }))).toEqual([200, '']);
  expect(teams.connector.calls).toMatchObject([{ kind: 'post', conversation: 'a:1ann_personal' }]);
  expect(teams.connector.calls[0]?.authorization).toBeUndefined();
});

test('what the type of an app needs is asked for', () => {
  expect(() => authenticationOf({ appId: APP, appType: 'SingleTenant' })).toThrow('MicrosoftAppTenantId is required');
});
