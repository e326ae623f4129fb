import type { JobWithMetadata } from 'pg-boss';
import { z } from 'zod';
import type { DeadJob, Job } from './storage.ts';

/** What we put into a job of pg-boss: it has ids of its own, ours is the key that it holds together by. */
const payload = z.object({ id: z.string(), queue: z.string(), at: z.number(), data: z.unknown() });
/** One that was restored from a backup says itself what its error was. */
const restored = z.object({ error: z.string() });
const failure = z.object({ message: z.string() });

export const toJob = (data: unknown): Job => payload.parse(data);

export const toDead = ({ data, sourceOutput }: JobWithMetadata<Job>): DeadJob => ({
  ...toJob(data),
  error: failure.safeParse(sourceOutput).data?.message ?? restored.safeParse(data).data?.error ?? 'Its worker ended.',
});

/** Whether it is still to be run, or under way. */
export const isLiving = ({ state }: JobWithMetadata<Job>) => /^(created|retry|active)$/.test(state);

/**
 * Gives back a job of a queue, by its id and retry count, as if it had not been fetched, unless another has it by now.
 * pg-boss does the same within, and offers it to nobody.
 */
export const giveBack = (schema: string) =>
  `UPDATE ${schema}.job SET state = 'created', started_on = NULL, heartbeat_on = NULL, upsert_by_key = NULL
   WHERE name = $1 AND id = $2 AND state = 'active' AND retry_count = $3`;

export const sorted = <T extends Job>(jobs: T[]): T[] => jobs.sort((a, b) => (a.id < b.id ? -1 : 1));
