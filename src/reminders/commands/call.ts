import type { Answer } from '../../answer.ts';
import type { Context } from '../../command.ts';
import { UserError } from '../../errors.ts';
import type { Reading } from '../draft.ts';
import type { By, Reminders } from '../reminders.ts';

/** A verb of `/reminder`: what stands behind it becomes an answer. */
export type Verb = (words: string, context: Context) => Answer | Promise<Answer>;

/** @throws UserError where nothing keeps reminders */
export function remindersOf({ reminders }: Context): Reminders {
  if (reminders) return reminders;
  throw new UserError(
    'Reminders are kept and posted once Slack or Teams is connected: until then “add” and “ask” show what they would do.',
  );
}

/** Who asks, where and when. */
export function by({ request: { place, user, now } }: Context): By {
  return { place: { platform: place.platform, address: place.address }, user, now };
}

/** What a draft of this place is read by. */
export function reading({ request, timeZone, knowledge }: Context): Reading {
  const plainNames = request.place.kind === 'terminal';
  return { now: request.now, zone: timeZone, chores: knowledge.reminders, user: request.user, plainNames };
}

const NUMBER = /^([1-9]\d{0,8})(?!\S)\s*(.*)$/s;
// As the service names them: the local time, the instant, or `run-` and the instant.
const OCCURRENCE = /^((?:run-)?\d{4}-\d\d-\d\dT\d\d:\d\d\S{0,20})(?!\S)\s*(.*)$/s;

/** The number that stands first, where one does, and what follows. */
export function leadingNumber(words: string): { number?: number; rest: string } {
  const [, number, rest = words] = NUMBER.exec(words) ?? [];
  return { rest, ...(number && { number: Number(number) }) };
}

/**
 * The reminder that is meant: the number that stands first, or the only one of the place.
 * @throws UserError when none is named and there is not exactly one
 */
export async function numbered(
  verb: string,
  words: string,
  context: Context,
): Promise<{ number: number; rest: string }> {
  const { number, rest } = leadingNumber(words);
  if (number !== undefined) return { number, rest };
  const listed = await remindersOf(context).list(by(context).place);
  const [only] = listed;
  if (only && listed.length === 1) return { number: only.reminder.number, rest };
  if (!only) throw new UserError('There are no reminders here: “/reminder add” adds one.');
  throw new UserError(
    `Say which reminder, as in “/reminder ${verb} ${only.reminder.number}”: “/reminder list” shows them all.`,
  );
}

/** The occurrence that stands first, where one does. */
export function leadingOccurrence(words: string): { occurrence?: string; rest: string } {
  const [, occurrence, rest = words] = OCCURRENCE.exec(words) ?? [];
  return { rest, ...(occurrence && { occurrence }) };
}
