import { randomInt } from 'node:crypto';
import type { Statements } from './statements.ts';
import { type Clock, type DeadJob, type Job, type Jobs, retries, type StorageLog } from './storage.ts';
import { type Claim, createWorker, type Worker } from './worker.ts';

/** No longer than this between two looks: the clock of the machine may be set, and timers do not notice. */
const LOOK = 60_000;
/** And no shorter than this after one that left something due: the disk is full, or so many run that none has room. */
const PAUSE = 1000;

/**
 * Jobs in one table, with one timer to the next that is due. The data folder is locked, so this process is the only one:
 * what was taken by one that died is free as soon as the next starts, and no lease is needed.
 */
export function createSqliteJobs(
  { all, change, get }: Statements,
  { clock, log }: { clock: Clock; log: StorageLog },
): Jobs & { stop(): Promise<void> } {
  const workers = new Map<string, Worker>();
  const underWay = new Set<string>();
  let stopTimer = () => {};
  let resting = false;
  /** Whether the end of a run could not be written, so that its job still counts as taken. */
  let stuck = true;

  /** When the next job is due that somebody works. */
  function nextDue(): number {
    const next = 'SELECT min(due) AS due FROM jobs WHERE queue = ? AND dead = 0 AND taken = 0';
    const dues = [...workers.keys()].map((queue) => get(next, queue)?.due).filter((due) => typeof due === 'number');
    return Math.min(...dues);
  }

  /** Sets the timer to the next look. Never throws: what it is called after has been done. */
  function arm(pause = stuck): void {
    stopTimer();
    if (resting || workers.size === 0) return;
    let wait = PAUSE;
    try {
      wait = nextDue() - clock.now();
    } catch {
      // The look that comes then fails as well, and says so.
    }
    stopTimer = clock.setTimer(() => void lookAll(), Math.max(pause ? PAUSE : 0, Math.min(wait, stuck ? PAUSE : LOOK)));
  }

  async function lookAll(): Promise<void> {
    const took = await Promise.all([...workers.values()].map((worker) => worker.look()));
    arm(stuck || took.includes(false));
  }

  async function put({ id, queue, at, data }: Job): Promise<void> {
    // A run under way ends with its own revision, and so neither removes nor fails what was put after it began.
    const taken = underWay.has(id) ? 1 : 0;
    change(
      `INSERT INTO jobs (id, queue, at, due, data, revision, taken) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET queue = excluded.queue, at = excluded.at, due = excluded.due,
         data = excluded.data, revision = excluded.revision, tries = 0, dead = 0, error = NULL`,
      ...[id, queue, at, at, JSON.stringify(data ?? null), randomInt(2 ** 47), taken],
    );
    arm();
  }

  /** The due jobs of a queue, counted as tried before they are, so that one that ends the process ends with the others. */
  async function claim(queue: string, most: number): Promise<Claim[]> {
    if (stuck) {
      const ours = JSON.stringify([...underWay]);
      change('UPDATE jobs SET taken = 0 WHERE taken = 1 AND id NOT IN (SELECT value FROM json_each(?))', ours);
      stuck = false;
    }
    change(
      `UPDATE jobs SET dead = 1, error = 'The process ended each time it ran.'
       WHERE queue = ? AND dead = 0 AND taken = 0 AND due <= ? AND tries >= ?`,
      ...[queue, clock.now(), retries.tries],
    );
    const rows = all(
      `UPDATE jobs SET taken = 1, tries = tries + 1 WHERE id IN
         (SELECT id FROM jobs WHERE queue = ? AND dead = 0 AND taken = 0 AND due <= ? ORDER BY due LIMIT ?)
       RETURNING id, queue, at, data, tries, revision`,
      ...[queue, clock.now(), most],
    );
    return rows.map((row) => {
      const job = toJob(row);
      const [tries, revision] = [Number(row.tries), Number(row.revision)];
      underWay.add(job.id);
      const end = (sql: string, ...values: (string | number)[]) => {
        underWay.delete(job.id);
        try {
          change(sql, ...values, job.id, revision);
          change('UPDATE jobs SET taken = 0 WHERE id = ?', job.id);
        } catch (error) {
          stuck = true;
          throw error;
        } finally {
          arm();
        }
      };
      return {
        job,
        async done() {
          end('DELETE FROM jobs WHERE id = ? AND revision = ?');
        },
        async failed({ message }) {
          const due = clock.now() + Math.min(retries.first * 2 ** (tries - 1), retries.longest);
          const dead = tries >= retries.tries ? 1 : 0;
          end('UPDATE jobs SET due = ?, dead = ?, error = ? WHERE id = ? AND revision = ?', due, dead, message);
        },
        async untried() {
          end('UPDATE jobs SET tries = tries - 1 WHERE id = ? AND revision = ?');
        },
      };
    });
  }

  function rest(): void {
    resting = true;
    stopTimer();
    for (const worker of workers.values()) worker.rest();
  }

  return {
    put,
    async cancel(id) {
      return change('DELETE FROM jobs WHERE id = ?', id);
    },
    async work(queue, handler) {
      if (workers.has(queue)) throw new Error(`The queue “${queue}” is worked already.`);
      const worker = createWorker({ claim: (most) => claim(queue, most), handler, clock, log });
      workers.set(queue, worker);
      await worker.look();
      arm();
    },
    async dead() {
      return deadJobs(all);
    },
    async retry(id) {
      const free = 'UPDATE jobs SET dead = 0, tries = 0, error = NULL, due = ? WHERE id = ? AND dead = 1';
      const found = change(free, clock.now(), id);
      arm();
      return found;
    },
    rest,
    async stop() {
      rest();
      await Promise.all([...workers.values()].map((worker) => worker.stop()));
    },
  };
}

type Columns = Record<string, unknown>;

const toJob = ({ id, queue, at, data }: Columns): Job => ({
  id: String(id),
  queue: String(queue),
  at: Number(at),
  data: JSON.parse(String(data)),
});

const deadJobs = (all: Statements['all']): DeadJob[] =>
  all('SELECT * FROM jobs WHERE dead = 1 ORDER BY id').map((row) => ({ ...toJob(row), error: String(row.error) }));

/** All jobs, living and dead, for a backup. */
export function storedJobs({ all }: Statements) {
  return { living: all('SELECT * FROM jobs WHERE dead = 0 ORDER BY id').map(toJob), dead: deadJobs(all) };
}
