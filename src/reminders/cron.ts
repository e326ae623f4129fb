import { Cron } from 'croner';

/**
 * A calendar of croner's, read on a clock that never changes: it works in UTC on what the clock on the wall shows, so
 * that what becomes of a time the clocks skip or repeat is decided in one place, `instantOf`.
 * @param dayOffset days added to each date
 * @throws Error when the pattern is no cron expression of five fields
 */
export function calendar(pattern: string, dayOffset = 0): Cron {
  return new Cron(pattern, { mode: '5-part', utcOffset: 0, dayOffset });
}

/** True for a cron expression of five fields, also for one that never fires. @example isCron('0 9 * * 1-5') // true */
export function isCron(pattern: string): boolean {
  try {
    calendar(pattern);
    return true;
  } catch {
    return false;
  }
}
