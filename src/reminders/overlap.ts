import { type Chore, choreNamed } from '../core/chores.ts';
import { subjectOf } from './card.ts';
import { occurrencesAfter, occurrencesBetween } from './occurrences.ts';
import type { Draft, Reminder } from './reminder.ts';
import type { Schedule } from './schedule.ts';
import { inFull, inWords } from './times.ts';

const MINUTE = 60_000;
/** So far ahead overlaps are looked for. */
const AHEAD = 60 * 24 * 60 * MINUTE;

/**
 * What is to be said of a reminder that a draft gets in the way of: both are chores on one cluster, or one names no
 * cluster, and within 60 days they start too near to one another. Nothing for a reminder that is not active.
 */
export function overlap(
  draft: Draft,
  other: Reminder,
  { chores, now, zone }: { chores: readonly Chore[]; now: Date; zone: string },
): string | undefined {
  const [own, its] = [apartOf(draft, chores), apartOf(other, chores)];
  if (own === undefined || its === undefined || other.state !== 'active' || !onOneCluster(draft, other))
    return undefined;
  const near = firstNear(draft.schedule, other.schedule, Math.max(own, its) * MINUTE, now);
  if (!near) return undefined;
  const far = near.far === 0 ? 'at the same time' : `${inWords(near.far)} apart`;
  const which = `reminder ${other.number} (${subjectOf(other, chores)})`;
  const where = draft.cluster && other.cluster ? '' : ' if they are for one cluster';
  return `It gets in the way of ${which}${where}: on ${inFull(new Date(near.at), zone)} they start ${far}.`;
}

/** The minutes that a draft keeps from others; only a chore does. */
function apartOf({ subject }: Draft, chores: readonly Chore[]): number | undefined {
  return subject.kind === 'chore' ? choreNamed(chores, subject.name)?.apart : undefined;
}

function onOneCluster({ cluster: one }: Draft, { cluster: other }: Draft): boolean {
  return one === undefined || other === undefined || one.toLowerCase() === other.toLowerCase();
}

/** The first time of one schedule that is less than `apart` from one of the other, and how far from the nearest. */
function firstNear(one: Schedule, other: Schedule, apart: number, now: Date) {
  const until = now.getTime() + AHEAD;
  const nextAfter = (schedule: Schedule, instant: number) => {
    const [next] = occurrencesAfter(schedule, new Date(instant), 1);
    return next && next.at.getTime() <= until ? next.at.getTime() : undefined;
  };
  let at = nextAfter(one, now.getTime());
  // Each step jumps over what lies between, so that one that comes often costs no more than one that is rare.
  while (at !== undefined) {
    const start = at;
    const from = new Date(Math.max(now.getTime(), start - apart));
    const near = occurrencesBetween(other, from, new Date(start + apart - 1));
    if (near.length > 0) return { at: start, far: Math.min(...near.map((it) => Math.abs(it.at.getTime() - start))) };
    const next = nextAfter(other, start + apart - 1);
    at = next && nextAfter(one, next - apart);
  }
  return undefined;
}
