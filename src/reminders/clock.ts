import { tzOffset } from '@date-fns/tz';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** No zone is further from UTC than this, so that an hour of the clock lies this near to the same hour of UTC. */
const FURTHEST = 15 * HOUR;

// To ask Intl takes longer than all else of reading a schedule; there is one entry for each zone there is.
const known = new Set<string>();

/**
 * The time zone somebody named, as it is written, or undefined when there is none of that name. Case does not matter.
 * An old or a new name of a zone stays what it is (`Asia/Kolkata`), though Intl answers with the other.
 * @example zoneNamed('europe/dublin') // 'Europe/Dublin'
 * @example zoneNamed('Mars/Base') // undefined
 */
export function zoneNamed(name: string): string | undefined {
  if (known.has(name)) return name;
  // A fixed offset never follows summer time, which nobody means who says when something is to be done.
  if (/^(?:[+-]|(?:EST|MST|HST|Etc\/GMT[+-]\d+)$)/i.test(name)) return undefined;
  try {
    const found = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    const same = found === 'UTC' || found.toLowerCase() === name.toLowerCase();
    // One spelling for each name, since formatters are kept by name: `US/Eastern`, `Asia/Kolkata`, `EST`.
    const capitals = /^[a-z]{2,3}\b|(?<![a-z])[a-z]/g;
    const zone = same ? found : name.toLowerCase().replace(capitals, (letters) => letters.toUpperCase());
    known.add(zone);
    return zone;
  } catch {
    return undefined;
  }
}

/** How far the clocks of a zone are ahead of UTC at an instant, both in milliseconds. */
const ahead = (instant: number, zone: string) => tzOffset(zone, new Date(instant)) * MINUTE;

/**
 * What the clock of a zone shows at an instant: date and time to the minute.
 * @example localAt(new Date('2026-07-01T08:00:00Z'), 'Europe/Dublin') // '2026-07-01T09:00'
 */
export function localAt(instant: Date, zone: string): string {
  return new Date(instant.getTime() + ahead(instant.getTime(), zone)).toISOString().slice(0, 16);
}

/**
 * The first instant at which the clock of a zone shows a date and time, or, where the clocks jump over it (`skipped`),
 * the instant right after the jump. `repeated` says that the clock shows it a second time, when the clocks go back.
 * It takes for granted that the clocks of a zone change at most once in 30 hours.
 * @param date `2026-03-29`
 * @param time `02:00`
 * @example instantOf('2026-03-29', '01:30', 'Europe/Dublin') // { at: 2026-03-29T01:00:00Z, clockChange: 'skipped' }
 */
export function instantOf(
  date: string,
  time: string,
  zone: string,
): { at: Date; clockChange?: 'skipped' | 'repeated' } {
  const clock = Date.parse(`${date}T${time}Z`);
  const offsets = [ahead(clock - FURTHEST, zone), ahead(clock + FURTHEST, zone)];
  const early = clock - Math.max(...offsets);
  const late = clock - Math.min(...offsets);
  const shows = (instant: number) => instant + ahead(instant, zone) === clock;
  if (shows(early)) return { at: new Date(early), ...(late > early && shows(late) && { clockChange: 'repeated' }) };
  if (shows(late)) return { at: new Date(late) };
  return { at: new Date(jumpBetween(early, late, zone)), clockChange: 'skipped' };
}

/** The instant at which the offset of a zone changes, after `from` and not after `to`. */
function jumpBetween(from: number, to: number, zone: string): number {
  const before = ahead(from, zone);
  let last = from;
  let first = to;
  while (first - last > 1) {
    const middle = Math.floor((last + first) / 2);
    if (ahead(middle, zone) === before) last = middle;
    else first = middle;
  }
  return first;
}
