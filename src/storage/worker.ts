import { setImmediate as turn } from 'node:timers/promises';
import { type Clock, type Handler, type Job, running, type StorageLog } from './storage.ts';

/** A job that is ours for now, and how it is given back; `untried` leaves it as due as it was, and counts no try. */
export type Claim = {
  job: Job;
  done(): Promise<void>;
  failed(error: Error): Promise<void>;
  untried(): Promise<void>;
};

export type Worker = {
  /** Takes what is due, and says whether that was all: not when it cannot be read or too many run. Never rejects. */
  look(): Promise<boolean>;
  /** Takes no more; what fails from now on was not tried. */
  rest(): void;
  /** Rests, and waits a little for what is under way; what does not end is run again at the next start. */
  stop(): Promise<void>;
};

/** Runs what `claim` hands out, many at once, so that one slow job holds up no other. */
export function createWorker(work: {
  claim(most: number): Promise<Claim[]>;
  handler: Handler;
  clock: Clock;
  log: StorageLog;
}): Worker {
  const { claim, handler, clock, log } = work;
  const underWay = new Set<Promise<void>>();
  let looking: Promise<boolean> | undefined;
  let lookAgain = false;
  let resting = false;
  let broken = false;

  /** A handler that never ends counts as failed, and does not keep its place. */
  async function handle(job: Job): Promise<void> {
    let cancel = () => {};
    const given = new AbortController();
    const late = new Promise<never>((_, reject) => {
      const giveUp = () => {
        given.abort();
        reject(new Error('The handler took too long.'));
      };
      cancel = clock.setTimer(giveUp, running.longest);
    });
    await Promise.race([handler(job, given.signal), late]).finally(() => cancel());
  }

  async function run({ job, done, failed, untried }: Claim): Promise<void> {
    try {
      if (resting) return await untried();
      await handle(job).then(done, (thrown) => {
        if (resting) return untried();
        const error = thrown instanceof Error ? thrown : new Error(String(thrown));
        // What a platform will not take is told whole by its message, and is tried again many times.
        const why = error.name === 'Refused' ? { reason: error.message } : { err: error };
        log.warn({ queue: job.queue, job: job.id, ...why }, 'a job failed');
        return failed(error);
      });
    } catch (err) {
      // It was run and its end is not recorded: its lease ends and it is run again, as at least once allows.
      log.error({ queue: job.queue, job: job.id, err }, 'the end of a job could not be recorded');
    }
  }

  async function takeDue(): Promise<boolean> {
    let room = 0;
    try {
      do {
        lookAgain = false;
        room = Math.min(100, running.most - underWay.size);
        const claims = resting || room <= 0 ? [] : await claim(room);
        // What a database returns of an update is in no order.
        for (const one of claims.sort((a, b) => a.job.at - b.job.at)) {
          const run_ = run(one).finally(() => {
            underWay.delete(run_);
            if (underWay.size === running.most - 1) void look();
          });
          underWay.add(run_);
          // A handler that waits only for SQLite never waits: between two of them others have their turn.
          await turn();
        }
        if (room > 0 && claims.length === room) lookAgain = true;
      } while (lookAgain);
      if (broken) log.info({}, 'jobs can be read again');
      broken = false;
      return room > 0;
    } catch (err) {
      // Said once, not at every look.
      if (!broken) log.error({ err }, 'jobs cannot be read: tried again until they can');
      broken = true;
      return false;
    }
  }

  function look(): Promise<boolean> {
    lookAgain = true;
    looking ??= takeDue().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  function rest(): void {
    resting = true;
  }

  return {
    look,
    rest,
    async stop() {
      rest();
      await looking;
      let cancel = () => {};
      const enough = new Promise<void>((resolve) => {
        cancel = clock.setTimer(resolve, running.atEnd);
      });
      await Promise.race([Promise.all(underWay), enough]).finally(() => cancel());
    },
  };
}
