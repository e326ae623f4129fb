import type { Answer } from '../../answer.ts';
import { UserError } from '../../errors.ts';
import { calledBy, subjectOf } from '../card.ts';
import { readDuration } from '../duration.ts';
import { isQuoted, kept } from '../pieces.ts';
import type { Occurrence } from '../reminder.ts';
import type { Acknowledgement, Happened } from '../reminders.ts';
import { inFull, inShort } from '../times.ts';
import { by, leadingOccurrence, numbered, remindersOf, type Verb } from './call.ts';

const MINUTE = 60_000;
/** Characters of a note at most. */
const LONGEST_NOTE = 1000;

type Read = (rest: string, now: Date) => Acknowledgement | undefined;

/** A verb that acknowledges an occurrence; `otherwise` answers when what it needs was not said. */
function acknowledging(verb: string, read: Read, otherwise: (ask: string) => Answer): Verb {
  return async (words, context) => {
    const reminders = remindersOf(context);
    const { number, rest } = await numbered(verb, words, context);
    const { occurrence, rest: said } = leadingOccurrence(rest);
    const given = read(said, context.request.now);
    if (!given) {
      const { reminder, last } = await reminders.find(by(context).place, number);
      const isOver = last && (occurrence ?? last.id) === last.id && ['done', 'skipped'].includes(last.state);
      if (isOver) return { headline: already({ reminder, occurrence: last }) };
      return otherwise(['/reminder', verb, number, occurrence].filter(Boolean).join(' '));
    }
    const happened = await reminders.acknowledge(number, { ...given, ...(occurrence && { occurrence }) }, by(context));
    if (!happened.first) return { headline: already(happened) };
    const what = subjectOf(happened.reminder, context.knowledge.reminders);
    return { headline: `${did(given, happened)}: ${what}.`, shown: true };
  };
}

const plain = (verb: string, as: 'done' | 'skipped') =>
  acknowledging(
    verb,
    (rest) => (rest === '' ? { as } : undefined),
    (asked) => {
      throw new UserError(`“${asked}” takes nothing behind it: a note goes with “problem”.`);
    },
  );

export const done = plain('done', 'done');
export const skip = plain('skip', 'skipped');

export const snooze = acknowledging(
  'snooze',
  (rest, now) => {
    const minutes = readDuration(rest);
    return minutes === undefined ? undefined : { as: 'snoozed', until: new Date(now.getTime() + minutes * MINUTE) };
  },
  (asked) => {
    throw new UserError(`Say for how long, from 5 minutes to 30 days, as in “${asked} 1h”.`);
  },
);

export const problem = acknowledging(
  'problem',
  (rest) => {
    if (rest === '') return undefined;
    const note = isQuoted({ text: rest, word: '' }) ? rest.slice(1, -1) : rest;
    return { as: 'problem', note: kept(note, LONGEST_NOTE, 'note') };
  },
  (asked) => ({
    headline: `Say what is wrong in quotation marks behind “${asked}”.`,
    form: {
      title: 'Problem',
      submit: 'Send',
      ask: asked,
      fields: [{ name: 'note', label: 'What is wrong?', kind: 'text', long: true }],
    },
  }),
);

function did(given: Acknowledgement, { reminder }: Happened): string {
  if (given.as === 'snoozed') return `Snoozed until ${inShort(given.until, reminder.schedule.zone)}`;
  if (given.as === 'problem') return 'Problem noted';
  return given.as === 'done' ? 'Done' : 'Skipped';
}

const states: Record<Occurrence['state'], string> = {
  due: 'being posted',
  posted: 'posted',
  snoozed: 'snoozed',
  problem: 'reported as a problem',
  done: 'done',
  skipped: 'skipped',
  missed: 'missed',
};

function already({ reminder, occurrence }: Happened): string {
  const { by: who, acknowledgedAt, state } = occurrence;
  const name = who ? ` by ${calledBy(who)}` : '';
  const when = acknowledgedAt ? ` on ${inFull(new Date(acknowledgedAt), reminder.schedule.zone)}` : '';
  return `That was already ${states[state]}${name}${when}.`;
}
