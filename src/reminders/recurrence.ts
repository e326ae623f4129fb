import { UserError } from '../errors.ts';
import { clip } from '../tokens.ts';
import { zoneNamed } from './clock.ts';
import { isCron } from './cron.ts';
import { readForm } from './forms.ts';
import { occurrencesAfter } from './occurrences.ts';
import type { Schedule } from './schedule.ts';
import { takeTime, takeZone, wordsOf } from './words.ts';

const LONGEST = 200;
const FOR_EXAMPLE =
  'write for example “every saturday 02:00”, “weekdays 09:00” or “on 1 march 10:00”; “/help reminder” has more.';

/**
 * The schedule that somebody put in words. A zone in the words wins over the one given.
 * @param now the instant it is said: the first firing is later
 * @throws UserError when the words are not understood, leave the time of day open, lie in the past, or never happen
 * @example parseSchedule('every saturday 02:00', { now, zone: 'UTC' }) // { kind: 'weekly', days: [6], time: '02:00', zone: 'UTC' }
 */
export function parseSchedule(words: string, context: { now: Date; zone: string }): Schedule {
  if (words.trim() === '') throw new UserError(`The schedule is missing: ${FOR_EXAMPLE}`);
  if (words.length > LONGEST) throw new UserError(`That is too long for a schedule: ${FOR_EXAMPLE}`);
  const { zone = zoneNamed(context.zone) ?? context.zone, rest } = takeZone(words.trim().split(/\s+/));
  const schedule = cron(rest, zone) ?? inWords(rest, { ...context, zone });
  if (!schedule) throw new UserError(`“${clip(words.trim())}” is not a schedule: ${FOR_EXAMPLE}`);
  if (occurrencesAfter(schedule, context.now, 1).length === 0)
    throw new UserError('That never happens: name another day or time.');
  return schedule;
}

/** A cron expression is known by its first two fields, minute and hour: they have nothing but digits and signs. */
function cron(words: string[], zone: string): Schedule | undefined {
  const fields = words.slice(0, 2).filter((word) => /^[\d*?][\d*?,/-]*$/.test(word));
  if (fields.length < 2) return undefined;
  const expression = words.join(' ').toUpperCase();
  if (isCron(expression)) return { kind: 'cron', cron: expression, zone };
  throw new UserError(
    `“${clip(expression)}” is not a cron expression: it has five fields, as in “0 9 * * 1-5” for weekdays at 09:00.`,
  );
}

function inWords(words: string[], { now, zone }: { now: Date; zone: string }): Schedule | undefined {
  const { time, rest } = takeTime(wordsOf(words.join(' ')));
  const at = rest.indexOf('from');
  const from = at < 0 ? undefined : (rest[at + 1] ?? '');
  const form = at < 0 ? rest : rest.toSpliced(at, 2);
  const beside = { now, zone, ...(time !== undefined && { time }), ...(from !== undefined && { from }) };
  const schedule = readForm(form.join(' '), beside);
  if (schedule && from !== undefined && schedule.kind !== 'elapsed' && schedule.kind !== 'interval')
    throw new UserError('“from” goes with every so many hours, days or weeks only.');
  return schedule;
}
