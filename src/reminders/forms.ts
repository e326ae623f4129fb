import { UserError } from '../errors.ts';
import { clip } from '../tokens.ts';
import { instantOf, localAt } from './clock.ts';
import { dateOf, daysLater, isDate, WEEKDAYS, weekdayOf } from './dates.ts';
import { longest, type Schedule } from './schedule.ts';

/** What stands beside a form: the zone, and, where they were said, the time of day and the start after `from`. */
export type Beside = { now: Date; zone: string; time?: string; from?: string };
type Parts = { [name: string]: string | undefined };

const DAYS = WEEKDAYS.map((name) => name.toLowerCase());
const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const DAY = `(?<day>${DAYS.join('|')})s?`;
const SEVERAL = `(?<days>(?:${DAYS.join('|')}|weekdays|weekends)s?(?: (?:${DAYS.join('|')}|weekdays|weekends)s?)*)`;
const MONTH = `(?<month>${MONTHS.join('|')})`;
const NTH = '(?<nth>1st|2nd|3rd|4th|5th|last)';
const TH = '(?:st|nd|rd|th)';

/** Every form, in the words of `wordsOf`, without what stands beside it; the first that fits is taken. */
const forms: [pattern: string, read: (parts: Parts, beside: Beside) => Schedule][] = [
  ['(?<at>\\d{4}-\\d\\d-\\d\\dt\\d\\d:\\d\\d:\\d\\dz)', atInstant],
  ['in (?<count>\\d+|an?) (?<unit>minute|hour)', inAWhile],
  ['in (?<count>\\d+|an?) (?<unit>day|week)', (parts, beside) => onDay(days(parts), beside)],
  ['(?:on )?today', (_, beside) => onDay(0, beside)],
  ['(?:on )?tomorrow', (_, beside) => onDay(1, beside)],
  ['(?:on )?(?<date>\\d{4}-\\d\\d-\\d\\d)', ({ date = '' }, beside) => onDate(date, date, beside)],
  [`(?:on )?(?<number>\\d+)${TH}? ${MONTH}(?: (?<year>\\d{4}))?`, onDayAndMonth],
  [`(?:on )?${MONTH} (?<number>\\d+)${TH}?(?: (?<year>\\d{4}))?`, onDayAndMonth],
  ['every (?:(?<count>\\d+|other) )?(?<unit>minute|hour)', everyWhile],
  ['daily|every day', (_, beside) => weekly([1, 2, 3, 4, 5, 6, 7], beside)],
  ['every (?<count>\\d+|other) (?<unit>day)', everyDays],
  [`every (?<count>\\d+|other) (?<unit>week)(?: on ${DAY})?`, everyDays],
  [`every other ${DAY}`, (parts, beside) => everyDays({ ...parts, count: 'other', unit: 'week' }, beside)],
  [`(?<every>every )?(?:week )?(?:on )?${SEVERAL}`, onWeekdays],
  [
    `(?:(?<count>\\d+|an?)? ?(?<unit>day|week) after )?(?:every month on |on |(?<every>every ))?(?:patch tuesdays?|${NTH} ${DAY})(?<monthly> (?:in |every )?month)?`,
    onNthWeekday,
  ],
  ['(?:every month on |on |every )?last (?<working>working |business )?day(?: (?:in |every )?month)?', onLastDay],
  ['(?:every month|monthly) on (?<number>\\d+)', onDayOfMonth],
  [`(?:every month on |monthly on |every )(?<number>\\d+)${TH}`, onDayOfMonth],
  [`(?:on |every )?(?<number>\\d+)${TH} (?:every )?month`, onDayOfMonth],
];
const patterns = forms.map(([pattern, read]) => ({ pattern: new RegExp(`^(?:${pattern})$`), read }));

/**
 * The schedule of a form, or undefined when it is none.
 * @throws UserError when a value in it is not possible or is missing
 */
export function readForm(form: string, beside: Beside): Schedule | undefined {
  for (const { pattern, read } of patterns) {
    const match = pattern.exec(form);
    if (match) return read({ ...match.groups }, beside);
  }
  return undefined;
}

function timeOf({ time }: Beside): string {
  if (time) return time;
  throw new UserError('The time of day is missing: add it, for example “09:00”.');
}

/** What goes by elapsed time has no time of day. */
function noTime(form: string, { time }: Beside) {
  if (time) throw new UserError(`“${form}” counts from now and takes no time of day.`);
}

/** A count of units, one when there is none. */
function count({ count: said = '1', unit = '' }: Parts, most: number): number {
  const number = /^an?$/.test(said) ? 1 : said === 'other' ? 2 : Number(said);
  if (number >= 1 && number <= most) return number;
  throw new UserError(
    `“${clip(said)} ${unit}s” is not possible: take from 1 to ${most.toLocaleString('en')} ${unit}s.`,
  );
}

const minutes = (parts: Parts) =>
  parts.unit === 'hour' ? count(parts, longest.minutes / 60) * 60 : count(parts, longest.minutes);
const days = (parts: Parts, most: number = longest.days) =>
  parts.unit === 'week' ? count(parts, Math.floor(most / 7)) * 7 : count(parts, most);

const toSecond = (instant: number) => new Date(instant).toISOString().replace(/\.\d+/, '');
const isInstant = (text: string) => isDate(text.slice(0, 10)) && Number.isFinite(Date.parse(text));
const today = ({ now, zone }: Beside) => localAt(now, zone).slice(0, 10);

function atInstant({ at = '' }: Parts, { now, zone }: Beside): Schedule {
  const said = at.toUpperCase();
  if (!isInstant(said)) throw new UserError(`“${said}” is not an instant from 2000 to 2199.`);
  if (Date.parse(said) <= now.getTime()) throw new UserError(`${said} has passed: name a later time.`);
  return { kind: 'instant', at: toSecond(Date.parse(said)), zone };
}

function inAWhile(parts: Parts, beside: Beside): Schedule {
  noTime(`in ${parts.count} ${parts.unit}s`, beside);
  return { kind: 'instant', at: toSecond(beside.now.getTime() + minutes(parts) * 60_000), zone: beside.zone };
}

function everyWhile(parts: Parts, beside: Beside): Schedule {
  noTime(parts.count ? `every ${parts.count} ${parts.unit}s` : `every ${parts.unit}`, beside);
  const from = beside.from?.toUpperCase() ?? toSecond(beside.now.getTime());
  if (!/Z$/.test(from) || !isInstant(from))
    throw new UserError('“from” takes an instant here, such as “2026-12-01T08:00:00Z”.');
  return { kind: 'elapsed', minutes: minutes(parts), from: toSecond(Date.parse(from)), zone: beside.zone };
}

const onDay = (later: number, beside: Beside) => {
  const date = daysLater(today(beside), later);
  return onDate(date, date, beside);
};

function onDate(date: string, said: string, beside: Beside): Schedule {
  if (!isDate(date)) throw new UserError(`“${said}” is not a date from 2000 to 2199.`);
  const time = timeOf(beside);
  if (instantOf(date, time, beside.zone).at <= beside.now)
    throw new UserError(`${date} ${time} has passed: name a later date.`);
  return { kind: 'once', date, time, zone: beside.zone };
}

/** The longest time from one 29 February to the next. */
const LEAP_YEARS_APART = 8;

function onDayAndMonth({ number, month = '', year }: Parts, beside: Beside): Schedule {
  const said = `${clip(number ?? '')} ${month.charAt(0).toUpperCase()}${month.slice(1)}${year ? ` ${year}` : ''}`;
  const dateIn = (one: number) => dateOf(one, MONTHS.indexOf(month) + 1, Number(number));
  const exact = year ? dateIn(Number(year)) : undefined;
  if (exact) return onDate(exact, said, beside);
  if (year) throw new UserError(`There is no ${said}: name another date.`);
  const thisYear = Number(today(beside).slice(0, 4));
  for (let one = thisYear; one <= thisYear + LEAP_YEARS_APART; one += 1) {
    const date = dateIn(one);
    if (date && instantOf(date, timeOf(beside), beside.zone).at > beside.now) return onDate(date, said, beside);
  }
  throw new UserError(`There is no ${said}: name another date.`);
}

function weekly(weekdays: number[], beside: Beside): Schedule {
  return { kind: 'weekly', days: weekdays, time: timeOf(beside), zone: beside.zone };
}

function onWeekdays({ every, days: said = '' }: Parts, beside: Beside): Schedule {
  const words = said.split(' ');
  if (!every && words.length === 1 && !said.endsWith('s'))
    throw new UserError(`Say “every ${said}” for every week, or a date such as “on 1 march” for once.`);
  const numbers = words.flatMap((word) => {
    if (word.startsWith('weekday')) return [1, 2, 3, 4, 5];
    if (word.startsWith('weekend')) return [6, 7];
    return [DAYS.indexOf(word.replace(/s$/, '')) + 1];
  });
  return weekly([...new Set(numbers)].sort(), beside);
}

function everyDays(parts: Parts, beside: Beside): Schedule {
  const every = days(parts);
  const weekday = parts.day ? DAYS.indexOf(parts.day) + 1 : undefined;
  if (parts.unit === 'week' && !weekday)
    throw new UserError('The weekday is missing: write for example “every 2 weeks on monday 08:00”.');
  const time = timeOf(beside);
  const { now, zone, from = today(beside) } = beside;
  if (!isDate(from)) throw new UserError('“from” takes a date here, such as “2026-12-01”.');
  if (every === 1 || (every === 7 && weekday)) return weekly(weekday ? [weekday] : [1, 2, 3, 4, 5, 6, 7], beside);
  let first = from;
  while ((weekday && weekdayOf(first) !== weekday) || (!beside.from && instantOf(first, time, zone).at <= now))
    first = daysLater(first, 1);
  return { kind: 'interval', days: every, from: first, time, zone };
}

function onNthWeekday(parts: Parts, beside: Beside): Schedule {
  const { nth = '2nd', day = 'tuesday', every, monthly, unit } = parts;
  if (every && parts.nth && !monthly && !['1st', 'last'].includes(nth))
    throw new UserError(`Say “${nth} ${day} of the month”, or “every 2 weeks on ${day}”.`);
  return {
    kind: 'weekday of month',
    nth: nth === 'last' ? 'last' : Number(nth.charAt(0)),
    weekday: DAYS.indexOf(day) + 1,
    after: unit ? days(parts, longest.after) : 0,
    time: timeOf(beside),
    zone: beside.zone,
  };
}

function onLastDay({ working }: Parts, beside: Beside): Schedule {
  return { kind: 'day of month', day: working ? 'last working' : 'last', time: timeOf(beside), zone: beside.zone };
}

function onDayOfMonth({ number }: Parts, beside: Beside): Schedule {
  const day = Number(number);
  if (day < 1 || day > 31) throw new UserError(`No month has a day ${clip(number ?? '')}: take one from 1 to 31.`);
  return { kind: 'day of month', day, time: timeOf(beside), zone: beside.zone };
}
