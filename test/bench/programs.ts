import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const SECRET = 'a signing secret';
export const ASKED = '/license cluster 2 hosts 8 vms';

/** A program in a process of its own, and the milliseconds from its start to its listening. */
export type Program = { child: ChildProcess; port: number; startMs: number };

export const bare = (stub: string) => start(['bare.ts', SECRET, `${stub}/api/`], {});

/** The whole bot, as `npm start` runs it with Slack configured. */
export const clusterwise = (stub: string) =>
  start(['../../src/start.js', 'main'], {
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_API_URL: `${stub}/api/`,
    HOST: '127.0.0.1',
    PORT: '0',
  });

async function start([file = '', ...args]: string[], env: Record<string, string>): Promise<Program> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const began = performance.now();
  // Another folder, so that no .env is read.
  const child = spawn(process.execPath, [path, ...args], { cwd: tmpdir(), env, stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    const { msg, port } = line.startsWith('{') ? JSON.parse(line) : {};
    if (msg === 'listening') return { child, port, startMs: performance.now() - began };
  }
  throw new Error(`${file} did not start:\n${said.join('\n')}`);
}

export async function end({ child }: Program): Promise<void> {
  child.kill();
  await once(child, 'exit');
}
