import { afterAll, expect, test } from 'vitest';
import { createSlack } from '../../../src/platforms/slack/slack.ts';
import { bot } from '../../ask.ts';
import { acceptSocket } from './socket.ts';
import { createSlackStub } from './stub.ts';
import { openEvents, silent, slashForm } from './workspace.ts';

const { events, close } = openEvents();
afterAll(close);

test('a Socket Mode connection that Slack refuses ends the start with one sentence', async () => {
  const stub = await createSlackStub();
  stub.refuse('apps.connections.open', 200, { ok: false, error: 'invalid_auth' });
  const made = { bot, log: silent, events, botToken: 'xoxb-test', appToken: 'xapp-wrong', apiUrl: `${stub.url}/api/` };
  await expect(createSlack(made).start()).rejects.toThrow(
    /^Slack opened no Socket Mode connection \(.*invalid_auth.*\): check SLACK_APP_TOKEN, or start again later\.$/,
  );
  await stub.close();
});

test('over Socket Mode a slash command is acknowledged and answered, and no path is served', async () => {
  const stub = await createSlackStub();
  const socket = acceptSocket(stub.server);
  const made = { bot, log: silent, events, botToken: 'xoxb-test', appToken: 'xapp-test', apiUrl: `${stub.url}/api/` };
  const slack = createSlack(made);
  expect(slack.routes).toEqual({});

  const started = slack.start();
  await socket.send({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' } });
  await started;
  const payload = slashForm('/pr 2 hosts 2 channels 4 csvs', `${stub.url}/respond`);
  await socket.send({ type: 'slash_commands', envelope_id: 'e1', accepts_response_payload: true, payload });

  expect(await socket.next()).toMatchObject({ envelope_id: 'e1' });
  const [answer] = await stub.called('respond');
  expect(answer?.body.text).toContain('= 16 persistent reservations.');

  await slack.stop();
  (await socket.opened).destroy();
  await stub.close();
});
