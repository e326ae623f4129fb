import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { atEnd } from './leftovers.ts';

export const SECRET = 'a signing secret';
/** Milliseconds that a program may take to start, and to end. */
const PATIENCE = 15_000;
export const ASKED = '/license cluster 2 hosts 8 vms';

/** A program in a process of its own, and the milliseconds from its start to what it was to say. */
export type Program = { child: ChildProcess; port: number; startMs: number };

export const bare = (stub: string) => start(['bare.ts', SECRET, `${stub}/api/`], {}, 'listening');

/** The whole bot, as `npm start` runs it with Slack configured. */
export function clusterwise(stub: string, kept: Kept, until: 'listening' | 'ready'): Promise<Program> {
  const env = {
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_API_URL: `${stub}/api/`,
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: kept.dataDir,
    ...(kept.databaseUrl !== undefined && { DATABASE_URL: kept.databaseUrl }),
  };
  return start(['../../src/start.js', 'main'], env, until);
}

/** Where a bot keeps what outlives it. */
export type Kept = { dataDir: string; databaseUrl?: string };

async function start([file = '', ...args]: string[], env: Record<string, string>, until: string): Promise<Program> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const began = performance.now();
  // Another folder, so that no .env is read.
  const child = spawn(process.execPath, [path, ...args], { cwd: tmpdir(), env, stdio: ['ignore', 'ignore', 'pipe'] });
  atEnd(() => endChild(child, 'SIGKILL'));
  const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  const said: string[] = [];
  let port = 0;
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    const entry = line.startsWith('{') ? JSON.parse(line) : {};
    port = entry.port ?? port;
    if (entry.msg !== until) continue;
    clearTimeout(impatience);
    return { child, port, startMs: performance.now() - began };
  }
  throw new Error(`${file} did not start:\n${said.join('\n')}`);
}

export const end = ({ child }: Program): Promise<void> => endChild(child, 'SIGTERM');

async function endChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  try {
    await once(child, 'exit', { signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new Error(`A program did not end within ${PATIENCE / 1000} seconds of ${signal}.`);
  }
}

/** The mebibytes of memory that a process has now, where the system has a `/proc` that says so. */
export function residentSet({ child }: Program): number {
  try {
    const [, kibibytes = ''] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
    return Number(kibibytes) / 1024;
  } catch {
    return Number.NaN;
  }
}
