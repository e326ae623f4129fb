import type { Answer } from '../answer.ts';
import { listed, n, plural } from '../core/words.ts';
import type { Knowledge } from '../knowledge.ts';
import { clip } from '../tokens.ts';
import { calledBy, subjectOf } from './card.ts';
import { localAt } from './clock.ts';
import type { Occurrence } from './reminder.ts';
import type { Happened } from './reminders.ts';
import { inShort, inWords } from './times.ts';

/** Rows of the table, and characters of one of its cells, at most; the file has all. */
const MOST = 20;
const WIDEST = 140;

/** What became of an occurrence, in the order a count of them is told. */
export const outcomes: Record<Occurrence['state'], string> = {
  done: 'done',
  skipped: 'skipped',
  missed: 'missed',
  problem: 'with a problem',
  snoozed: 'snoozed',
  posted: 'not acknowledged',
  due: 'being posted',
};

/**
 * What happened, as a table of the newest.
 * @param happened the newest first
 * @param number the reminder it is about; all of the channel without one
 */
export function historyAnswer(happened: readonly Happened[], knowledge: Knowledge, number?: number): Answer {
  const whose = number === undefined ? 'The reminders of this channel' : `Reminder ${number}`;
  if (happened.length === 0)
    return {
      headline: `${whose} ${number === undefined ? 'have' : 'has'} not come up yet: “/reminder list” says when.`,
    };
  const counts = Object.entries(outcomes).flatMap(([state, said]) => {
    const count = happened.filter(({ occurrence }) => occurrence.state === state).length;
    return count > 0 ? [`${n(count)} ${said}`] : [];
  });
  const zones = new Set(happened.map(({ reminder }) => reminder.schedule.zone));
  const file = ['/reminder history', ...(number === undefined ? [] : [number]), 'csv'].join(' ');
  return {
    headline: `${whose} came up ${plural(happened.length, 'time')}: ${listed(counts)}.`,
    tables: [
      {
        ...(zones.size === 1 && { title: `Times in ${[...zones].join()}` }),
        columns: ['Due', 'Reminder', 'Outcome', 'By', 'When', 'Note'],
        rows: happened.slice(0, MOST).map((one) => row(one, knowledge, zones.size > 1)),
      },
    ],
    ...(happened.length > MOST && {
      notes: [`These are the newest ${MOST} of ${n(happened.length)}: “${file}” gives all of them.`],
    }),
    buttons: [{ label: 'All as a CSV file', ask: file }],
  };
}

function row({ reminder, occurrence }: Happened, knowledge: Knowledge, saysZone: boolean): string[] {
  const { zone } = reminder.schedule;
  const { at, note = '', fault = '' } = occurrence;
  const { by, acknowledgedAt } = acknowledgement(occurrence);
  const late = Date.parse(acknowledgedAt ?? '') - Date.parse(at);
  return [
    inShort(new Date(at), zone) + (saysZone ? ` (${zone})` : ''),
    clip(`${reminder.number}: ${subjectOf(reminder, knowledge.reminders)}`, WIDEST),
    outcomes[occurrence.state],
    by ? calledBy(by) : '',
    acknowledgedAt ? `${inShort(new Date(acknowledgedAt), zone)}, ${inWords(late)} after` : '',
    clip(note || fault, WIDEST),
  ];
}

/** Who acknowledged it; one that was snoozed and is posted again waits for somebody anew. */
function acknowledgement({ state, by, acknowledgedAt }: Occurrence) {
  const waits = state === 'due' || state === 'posted' || state === 'missed';
  return waits ? {} : { by, acknowledgedAt };
}

const COLUMNS = [
  'Reminder',
  'About',
  'Time zone',
  'Due (UTC)',
  'Due (local)',
  'Posted last (UTC)',
  'Outcome',
  'Who',
  'Who (id)',
  'When (UTC)',
  'When (local)',
  'Minutes after due',
  'Note',
  'Fault',
];

/** What happened as CSV after RFC 4180, marked as UTF-8 for spreadsheets, for an auditor. Local times are those of the zone in the same row. */
export function historyCsv(happened: readonly Happened[]): string {
  return `\ufeff${[COLUMNS, ...happened.map(record)].map((cells) => `${cells.map(cell).join()}\r\n`).join('')}`;
}

function record({ reminder, occurrence }: Happened): string[] {
  const { zone } = reminder.schedule;
  const { at, postedAt, state, note = '', fault = '' } = occurrence;
  const { by, acknowledgedAt } = acknowledgement(occurrence);
  const local = (instant: string) => localAt(new Date(instant), zone).replace('T', ' ');
  // A clock that was put back meanwhile makes nothing early.
  const late = Math.max(0, Math.floor((Date.parse(acknowledgedAt ?? at) - Date.parse(at)) / 60_000));
  return [
    String(reminder.number),
    subjectOf(reminder),
    zone,
    utc(at),
    local(at),
    postedAt ? utc(postedAt) : '',
    outcomes[state],
    by?.name ?? '',
    by?.id ?? '',
    acknowledgedAt ? utc(acknowledgedAt) : '',
    acknowledgedAt ? local(acknowledgedAt) : '',
    acknowledgedAt ? String(late) : '',
    note,
    fault,
  ];
}

/** To the second: `2026-11-28T02:14:00Z`. */
const utc = (instant: string) => `${new Date(instant).toISOString().slice(0, 19)}Z`;

/**
 * A cell in quotation marks. A spreadsheet runs one that begins with = + - @, a tab or a CR, and one that parts cells at
 * semicolons, tabs or line ends whatever stands behind these; an apostrophe makes text of it.
 */
function cell(text: string): string {
  const tame = text.toWellFormed().replace(/(?<=^|[;\t\r\n])(?=[=+\-@＝＋－＠\t\r])/g, "'");
  return `"${tame.replaceAll('"', '""')}"`;
}
