import type { Answer } from '../../answer.ts';
import { plural } from '../../core/words.ts';
import { UserError } from '../../errors.ts';
import { clip } from '../../tokens.ts';
import { calledBy, subjectOf } from '../card.ts';
import { historyAnswer, historyCsv, outcomes } from '../history.ts';
import { facts, nextTimes } from '../preview.ts';
import type { Reminder } from '../reminder.ts';
import type { Listed } from '../reminders.ts';
import { spoken } from '../schedule.ts';
import { inFull, inShort } from '../times.ts';
import { by, leadingNumber, numbered, remindersOf, type Verb } from './call.ts';

/** Changes that `show` lists; all of them are kept. */
const CHANGES = 10;

export const list: Verb = async (words, context) => {
  if (words !== '') throw new UserError(`“list” takes nothing behind it: “/reminder show N” shows one reminder.`);
  const listed = await remindersOf(context).list(by(context).place);
  if (listed.length === 0)
    return {
      headline:
        'There are no reminders here yet: “/reminder add defrag every saturday 02:00” shows how one would look.',
    };
  const { knowledge, timeZone } = context;
  return {
    headline: `There ${listed.length === 1 ? 'is' : 'are'} ${plural(listed.length, 'reminder')} here; “/reminder show N” tells all about one.`,
    tables: [
      {
        title: `Times in ${timeZone}`,
        columns: ['No.', 'What', 'Schedule', 'Next', 'Owner', 'Last'],
        rows: listed.map(({ reminder, last }) => [
          String(reminder.number),
          subjectOf(reminder, knowledge.reminders),
          spoken(reminder.schedule),
          nextIn(reminder, timeZone),
          calledBy(reminder.owner),
          last ? outcomes[last.state] : '',
        ]),
      },
    ],
    buttons: listed.slice(0, 5).map(({ reminder: { number } }) => ({
      label: `Show ${number}`,
      ask: `/reminder show ${number}`,
    })),
  };
};

const states = { active: 'active', paused: 'paused', ended: 'ended', removed: 'removed' };

function nextIn({ next, state }: Reminder, zone: string): string {
  return next && state === 'active' ? inShort(new Date(next.at), zone) : states[state];
}

export const show: Verb = async (words, context) => {
  const { number, rest } = await numbered('show', words, context);
  if (rest !== '') throw new UserError(`“show” takes the number of one reminder, not “${clip(rest)}”.`);
  const listed = await remindersOf(context).find(by(context).place, number);
  const { reminder } = listed;
  const { knowledge, timeZone, request } = context;
  const { changes, schedule, state } = reminder;
  return {
    headline: `Reminder ${number}: ${subjectOf(reminder, knowledge.reminders)} ${spoken(schedule)}.`,
    facts: [['State', stateOf(reminder)], ...facts(reminder, calledBy(reminder.owner)), ...lastOf(listed, timeZone)],
    tables: [
      ...(state === 'active'
        ? [nextTimes(schedule, { chores: knowledge.reminders, now: request.now, zone: timeZone })]
        : []),
      {
        title: `Changes (times in ${timeZone})`,
        columns: ['When', 'Who', 'What'],
        rows: changes
          .slice(-CHANGES)
          .reverse()
          .map(({ at, by: who, did }) => [inShort(new Date(at), timeZone), calledBy(who), did]),
      },
    ],
    ...(reminder.declared && {
      notes: [`It comes from the reminders file, as “${reminder.declared}”.`],
    }),
    buttons: [
      ...(state === 'paused' ? [{ label: 'Resume', ask: `/reminder resume ${number}` }] : []),
      ...(state === 'active' ? [{ label: 'Pause', ask: `/reminder pause ${number}` }] : []),
      { label: 'Run now', ask: `/reminder run ${number}` },
      { label: 'History', ask: `/reminder history ${number}` },
      { label: 'Remove', ask: `/reminder remove ${number}`, style: 'danger' },
    ],
  };
};

const stateOf = ({ state, why }: Reminder) => (why ? `${states[state]}: ${why}` : states[state]);

function lastOf({ last }: Listed, zone: string): [string, string][] {
  return last ? [['Last', `${inFull(new Date(last.at), zone)}: ${outcomes[last.state]}`]] : [];
}

export const history: Verb = async (words, context) => {
  const reminders = remindersOf(context);
  const { number, rest } = leadingNumber(words);
  const csv = /^csv$/i.test(rest);
  if (rest !== '' && !csv)
    throw new UserError('Ask for “/reminder history”, with the number of a reminder, “csv” or both behind it.');
  const happened = await reminders.history(by(context).place, number);
  if (!csv || happened.length === 0) return historyAnswer(happened, context.knowledge, number);
  return {
    headline: `The history is in the file: ${plural(happened.length, 'line')}, the newest first.`,
    file: { filename: number === undefined ? 'reminders.csv' : `reminder-${number}.csv`, text: historyCsv(happened) },
  };
};

export const failed: Verb = async (_, context) => {
  const found = await remindersOf(context).failed(by(context).place);
  const { knowledge, timeZone } = context;
  if (found.length === 0) {
    const listed = await remindersOf(context).list(by(context).place);
    const held = listed.filter(({ reminder, last }) => reminder.why || (last?.state === 'due' && last.fault));
    const given = 'No reminder that was due here has been given up';
    if (held.length === 0) return { headline: `${given}.` };
    return {
      headline: `${given}; ${plural(held.length, 'reminder')} cannot be posted just now.`,
      tables: [
        {
          columns: ['Reminder', 'State', 'What went wrong'],
          rows: held.map(({ reminder, last }) => [
            `${reminder.number}: ${subjectOf(reminder, knowledge.reminders)}`,
            reminder.why ? 'paused' : 'being tried again',
            reminder.why ?? last?.fault ?? '',
          ]),
        },
      ],
    };
  }
  return {
    headline: `${plural(found.length, 'reminder')} could not be posted although I tried for about an hour.`,
    tables: [
      {
        title: `Times in ${timeZone}`,
        columns: ['Due', 'Reminder', 'What went wrong'],
        rows: found.map(({ reminder, occurrence, error }) => [
          inShort(new Date(occurrence.at), timeZone),
          `${reminder.number}: ${subjectOf(reminder, knowledge.reminders)}`,
          clip(error, 200),
        ]),
      },
    ],
    buttons: [{ label: 'Retry', ask: '/reminder retry', style: 'primary' }],
  };
};

export const retry: Verb = async (_, context): Promise<Answer> => {
  const count = await remindersOf(context).retry(by(context).place);
  if (count === 0) return { headline: 'Nothing has failed, so there is nothing to try again.' };
  return { headline: `I am trying again to post ${plural(count, 'reminder')}.` };
};

export const calendar: Verb = async (words, context) => {
  remindersOf(context);
  const renew = /^new$/i.test(words);
  if (words !== '' && !renew)
    throw new UserError('Ask for “/reminder calendar”, or “/reminder calendar new” for a new address.');
  const url = await context.calendar?.url(by(context).place, { renew, by: context.request.user });
  if (!url) throw new UserError('A calendar needs an address people can reach: ask whoever runs me to set PUBLIC_URL.');
  return {
    headline: `Add this address to your calendar to see the reminders of this channel there${renew ? '; the old one no longer works' : ''}.`,
    facts: [['Address', url]],
    notes: ['Whoever knows the address can read these reminders, so keep it among those who may.'],
    buttons: [{ label: 'New address', ask: '/reminder calendar new', style: 'danger' }],
  };
};
