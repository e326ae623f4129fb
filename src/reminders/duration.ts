const DURATION = /^(\d{1,6}|an?) ?(m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?)$/i;
const MINUTES = new Map([
  ['m', 1],
  ['h', 60],
  ['d', 24 * 60],
  ['w', 7 * 24 * 60],
]);

/** Minutes that a reminder waits before it calls somebody or comes again: 5 minutes to 30 days. */
const allowed = { least: 5, most: 30 * 24 * 60 };

/**
 * The minutes of a length of time in words, or undefined when it is none or is not from 5 minutes to 30 days.
 * @example readDuration('4h') // 240
 * @example readDuration('90 minutes') // 90
 * @example readDuration('2 minutes') // undefined
 */
export function readDuration(words: string): number | undefined {
  const [, count = '', unit = ''] = DURATION.exec(words.trim()) ?? [];
  const minutes = (/^a/i.test(count) ? 1 : Number(count)) * (MINUTES.get(unit.charAt(0).toLowerCase()) ?? 0);
  return minutes >= allowed.least && minutes <= allowed.most ? minutes : undefined;
}
