import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PATH = fileURLToPath(new URL('../../src/start.js', import.meta.url));
/** Milliseconds that a start and an end may take. */
const PATIENCE = 30_000;
/** Lines that are kept of what a program said. */
const LINES = 20;

/** Starts the whole bot, as `npm start` does, in a process of its own; resolves once it listens. */
export async function start(run: number, env: Record<string, string>) {
  // Another folder, so that no .env is read.
  const child = spawn(process.execPath, [PATH, 'main'], { cwd: tmpdir(), env, stdio: ['ignore', 'ignore', 'pipe'] });
  const kill = () => child.kill('SIGKILL');
  const said: string[] = [];
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const lines = createInterface({ input: child.stderr });
  lines.on('line', (line) => {
    said.push(line);
    if (said.length > LINES) said.shift();
  });

  /** The line with a message, once it is said. */
  const heard = (wanted: string) =>
    new Promise<{ port: number }>((resolve, reject) => {
      const timer = setTimeout(kill, PATIENCE);
      child.on('exit', () => {
        clearTimeout(timer);
        reject(new Error(`The program ended before it was ${wanted}:\n${said.join('\n')}`));
      });
      lines.on('line', (line) => {
        const spoken = line.startsWith('{') ? JSON.parse(line) : {};
        if (spoken.msg !== wanted) return;
        clearTimeout(timer);
        resolve(spoken);
      });
    });

  const ready = heard('ready');
  // One that is killed never is.
  ready.catch(() => {});
  const { port } = await heard('listening');

  return {
    run,
    port,
    async kill(): Promise<void> {
      kill();
      await ended;
    },
    /** Asks it to end, and waits. @throws Error with what it said when it ended otherwise than it should */
    async end(): Promise<void> {
      await ready;
      // It says that it is ready a moment before it listens to signals.
      await pause(100);
      const timer = setTimeout(kill, PATIENCE);
      child.kill('SIGTERM');
      await ended;
      clearTimeout(timer);
      if (child.exitCode !== 0) throw new Error(`The program did not end as it should:\n${said.join('\n')}`);
    },
  };
}

export type Program = Awaited<ReturnType<typeof start>>;
