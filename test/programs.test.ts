import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as allOf } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { nodeTooOld } from '../src/node-version.js';
import { projectPath } from './ask.ts';
import { createSlackStub } from './platforms/slack/stub.ts';

/** Runs a program of the project as npm does, without a terminal. */
function run(program: string[], { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {}) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [projectPath('src/start.js'), ...program], {
    input,
    encoding: 'utf8',
    cwd: projectPath('test/golden'), // a folder without a .env of somebody who develops here
    env: { PATH: process.env.PATH ?? '', ...env },
  });
  return { stdout, stderr, status };
}

describe('npm run ask', () => {
  test('prints the answer as plain text and ends with status 0', () => {
    const { stdout, stderr, status } = run(['ask', '/pr 2 hosts 2 channels 4 csvs']);
    expect(stdout).toContain('2 hosts x 1 module x 2 connections x 4 CSVs = 16 persistent reservations.');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  test('takes the question in one word or in several', () => {
    expect(run(['ask', '/pr', '2', 'hosts', '2', 'channels', '4', 'csvs']).stdout).toContain('= 16 persistent');
  });

  test.each(['/pr 8 hots', 'foo', '/license 2 hosts', ''])('ends with status 2 for “%s”', (text) => {
    const { stdout, stderr, status } = run(['ask', text]);
    expect(stdout.length).toBeGreaterThan(10);
    expect({ stderr, status }).toEqual({ stderr: '', status: 2 });
  });

  test('with --json answers every line with one JSON object, in order, also lines it does not understand', () => {
    const input = '/pr 2 hosts 2 channels 4 csvs\n\n/pr 2 hots\n\u{1F600}\n/help\n';
    const { stdout, status } = run(['ask', '--json'], { input });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(status).toBe(0);
    expect(lines.map(({ ask, understood }) => [ask, understood])).toEqual([
      ['/pr 2 hosts 2 channels 4 csvs', true],
      ['', false],
      ['/pr 2 hots', false],
      ['\u{1F600}', false],
      ['/help', true],
    ]);
    const [first] = lines;
    expect(Object.keys(first)).toEqual(['ask', 'understood', 'headline', 'text', 'answer']);
    expect(first.text.startsWith(first.headline)).toBe(true);
    expect(first.text).toContain('Source: ');
  });

  test('with --json and no input answers nothing', () => {
    expect(run(['ask', '--json'])).toEqual({ stdout: '', stderr: '', status: 0 });
  });
});

describe('npm start', () => {
  test('without any token shows three real answers, how to connect, and ends with status 0', () => {
    const { stdout, stderr, status } = run(['main']);
    expect(stdout).toContain(
      '> /license cluster 2 hosts 8 vms\nWindows Server 2016 and later, 2 hosts, 8 VMs: Standard 64 core',
    );
    expect(stdout).toContain('> /pr 2 hosts 2 channels 4 csvs\n2 hosts x 1 module x 2 connections x 4 CSVs = 16');
    expect(stdout).toContain('> /vmm sizing 200 hosts\n');
    expect(stdout).toContain('To connect Slack');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  test('with half a configuration lists everything that is wrong and ends with status 1', () => {
    const { stdout, stderr, status } = run(['main'], { env: { SLACK_BOT_TOKEN: 'xoxb-1', PORT: 'x' } });
    expect(stderr).toBe(`The configuration has 2 faults:
  PORT must be a number from 0 to 65535
  SLACK_SIGNING_SECRET is missing: Slack needs it over HTTP, or SLACK_APP_TOKEN for Socket Mode
`);
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  });
});

describe('npm start with Socket Mode', () => {
  test('serves the health check, and ends with one sentence and status 1 when Slack refuses the token', async () => {
    const stub = await createSlackStub();
    stub.refuse('auth.test', 200, { ok: false, error: 'invalid_auth' });
    const dataDir = mkdtempSync(join(tmpdir(), 'clusterwise-start-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', SLACK_API_URL: `${stub.url}/api/` };
    const env = { ...slack, PORT: '0', DATA_DIR: dataDir };
    const child = spawn(process.execPath, [projectPath('src/start.js'), 'main'], {
      cwd: projectPath('test/golden'),
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [stderr, [status]] = await Promise.all([allOf(child.stderr), once(child, 'exit')]);
    expect(stderr).toContain('"served":["/calendar/","/healthz"],"msg":"listening"');
    expect(stderr).toMatch(/\nSlack refused SLACK_BOT_TOKEN: invalid_auth\.\n$/);
    expect(status).toBe(1);
    await stub.close();
  });
});

describe('an old Node', () => {
  test('is told in one line what is needed', () => {
    expect(nodeTooOld('20.20.2')).toMatch(/^Clusterwise needs Node\.js 24 or newer; this is 20\.20\.2\.[^\n]*$/);
    expect(nodeTooOld('22.18.0')).toBeDefined();
  });
  test('is not assumed of 24 and later', () => {
    expect(nodeTooOld('24.0.0')).toBeUndefined();
    expect(nodeTooOld('26.10.0')).toBeUndefined();
  });
});
