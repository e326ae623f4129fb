import { plural } from '../core/words.ts';
import { localAt } from './clock.ts';
import { WEEKDAYS, weekdayOf } from './dates.ts';
import type { Occurrence } from './occurrences.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** What the clock of a zone shows at an instant, in the parts that people read. */
function parts(instant: Date, zone: string) {
  const [date = '', time = ''] = localAt(instant, zone).split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return {
    weekday: WEEKDAYS[weekdayOf(date) - 1] ?? '',
    day: Number(day),
    month: MONTHS[Number(month) - 1] ?? '',
    year,
    time,
  };
}

/**
 * An instant in a sentence, with its zone.
 * @example inFull(new Date('2026-11-28T02:00:00Z'), 'Europe/Dublin') // 'Saturday 28 November 2026 02:00 (Europe/Dublin)'
 */
export function inFull(instant: Date, zone: string): string {
  const { weekday, day, month, year, time } = parts(instant, zone);
  return `${weekday} ${day} ${month} ${year} ${time} (${zone})`;
}

/**
 * An instant in a table, which says the zone elsewhere.
 * @example inShort(new Date('2026-11-28T02:00:00Z'), 'Europe/Dublin') // 'Sat 28 Nov 2026 02:00'
 */
export function inShort(instant: Date, zone: string): string {
  const { weekday, day, month, year, time } = parts(instant, zone);
  return `${weekday.slice(0, 3)} ${day} ${month.slice(0, 3)} ${year} ${time}`;
}

/**
 * So many milliseconds in words: its two largest units that follow each other, rounded down.
 * @example inWords(7_500_000) // '2 hours 5 minutes'
 * @example inWords(59_999) // 'less than a minute'
 */
export function inWords(milliseconds: number): string {
  if (milliseconds < MINUTE) return 'less than a minute';
  const days = Math.floor(milliseconds / DAY);
  const hours = Math.floor((milliseconds % DAY) / HOUR);
  const minutes = Math.floor((milliseconds % HOUR) / MINUTE);
  const said = (count: number, unit: string) => (count > 0 ? [plural(count, unit)] : []);
  return [
    ...said(days, 'day'),
    ...said(hours, 'hour'),
    // Beside days they say nothing that matters.
    ...(days > 0 ? [] : said(minutes, 'minute')),
  ].join(' ');
}

/**
 * What a clock change does to an occurrence, to stand after its time; undefined where it does nothing.
 * @example clockChangeMark({ id: '2026-03-29T01:30', local: '2026-03-29T02:00', clockChange: 'skipped' }) // 'the clocks change that night: 01:30 does not exist, so at 02:00'
 */
export function clockChangeMark({
  id,
  local,
  clockChange,
}: Pick<Occurrence, 'id' | 'local' | 'clockChange'>): string | undefined {
  const time = id.slice(11, 16);
  if (clockChange === 'skipped')
    return `the clocks change that night: ${time} does not exist, so at ${local.slice(11, 16)}`;
  if (clockChange === 'repeated') return `${time} comes twice that night: the first`;
  return undefined;
}
