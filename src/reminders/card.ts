import type { Answer, Button } from '../answer.ts';
import { type Chore, choreNamed } from '../core/chores.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Person } from '../request.ts';
import { clip } from '../tokens.ts';
import { type Draft, longestName, longestText, type Occurrence, type Reminder } from './reminder.ts';
import { spoken } from './schedule.ts';
import { inFull, inWords } from './times.ts';

type Facts = NonNullable<Answer['facts']>;

/** Milliseconds that a reminder may take to be posted before its card says that it is late. */
const PROMPT = 60_000;

/** The letters of a note that a card shows at most; the history keeps the whole. */
const LONGEST_NOTE = 300;

/** Somebody by the name people read, else by what the platform calls them. */
export const calledBy = ({ id, name }: Person): string => clip(name || id, longestName);

/**
 * What a reminder is about, as it stands within a sentence: `CSV defrag for CSV1`, `“renew the SAN support”`. A chore that
 * is not among those given goes by the name it was added with.
 */
export function subjectOf({ subject, target, cluster }: Draft, chores: readonly Chore[] = []): string {
  const what =
    subject.kind === 'chore'
      ? (choreNamed(chores, subject.name)?.title ?? clip(subject.name))
      : `“${clip(subject.text, longestText)}”`;
  return what + where({ target, cluster });
}

function where({ target, cluster }: { target: string | undefined; cluster: string | undefined }): string {
  const on = cluster ? ` on cluster ${clip(cluster, longestName)}` : '';
  return target ? ` for ${clip(target, longestName)}${on}` : on;
}

/**
 * The message of an occurrence as it stands now: with the checklist while somebody has to do it, short once it is over.
 * @param asked what the bot answered, for a reminder that asks
 */
export function card(reminder: Reminder, occurrence: Occurrence, knowledge: Knowledge, asked?: Answer): Answer {
  const { subject } = reminder;
  const { state } = occurrence;
  const chore = subject.kind === 'chore' ? choreNamed(knowledge.reminders, subject.name) : undefined;
  const calls = state === 'due' || state === 'posted';
  // One that is snoozed is posted again, with all of it.
  const full = chore && (calls || state === 'problem');
  const buttons = buttonsFor(reminder, occurrence);
  return {
    ...(calls && { mentions: [reminder.owner] }),
    headline: headline(reminder, isOver(occurrence) ? undefined : (chore?.why ?? asked?.headline), knowledge),
    facts: facts(reminder, occurrence),
    ...(full && { code: chore.code, notes: [...chore.checklist, ...chore.rhythm], sources: chore.sources }),
    ...(buttons.length > 0 && { buttons }),
  };
}

const isOver = ({ state }: Occurrence) => state === 'done' || state === 'skipped' || state === 'missed';

function headline(reminder: Reminder, goesOn: string | undefined, knowledge: Knowledge): string {
  const { subject, target, cluster } = reminder;
  const own = subject.kind === 'text' && clip(subject.text.trim(), longestText);
  const what = own ? own + where({ target, cluster }) : subjectOf(reminder, knowledge.reminders);
  const sentence = goesOn ? `${what}: ${goesOn}` : what;
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}

function facts(reminder: Reminder, occurrence: Occurrence): Facts {
  const { escalation, schedule, owner, number } = reminder;
  const { at, postedAt, acknowledgedAt, escalatedAt, state } = occurrence;
  const { zone } = schedule;
  const late = Date.parse(postedAt ?? at) - Date.parse(at);
  // One that was snoozed comes again later because somebody wished it so.
  const isLate = late > PROMPT && !acknowledgedAt && state !== 'missed';
  return [
    ['Reminder', `${number}, ${spoken(schedule)}`],
    ['Due', inFull(new Date(at), zone) + (isLate ? `, late by ${inWords(late)}` : '')],
    ['Owner', calledBy(owner)],
    ...(escalatedAt && escalation
      ? ([['Escalated', `to ${calledBy(escalation.to)}, ${inFull(new Date(escalatedAt), zone)}`]] satisfies Facts)
      : []),
    ...outcome(occurrence, zone),
  ];
}

const OUTCOMES = { done: 'Done', skipped: 'Skipped', problem: 'Problem', snoozed: 'Snoozed' } as const;

/** Who did what, and when; of a snooze, until when. A problem that was noted stays with what came after it. */
function outcome({ state, by, acknowledgedAt, note, until }: Occurrence, zone: string): Facts {
  const found: Facts = [];
  if (state === 'missed') return [['Missed', 'it was never posted']];
  if (state !== 'due' && state !== 'posted' && by) {
    const moment = state === 'snoozed' ? until : acknowledgedAt;
    const when = moment ? `, ${state === 'snoozed' ? 'until ' : ''}${inFull(new Date(moment), zone)}` : '';
    found.push([OUTCOMES[state], calledBy(by) + when]);
  }
  if (note) found.push(['Note', clip(note, LONGEST_NOTE)]);
  return found;
}

function buttonsFor({ number }: Reminder, occurrence: Occurrence): Button[] {
  const button = (label: string, verb: string, more = ''): Button => ({
    label,
    ask: `/reminder ${verb} ${number} ${occurrence.id}${more}`,
  });
  const done: Button = { ...button('Done', 'done'), style: 'primary' };
  const skip = button('Skip', 'skip');
  if (isOver(occurrence)) return [];
  if (occurrence.state === 'snoozed' || occurrence.state === 'problem') return [done, skip];
  return [
    done,
    button('Snooze 1 hour', 'snooze', ' 1h'),
    button('Snooze 1 day', 'snooze', ' 1d'),
    skip,
    button('Problem', 'problem'),
  ];
}

/** What is said in the thread when nobody has acknowledged an occurrence in time; it calls the person who is named for that. */
export function escalation(reminder: Reminder, occurrence: Occurrence, knowledge: Knowledge): Answer {
  const { number, owner, schedule } = reminder;
  const since = inFull(new Date(occurrence.postedAt ?? occurrence.at), schedule.zone);
  const subject = subjectOf(reminder, knowledge.reminders);
  return {
    mentions: [reminder.escalation?.to ?? owner],
    headline: `Nobody has acknowledged ${subject} since ${since}: press a button above, or type “/reminder done ${number} ${occurrence.id}” once it is done.`,
    facts: [['Owner', calledBy(owner)]],
  };
}

/**
 * What the owner is told when the bot paused a reminder.
 * @param why a sentence for people
 */
export function pausedNotice(reminder: Reminder, why: string, knowledge: Knowledge): Answer {
  const { number, place, schedule } = reminder;
  // One whose only time has passed cannot be resumed.
  const verb = schedule.kind === 'once' || schedule.kind === 'instant' ? 'run' : 'resume';
  return {
    headline: `I paused reminder ${number}, ${subjectOf(reminder, knowledge.reminders)}, because I cannot post it: when that is put right, type “/reminder ${verb} ${number}” in its channel.`,
    facts: [
      ['Why', why],
      ['Channel', `${place.address} (${place.platform})`],
      ['Schedule', spoken(schedule)],
    ],
  };
}
