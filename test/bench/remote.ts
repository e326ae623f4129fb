import { fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { atEnd } from './leftovers.ts';

const question = z.object({ name: z.string(), given: z.unknown().optional() });
type Answers = Record<string, (given: unknown) => number | Promise<number>>;

/** A process of its own that answers questions, each with a number. It ends itself when we do. */
export type Remote = { ask(name: string, given?: unknown): Promise<number>; end(): Promise<void> };

/** Starts a file of this folder that calls `serve`. */
export function startRemote(file: string, args: string[] = []): Remote {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, { cwd: tmpdir(), env: {} });
  const exited = once(child, 'exit');
  atEnd(() => child.kill('SIGKILL'));
  return {
    async ask(name, given) {
      const answered = once(child, 'message');
      child.send({ name, given });
      const ended = exited.then(() => {
        throw new Error(`${file} ended before it answered “${name}”.`);
      });
      const [answer] = await Promise.race([answered, ended]);
      return z.number().parse(answer);
    },
    async end() {
      child.disconnect();
      await exited;
    },
  };
}

/**
 * Answers the questions of the process that started this one, until that one ends. Besides those given it knows `block`:
 * the longest block of the event loop since it was asked last, in milliseconds.
 */
export function serve(answers: Answers, close: () => Promise<void> = async () => {}): void {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const all: Answers = {
    ...answers,
    block() {
      const longest = delays.max / 1e6;
      delays.reset();
      return longest;
    },
  };
  process.on('message', async (message) => {
    const { name, given } = question.parse(message);
    process.send?.(await all[name]?.(given));
  });
  process.on('disconnect', () => void close().finally(() => process.exit()));
}
