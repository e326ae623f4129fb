import type { Db, FindJobsOptions, JobWithMetadata, PgBoss } from 'pg-boss';
import { giveBack, isLiving, sorted, toDead, toJob } from './boss-job.ts';
import { type Clock, type DeadJob, type Job, type Jobs, retries, running, type StorageLog } from './storage.ts';
import { type Claim, createWorker, type Worker } from './worker.ts';

const DEAD = 'dead-letters';
const POLL = 500;
const TEND = 2000;
const PAGE = 10_000;
const YEAR = 365 * 24 * 60 * 60;
/** Seconds until the job of a replica that died is given to another; pg-boss takes no less. */
const HEARTBEAT = 10;

export type StoredJobs = { living: Job[]; dead: DeadJob[] };
export type PostgresJobs = Jobs & {
  stop(): Promise<void>;
  /** All jobs, as a transaction sees them. */
  all(db: Db): Promise<StoredJobs>;
  /** Replaces all jobs, in a transaction. */
  load(jobs: StoredJobs, db: Db): Promise<void>;
};

/**
 * Jobs in pg-boss, for any number of replicas. A queue has the policy `singleton`: of the jobs with one key, one at most is
 * under way. `upsert` by that key makes putting again a move.
 */
export function createPostgresJobs(
  boss: PgBoss,
  parts: {
    schema: string;
    clock: Clock;
    log: StorageLog;
    /** Makes what a question of somebody rejects with fit to be told. */
    told<T>(work: Promise<T>): Promise<T>;
  },
): PostgresJobs {
  const { schema, clock, log, told } = parts;
  const workers = new Map<string, Worker>();
  const held = new Set<JobWithMetadata<Job>>();
  const made = new Map<string, Promise<void>>();
  let stopTimers: (() => void)[] = [];
  let broken = false;

  async function make(queue: string): Promise<void> {
    if (queue === DEAD) return boss.createQueue(DEAD, { retentionSeconds: 10 * YEAR });
    await ready(DEAD);
    await boss.createQueue(queue, {
      policy: 'singleton',
      deadLetter: DEAD,
      retryLimit: retries.tries - 1,
      // pg-boss adds up to as much again, at random.
      retryDelay: Math.round(retries.first / 1500),
      retryBackoff: true,
      retryDelayMax: retries.longest / 1000,
      heartbeatSeconds: HEARTBEAT,
      // Beyond the limit of the worker, which says what happened; this one is for a worker that cannot.
      expireInSeconds: running.longest / 1000 + 60,
      retentionSeconds: 10 * YEAR,
      deleteAfterSeconds: 24 * 60 * 60,
    });
  }

  function ready(queue: string): Promise<void> {
    const making = made.get(queue) ?? make(queue);
    made.set(queue, making);
    making.catch(() => made.delete(queue));
    return making;
  }

  async function place(job: Job, at: number, db?: Db): Promise<void> {
    await ready(job.queue);
    const startAfter = new Date(at).toISOString();
    const data = { ...job, data: job.data ?? null };
    await boss.upsert(job.queue, data, { singletonKey: job.id, startAfter, ...(db && { db }) });
  }

  async function put(job: Job): Promise<void> {
    // Placed before the dead letter goes, so that an end between the two leaves it in both rather than in neither.
    const [dead] = await Promise.all([findDead({ data: { id: job.id } }), place(job, job.at)]);
    await remove(DEAD, dead);
  }

  async function cancel(id: string): Promise<boolean> {
    const dead = await findDead({ data: { id } });
    await remove(DEAD, dead);
    let found = dead.length > 0;
    for (const queue of await queues()) {
      const jobs = await find(queue, { key: id });
      found ||= jobs.some(isLiving);
      await remove(queue, jobs);
    }
    return found;
  }

  async function retry(id: string): Promise<boolean> {
    const dead = await findDead({ data: { id } });
    const [first] = dead;
    if (!first) return false;
    await place(toJob(first.data), clock.now());
    await remove(DEAD, dead);
    return true;
  }

  const queues = async () => (await boss.getQueues()).map(({ name }) => name).filter((name) => name !== DEAD);

  async function claim(queue: string, most: number): Promise<Claim[]> {
    const taken = await boss.fetch<Job>(queue, { batchSize: most, includeMetadata: true });
    return taken.map((one) => {
      held.add(one);
      return {
        job: toJob(one.data),
        async done() {
          // Removed rather than kept as completed, and only if the lease is still ours.
          await boss.deleteJob(queue, one).finally(() => held.delete(one));
        },
        async failed(error) {
          await boss.fail(queue, one, { message: error.message }).finally(() => held.delete(one));
        },
        async untried() {
          const back = boss.getDb().executeSql(giveBack(schema), [queue, one.id, one.retryCount]);
          await back.finally(() => held.delete(one));
        },
      };
    });
  }

  function every(ms: number, run: () => Promise<unknown>): void {
    let stopped = false;
    let stop = () => {};
    const arm = () => {
      stop = clock.setTimer(() => void run().finally(() => stopped || arm()), ms);
    };
    arm();
    stopTimers.push(() => {
      stopped = true;
      stop();
    });
  }

  /**
   * Says that what we hold is still under way, then looks for what others no longer hold. In this order: when the database
   * was away, all leases have ended, ours among them.
   */
  async function tend(): Promise<void> {
    try {
      for (const queue of workers.keys()) {
        const ours = [...held].filter(({ name }) => name === queue);
        if (ours.length > 0) await boss.touch(queue, ours);
      }
      await boss.supervise();
      if (broken) log.info({}, 'leases are renewed again');
      broken = false;
    } catch (err) {
      // Said once, not each time.
      if (!broken) log.warn({ err }, 'leases cannot be renewed: tried again until they can');
      broken = true;
    }
  }

  /** All jobs of a queue, page by page. */
  async function find(queue: string, options: FindJobsOptions = {}): Promise<JobWithMetadata<Job>[]> {
    const found: JobWithMetadata<Job>[] = [];
    for (;;) {
      const after = found.at(-1)?.id;
      const page = await boss.findJobs<Job>(queue, { ...options, limit: PAGE, ...(after && { after }) });
      found.push(...page);
      if (page.length < PAGE) return found;
    }
  }

  async function findDead(options: FindJobsOptions = {}): Promise<JobWithMetadata<Job>[]> {
    await ready(DEAD);
    return find(DEAD, options);
  }

  async function remove(queue: string, jobs: JobWithMetadata<Job>[], db?: Db): Promise<void> {
    const ids = jobs.map(({ id }) => id);
    if (ids.length > 0) await boss.deleteJob(queue, ids, db && { db });
  }

  return {
    put: (job) => told(put(job)),
    cancel: (id) => told(cancel(id)),
    async work(queue, handler) {
      if (workers.has(queue)) throw new Error(`The queue “${queue}” is worked already.`);
      await ready(queue);
      const worker = createWorker({ claim: (most) => claim(queue, most), handler, clock, log });
      if (workers.size === 0) every(TEND, tend);
      workers.set(queue, worker);
      await worker.look();
      every(POLL, worker.look);
    },
    dead: async () => sorted((await told(findDead())).map(toDead)),
    retry: (id) => told(retry(id)),
    rest() {
      for (const worker of workers.values()) worker.rest();
    },
    async stop() {
      for (const stop of stopTimers) stop();
      stopTimers = [];
      await Promise.all([...workers.values()].map((worker) => worker.stop()));
    },
    async all(db) {
      const living: Job[] = [];
      for (const queue of await queues())
        living.push(...(await find(queue, { db })).filter(isLiving).map(({ data }) => toJob(data)));
      return { living: sorted(living), dead: sorted((await findDead({ db })).map(toDead)) };
    },
    async load({ living, dead }, db) {
      for (const name of new Set(living.map(({ queue }) => queue))) await ready(name);
      for (const queue of [DEAD, ...(await queues())]) await remove(queue, await find(queue, { db }), db);
      for (const job of living) await place(job, job.at, db);
      if (dead.length > 0)
        await boss.insert(
          DEAD,
          dead.map((data) => ({ data })),
          { db },
        );
    },
  };
}
