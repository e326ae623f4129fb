import type { z } from 'zod';

/** Where the bot keeps what outlives it: values by key, and jobs by time. SQLite and Postgres are the two kinds. */
export type Storage = {
  /** The values of one kind; `name` is made of letters, digits and hyphens. */
  collection<T>(name: string, schema: z.ZodType<T>): Collection<T>;
  jobs: Jobs;
  /** @throws when the database does not answer */
  check(): Promise<void>;
  /** Waits at most ten seconds for the jobs under way, then lets go of the database. */
  close(): Promise<void>;
  /** What it is, for a log: no password. */
  describe: string;
  /** Everything stored, as it was at one moment, for a backup. */
  dump(): AsyncIterable<Row>;
  /**
   * Writes all rows or none; `replace` empties the store first.
   * @throws when the store holds something and `replace` is false
   */
  load(rows: Row[], replace: boolean): Promise<void>;
};

/** Values by key, checked by their schema on the way in and out. They must survive JSON. All throw `Unavailable`. */
export type Collection<T> = {
  /** A value that no longer fits its schema is reported, set aside and counts as absent. */
  get(key: string): Promise<T | undefined>;
  /** `ttl` is in milliseconds of the machine's clock. */
  set(key: string, value: T, ttl?: number): Promise<void>;
  /** Whether there was one. */
  delete(key: string): Promise<boolean>;
  /**
   * All of them, or those whose key starts with `prefix`, by key. Read in pages, between which others have their turn;
   * so what is changed or removed meanwhile may still come as it was.
   */
  entries(prefix?: string): AsyncIterable<[key: string, value: T]>;
  /**
   * Changes a value as one step, even between replicas. `change` may be called more than once; what it returns is
   * written, and `undefined` leaves the value alone.
   * `ttl` is in milliseconds; without it a time to live that was set before goes on.
   * @returns what this call wrote, `undefined` when it wrote nothing: of many who try at once, one is told that it won
   */
  update(key: string, change: (value: T | undefined) => T | undefined, ttl?: number): Promise<T | undefined>;
};

/** Something to do at a time. `at` is in milliseconds since 1970; an id stays in its queue; `data` must survive JSON. */
export type Job = { id: string; queue: string; at: number; data: unknown };
export type DeadJob = Job & { error: string };

/** Work to come. A job is done at least once: its handler must bear being called again. All throw `Unavailable`. */
export type Jobs = {
  /** Puts a job, or moves the one with this id, dead letter or not. Put while it runs, it is run once more after that. */
  put(job: Job): Promise<void>;
  /** Whether there was one. A run under way goes on, and is not tried again. */
  cancel(id: string): Promise<boolean>;
  /**
   * Runs the jobs of a queue as they fall due. One that fails is tried again, later each time, and at last becomes a
   * dead letter.
   */
  work(queue: string, handler: Handler): Promise<void>;
  /** The dead letters, by id. */
  dead(): Promise<DeadJob[]>;
  /** Puts a dead letter again, due at once. Whether there was one. */
  retry(id: string): Promise<boolean>;
  /**
   * Takes no more, for good: the platforms are about to stop. A job that fails from now on was not tried: nothing is
   * logged, and it is run at once at the next start.
   */
  rest(): void;
};
/** `given` is aborted when the job counts as failed though its handler goes on. */
export type Handler = (job: Job, given: AbortSignal) => Promise<void>;

/** One stored thing, as it stands in a backup. */
export type Row =
  | { kind: 'value'; key: string; value: string }
  | { kind: 'job'; job: Job }
  | { kind: 'dead'; job: DeadJob };

/** Time, so that tests can move it. Milliseconds; `setTimer` returns what takes the timer back. */
export type Clock = { now(): number; setTimer(run: () => void, ms: number): () => void };

export const systemClock: Clock = {
  now: Date.now,
  setTimer(run, ms) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** The part of a logger that storage uses. */
export type StorageLog = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>;

/** Tried for about an hour, which outlasts most failures of a platform: 5 s after the first, then twice as long each time. */
export const retries = { tries: 12, first: 5_000, longest: 900_000 };

/** Milliseconds a handler may take, and when the storage is closed; and how many run at once. */
export const running = { longest: 300_000, atEnd: 10_000, most: 1000 };

export const schemaVersion = 1;

/** What to say of a database that a later Clusterwise has written. */
export const newer = (version: number) =>
  new Error(
    `The data is of version ${version}, this Clusterwise knows version ${schemaVersion}: start the newer Clusterwise again.`,
  );

export const occupied = () => new Error('The store is not empty: add --force to replace what it holds.');
