const DAY = 86_400_000;

/** Weekdays from Monday, which is 1. */
export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/**
 * The date of a year (2000 to 2199), month and day of the month, or undefined when the calendar has none.
 * @example dateOf(2028, 2, 29) // '2028-02-29'
 * @example dateOf(2027, 2, 29) // undefined
 */
export function dateOf(year: number, month: number, day: number): string | undefined {
  const [y, m, d] = [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')];
  return isDate(`${y}-${m}-${d}`) ? `${y}-${m}-${d}` : undefined;
}

/** True for a date of the calendar from 2000 to 2199, as in `2027-03-01`. */
export function isDate(text: string): boolean {
  const midnight = Date.parse(`${text}T00:00Z`);
  return /^2[01]\d\d-\d\d-\d\d$/.test(text) && new Date(midnight || 0).toISOString().startsWith(text);
}

/** The date so many days after another. @example daysLater('2026-12-31', 1) // '2027-01-01' */
export function daysLater(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}

/** The weekday of a date, from Monday 1 to Sunday 7. @example weekdayOf('2026-11-22') // 7 */
export function weekdayOf(date: string): number {
  // Sunday is 0 for a Date.
  return new Date(date).getUTCDay() || 7;
}
