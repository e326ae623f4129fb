import type { Clock } from '../storage/storage.ts';

/** Milliseconds that one call waits at most, in all, before it is given up; and at least, before it is made again. */
const PATIENCE = 300_000;
const BREATH = 1000;

/** Milliseconds until a call that failed so many times may be made again; `undefined` when it is not to be. */
export type PutOff = (error: unknown, tries: number) => number | undefined;

/**
 * Makes calls in lines. Those of a line are made in order, `gap` milliseconds apart, and one that is put off holds up its
 * own line alone. At most one call of all lines is under way, so that a process that dies leaves one unknown at most.
 */
export function createPace({ clock, gap, putOff }: { clock: Clock; gap: number; putOff: PutOff }) {
  const lines = new Map<string, Promise<void>>();
  let flight: Promise<void> = Promise.resolve();
  let stopped = false;

  const waking = new Set<() => void>();

  /** Waits so long, or until the end. */
  function pause(ms: number): Promise<void> {
    if (stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        cancel();
        waking.delete(wake);
        resolve();
      };
      const cancel = clock.setTimer(wake, ms);
      waking.add(wake);
    });
  }

  function alone<Result>(call: () => Promise<Result>): Promise<Result> {
    const landed = flight.then(() => {
      if (stopped) throw new Error('Clusterwise is being stopped.');
      return call();
    });
    flight = landed.then(
      () => {},
      () => {},
    );
    return landed;
  }

  async function patiently<Result>(call: () => Promise<Result>): Promise<Result> {
    for (let tries = 1, waited = 0; ; tries += 1) {
      try {
        return await alone(call);
      } catch (error) {
        const asked = putOff(error, tries);
        if (asked === undefined) throw error;
        const ms = Math.max(asked, BREATH);
        waited += ms;
        if (waited > PATIENCE) throw error;
        await pause(ms);
      }
    }
  }

  return {
    /**
     * Makes a call when it is its turn in the line. `still` is asked right before, each time; when it is no longer
     * wanted the call is not made, and the line goes on at once.
     */
    turn<Result>(
      line: string,
      call: () => Promise<Result>,
      still: () => Promise<boolean> = async () => true,
    ): Promise<Result | undefined> {
      let made = false;
      const taken = (lines.get(line) ?? Promise.resolve()).then(() =>
        patiently(async () => {
          if (!(await still())) return undefined;
          made = true;
          return call();
        }),
      );
      const rest = () => (made && gap > 0 ? pause(gap) : undefined);
      const over: Promise<void> = taken.then(rest, rest).then(() => {
        if (lines.get(line) === over) lines.delete(line);
      });
      lines.set(line, over);
      return taken;
    },
    /** From now on no call is made; resolves when the one under way has ended. */
    async stop(): Promise<void> {
      stopped = true;
      for (const wake of waking) wake();
      await flight;
    },
  };
}
