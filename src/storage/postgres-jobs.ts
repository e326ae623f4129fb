import type { Db, FindJobsOptions, JobWithMetadata, PgBoss } from 'pg-boss';
import { z } from 'zod';
import { type Clock, type DeadJob, type Job, type Jobs, retries, running, type StorageLog } from './storage.ts';
import { type Claim, createWorker, type Worker } from './worker.ts';

const DEAD = 'dead-letters';
const POLL = 500;
const PAGE = 10_000;
const YEAR = 365 * 24 * 60 * 60;
/** Seconds until the job of a replica that died is given to another; pg-boss takes no less. */
const HEARTBEAT = 10;

/** What we put into a job of pg-boss: it has ids of its own, ours is the key that it holds together by. */
const payload = z.object({ id: z.string(), queue: z.string(), at: z.number(), data: z.unknown() });

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
export function createPostgresJobs(boss: PgBoss, { clock, log }: { clock: Clock; log: StorageLog }): PostgresJobs {
  const workers = new Map<string, Worker>();
  const held = new Map<string, JobWithMetadata<Job>>();
  const made = new Map<string, Promise<void>>();
  let stopTimers: (() => void)[] = [];

  async function make(queue: string): Promise<void> {
    if (queue === DEAD) return boss.createQueue(DEAD, { retentionSeconds: 10 * YEAR });
    await ready(DEAD);
    await boss.createQueue(queue, {
      policy: 'singleton',
      deadLetter: DEAD,
      retryLimit: retries.tries - 1,
      retryDelay: retries.first / 1000,
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

  async function put(job: Job, db?: Db): Promise<void> {
    await ready(job.queue);
    const startAfter = isoTime(job.at);
    const data = { ...job, data: job.data ?? null };
    await boss.upsert(job.queue, data, { singletonKey: job.id, startAfter, ...(db && { db }) });
  }

  const queues = async () => (await boss.getQueues()).map(({ name }) => name).filter((name) => name !== DEAD);

  async function claim(queue: string, most: number): Promise<Claim[]> {
    const taken = await boss.fetch<Job>(queue, { batchSize: most, includeMetadata: true });
    return taken.map((one) => {
      held.set(one.id, one);
      return {
        job: toJob(one.data),
        async done() {
          // Removed rather than kept as completed, and only if the lease is still ours.
          await boss.deleteJob(queue, one);
          held.delete(one.id);
        },
        async failed(error) {
          await boss.fail(queue, one, { message: error.message }).finally(() => held.delete(one.id));
        },
      };
    });
  }

  function every(ms: number, run: () => Promise<void>): void {
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

  /** Says that what we hold is still under way. */
  async function beat(): Promise<void> {
    for (const queue of workers.keys()) {
      const ours = [...held.values()].filter(({ name }) => name === queue);
      if (ours.length > 0)
        await boss.touch(queue, ours).catch((err) => log.warn({ queue, err }, 'leases could not be renewed'));
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
    put,
    async cancel(id) {
      const dead = await findDead({ data: { id } });
      await remove(DEAD, dead);
      let found = dead.length > 0;
      for (const queue of await queues()) {
        const jobs = await find(queue, { key: id });
        found ||= jobs.some(isLiving);
        await remove(queue, jobs);
      }
      return found;
    },
    async work(queue, handler) {
      if (workers.has(queue)) throw new Error(`The queue “${queue}” is worked already.`);
      await ready(queue);
      const worker = createWorker({ claim: (most) => claim(queue, most), handler, clock, log });
      if (workers.size === 0) every((HEARTBEAT * 1000) / 3, beat);
      workers.set(queue, worker);
      await worker.look();
      every(POLL, worker.look);
    },
    dead: async () => sorted((await findDead()).map(toDead)),
    async retry(id) {
      const found = await findDead({ data: { id } });
      const [first] = found;
      if (!first) return false;
      // In this order, so that an end between the two leaves it in both rather than in neither.
      await boss.upsert(first.data.queue, toJob(first.data), { singletonKey: id, startAfter: isoTime(clock.now()) });
      await remove(DEAD, found);
      return true;
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
      for (const job of living) await put(job, db);
      if (dead.length > 0)
        await boss.insert(
          DEAD,
          dead.map((data) => ({ data })),
          { db },
        );
    },
  };
}

const isoTime = (at: number) => new Date(at).toISOString();
const isLiving = ({ state }: JobWithMetadata<Job>) => /^(created|retry|active)$/.test(state);

const sorted = <T extends Job>(jobs: T[]): T[] => jobs.sort((a, b) => (a.id < b.id ? -1 : 1));

const toJob = (data: unknown): Job => payload.parse(data);

/** One that was restored from a backup says itself what its error was. */
const restored = z.object({ error: z.string() });
const failure = z.object({ message: z.string() });
const toDead = ({ data, sourceOutput }: JobWithMetadata<Job>): DeadJob => ({
  ...toJob(data),
  error: failure.safeParse(sourceOutput).data?.message ?? restored.safeParse(data).data?.error ?? 'Its worker ended.',
});
