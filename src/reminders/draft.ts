import type { Chore } from '../core/chores.ts';
import { UserError } from '../errors.ts';
import { nearest } from '../reader.ts';
import { clip } from '../tokens.ts';
import { readDuration } from './duration.ts';
import { occurrencesAfter } from './occurrences.ts';
import {
  isQuoted,
  joined,
  kept,
  mention,
  type Naming,
  type Piece,
  personOf,
  pieces,
  quoted,
  textOf,
} from './pieces.ts';
import { parseSchedule } from './recurrence.ts';
import { type Draft, longestName, longestText } from './reminder.ts';
import { describe, type Schedule } from './schedule.ts';

/** What a draft is read by. */
export type Reading = Naming & { now: Date; zone: string; chores: readonly Chore[] };

/** Parts of a draft; one that is there and `undefined` is taken away. */
export type Change = Partial<Draft>;

const MINUTE = 60_000;
/** The least minutes between two times of a reminder. */
const LEAST_APART = 5;
/** No schedule in words is longer. */
const LONGEST_SCHEDULE = 200;
const QUOTE_IT =
  'Please put words of your own in quotation marks with the schedule behind them, as in /reminder add "renew the SAN support" on 1 march 10:00.';

/**
 * The reminder that somebody put in words: what, then in any order a target, a cluster, an owner, whom to escalate to,
 * and what is left is the schedule.
 * @throws UserError when a part is missing, double or not possible, or when it would come more often than every 5 minutes
 * @example readDraft('defrag for CSV1 every saturday 02:00', reading) // { subject: { kind: 'chore', name: 'defrag' }, target: 'CSV1', schedule: … }
 */
export function readDraft(words: string, reading: Reading): Draft {
  const all = pieces(words);
  const named = subjectOf(all, reading.chores);
  const { given, rest } = clauses(all.slice(named?.length ?? 0), reading, false);
  if (named) return { ...given, subject: named.subject, schedule: scheduleOf(joined(rest), reading) };
  const at = scheduleAt(rest, reading);
  if (at === 0) throw new UserError(`Say what it is about in front of the schedule, as in “add ${example(reading)}”.`);
  if (at === undefined) throw new UserError(QUOTE_IT);
  return {
    ...given,
    subject: ownWords(rest.slice(0, at), reading),
    schedule: scheduleOf(joined(rest.slice(at)), reading),
  };
}

/**
 * What somebody wants changed of a reminder: the words of `readDraft` with every part optional, and `no target`,
 * `no cluster` and `no escalation`.
 * @throws as `readDraft` does
 */
export function readChange(words: string, reading: Reading): Change {
  const all = pieces(words);
  const named = subjectOf(all, reading.chores);
  const { given, rest } = clauses(all.slice(named?.length ?? 0), reading, true);
  if (named) Object.assign(given, { subject: named.subject });
  if (rest.length === 0) return given;
  const at = named ? 0 : (scheduleAt(rest, reading) ?? 0);
  const schedule = scheduleOf(joined(rest.slice(at)), reading);
  return { ...given, schedule, ...(at > 0 && { subject: ownWords(rest.slice(0, at), reading) }) };
}

/** A draft in one line, which `readDraft` reads as the same draft. */
export function draftText({ subject, target, cluster, schedule, owner, escalation }: Draft): string {
  return [
    subject.kind === 'chore' ? subject.name : `${subject.kind === 'ask' ? 'ask ' : ''}${quoted(subject.text)}`,
    describe(schedule),
    target && `for ${quoted(target)}`,
    cluster && `cluster ${quoted(cluster)}`,
    owner && `owner ${mention(owner)}`,
    escalation && `escalate after ${escalation.minutes} minutes to ${mention(escalation.to)}`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** What stands first, when it is a chore, quoted text or a question, and how many pieces that is. */
function subjectOf(all: readonly Piece[], chores: readonly Chore[]) {
  const [first, second] = all;
  if (first?.word === 'ask') {
    if (!second || !isQuoted(second))
      throw new UserError(
        'Put the question in quotation marks, as in /reminder ask "av exclusions" every monday 09:00.',
      );
    const text = kept(second.text.slice(1, -1).replace(/^[/\s]*/, '/'), longestText, 'question');
    return { subject: { kind: 'ask' as const, text }, length: 2 };
  }
  if (first && isQuoted(first))
    return { subject: { kind: 'text' as const, text: textOf(first, longestText, 'text') }, length: 1 };
  // The longest name first, so that “csv defrag” is not “csv” and something else.
  const names = chores.flatMap(({ names }) =>
    names.map((name) => ({ words: name.split(' '), chore: names[0] ?? name })),
  );
  names.sort((a, b) => b.words.length - a.words.length);
  const found = names.find(({ words }) => words.every((word, index) => all[index]?.word === word));
  return found && { subject: { kind: 'chore' as const, name: found.chore }, length: found.words.length };
}

/** Takes the clauses out; quoted text and people are never taken for the word that opens one. */
function clauses(all: readonly Piece[], naming: Naming, change: boolean) {
  const given: Change = {};
  const rest: Piece[] = [];
  const put = (part: Change) => {
    const [key = ''] = Object.keys(part);
    if (key in given) throw new UserError(`You gave the ${key} twice: please say which one counts.`);
    Object.assign(given, part);
  };
  for (let at = 0; at < all.length; at += 1) {
    const { text, word } = all[at] ?? { text: '', word: '' };
    const next = all[at + 1];
    const gone = change && word === 'no' ? takenAway.get(next?.word ?? '') : undefined;
    if (gone) put(gone);
    else if (word === 'for') put({ target: nameOf(next, 'for', 'target') });
    else if (word === 'cluster') put({ cluster: nameOf(next, 'cluster', 'name of the cluster') });
    else if (word === 'owner') put({ owner: personOf(next, 'owner', naming) });
    else if (word === 'escalate') {
      const length = all.slice(at, at + LONGEST_WAITING).findIndex((piece) => piece.word === 'to');
      const minutes = waiting(length < 0 ? [] : all.slice(at + 1, at + length));
      at += length;
      put({ escalation: { minutes, to: personOf(all[at + 1], 'to', naming) } });
    } else {
      rest.push({ text, word });
      continue;
    }
    at += 1;
  }
  return { given, rest };
}

const takenAway = new Map<string, Change>([
  ['target', { target: undefined }],
  ['cluster', { cluster: undefined }],
  ['escalation', { escalation: undefined }],
  ['owner', { owner: undefined }],
]);

function nameOf(piece: Piece | undefined, lead: string, label: string): string {
  if (piece) return textOf(piece, longestName, label);
  throw new UserError(`“${lead}” needs a name behind it, as in “${lead} ${lead === 'for' ? 'CSV1' : 'CLUSTER1'}”.`);
}

/** Pieces of `escalate after 4 hours to` at most. */
const LONGEST_WAITING = 5;

/** The minutes in `after 4h`. */
function waiting([after, ...length]: readonly Piece[]): number {
  const words = length.map(({ word }) => word).join(' ');
  const minutes = after?.word === 'after' ? readDuration(words) : undefined;
  if (minutes !== undefined) return minutes;
  if (after?.word !== 'after' || words === '')
    throw new UserError('Say after how long and to whom, as in “escalate after 4h to @name”.');
  throw new UserError(`“${clip(words)}” is not a time from 5 minutes to 30 days: write for example 90m, 4h or 1d.`);
}

/** @throws as `readDraft` does */
export function scheduleOf(words: string, { now, zone }: Reading): Schedule {
  const schedule = parseSchedule(words, { now, zone });
  const times = occurrencesAfter(schedule, now, 5).map(({ at }) => at.getTime());
  if (times.some((time, index) => time - (times[index - 1] ?? 0) < LEAST_APART * MINUTE))
    throw new UserError(`That would flood the channel: leave at least ${LEAST_APART} minutes between two times.`);
  return schedule;
}

/** Where the longest tail that reads as a schedule begins. */
function scheduleAt(rest: readonly Piece[], { now, zone }: Reading): number | undefined {
  let found: number | undefined;
  let length = 0;
  for (let at = rest.length - 1; at >= 0 && length <= LONGEST_SCHEDULE; at -= 1) {
    length += (rest[at]?.text.length ?? 0) + 1;
    try {
      parseSchedule(joined(rest.slice(at)), { now, zone });
      found = at;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
  return found;
}

/** Own text without quotation marks, unless it is nearly the name of a chore. */
function ownWords(words: readonly Piece[], { chores }: Reading): Draft['subject'] {
  const text = kept(joined(words), longestText, 'text');
  const near = nearest(
    text.toLowerCase(),
    chores.flatMap(({ names }) => names),
  );
  if (!near) return { kind: 'text', text };
  throw new UserError(
    `I know no chore “${clip(text)}”: did you mean “${near}”, or words of your own, which go in quotation marks?`,
  );
}

const example = ({ chores: [chore] }: Reading) => `${chore?.names[0] ?? 'defrag'} every saturday 02:00`;
