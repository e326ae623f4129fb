import type { Person } from '../request.ts';
import type { Occurrence } from './reminder.ts';
import type { Acknowledgement } from './reminders.ts';

/** What is over stays so. */
export const isOver = ({ state }: Occurrence) => state === 'done' || state === 'skipped';

/** What is over stays so; a problem and a snooze are about a message that is there. */
export function acknowledgeable(old: Occurrence, { as }: Acknowledgement): boolean {
  if (isOver(old)) return false;
  return as === 'done' || as === 'skipped' || !['due', 'missed'].includes(old.state);
}

/** An occurrence as it is after somebody has acknowledged it. */
export function acknowledged(old: Occurrence, given: Acknowledgement, by: Person, now: Date): Occurrence {
  const { until: _, ...rest } = old;
  return {
    ...rest,
    state: given.as,
    by,
    acknowledgedAt: now.toISOString(),
    version: old.version + 1,
    ...(given.as === 'problem' && { note: given.note }),
    ...(given.as === 'snoozed' && { until: given.until.toISOString() }),
  };
}
