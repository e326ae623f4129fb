import type { Clock } from '../../../src/storage/storage.ts';

/** Time that stands still until it is moved on. */
export function createTime(): Clock & { pass(ms: number): Promise<void> } {
  let now = Date.parse('2026-11-22T09:00:00Z');
  let timers: { run: () => void; at: number }[] = [];
  return {
    now: () => now,
    setTimer(run, ms) {
      const timer = { run, at: now + ms };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    /** Moves time on, and lets what falls due happen, timer by timer. */
    async pass(ms) {
      const end = now + ms;
      await settled();
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers = timers.filter((one) => one !== next);
        now = Math.max(now, next.at);
        next.run();
        await settled();
      }
      now = end;
    },
  };
}

/** Resolves when everything that waits for no time and no network has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
}
