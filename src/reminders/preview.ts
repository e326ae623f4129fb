import type { Answer, Button, Table } from '../answer.ts';
import type { Chore } from '../core/chores.ts';
import { calledBy, subjectOf } from './card.ts';
import { localAt } from './clock.ts';
import { draftText } from './draft.ts';
import { type Occurrence, occurrencesAfter } from './occurrences.ts';
import type { Draft } from './reminder.ts';
import { type Schedule, spoken } from './schedule.ts';
import { clockChangeMark, inShort, inWords } from './times.ts';

const MINUTE = 60_000;
const SHOWN = 5;

/** Where a draft is shown: when, and in which zone people read times there. */
export type Shown = { chores: readonly Chore[]; now: Date; zone: string };

/**
 * A draft before it is saved.
 * @param how `save` is the verb that keeps it, where it can be kept; `ending` goes on after the sentence of the headline
 */
export function preview(
  draft: Draft,
  shown: Shown,
  how: { save?: string; ending?: string; notes: string[]; owner: string },
): Answer {
  const { save, ending, notes, owner } = how;
  const button: Button = { label: 'Save', ask: `/reminder ${save} ${draftText(draft)}`, style: 'primary' };
  return {
    headline: `${withSchedule(draft, shown)}${ending ? `: ${ending}` : ''}.`,
    facts: facts(draft, owner),
    tables: [nextTimes(draft.schedule, shown)],
    ...(notes.length > 0 && { notes }),
    ...(save && { buttons: [button] }),
  };
}

/** What, when, and when first: `CSV defrag every Saturday 02:00 in UTC, first on Sat 28 Nov 2026 02:00`. */
function withSchedule(draft: Draft, { chores, now }: Shown): string {
  const { schedule } = draft;
  const [first] = occurrencesAfter(schedule, now, 1);
  const once = schedule.kind === 'once' || schedule.kind === 'instant';
  const when = first ? inShort(first.at, schedule.zone) : '';
  const what = subjectOf(draft, chores);
  return once ? `${what} on ${when} in ${schedule.zone}` : `${what} ${spoken(schedule)}, first on ${when}`;
}

/** What stands beside the schedule. */
export function facts({ subject, target, cluster, escalation }: Draft, owner: string): [string, string][] {
  const found: [string, string | undefined][] = [
    ['Posts', subject.kind === 'ask' ? `the answer to “${subject.text}”` : undefined],
    ['For', target],
    ['Cluster', cluster],
    ['Owner', owner],
    [
      'Escalation',
      escalation && `to ${calledBy(escalation.to)}, ${inWords(escalation.minutes * MINUTE)} after it was posted`,
    ],
  ];
  return found.flatMap(([label, value]) => (value ? [[label, value]] : []));
}

/** The next five times, in the zone of the schedule and in that of the place, and what the clocks do there. */
export function nextTimes(schedule: Schedule, { now, zone }: Shown): Table {
  const zones = [...new Set([schedule.zone, zone])];
  const times = occurrencesAfter(schedule, now, SHOWN);
  const marks = times.map((time, index) => mark(time, times[index - 1]?.at ?? now, schedule.zone));
  const marked = marks.some(Boolean);
  return {
    title: times.length === 1 ? 'When' : 'The next times',
    columns: [...zones, ...(marked ? ['Clocks'] : [])],
    rows: times.map(({ at }, index) => [
      ...zones.map((one) => inShort(at, one)),
      ...(marked ? [marks[index] ?? ''] : []),
    ]),
  };
}

/** What the clocks of a zone do at an occurrence, or have done since the one before. */
function mark(time: Occurrence, before: Date, zone: string): string {
  const moved = ahead(time.at, zone) - ahead(before, zone);
  const since = moved === 0 ? '' : `set ${moved > 0 ? 'forward' : 'back'} by ${inWords(Math.abs(moved))} before that`;
  return clockChangeMark(time) ?? since;
}

/** Milliseconds that the clocks of a zone are ahead of UTC. */
function ahead(at: Date, zone: string): number {
  return Date.parse(`${localAt(at, zone)}Z`) - Math.floor(at.getTime() / MINUTE) * MINUTE;
}
