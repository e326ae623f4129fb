import type { Answer } from '../../answer.ts';
import type { Context } from '../../command.ts';
import { UserError } from '../../errors.ts';
import { nearest } from '../../reader.ts';
import { clip } from '../../tokens.ts';
import { calledBy, subjectOf } from '../card.ts';
import { draftText, readChange, readDraft } from '../draft.ts';
import { overlap } from '../overlap.ts';
import { preview } from '../preview.ts';
import type { Draft, Reminder } from '../reminder.ts';
import { spoken } from '../schedule.ts';
import { inShort } from '../times.ts';
import { by, leadingNumber, numbered, reading, remindersOf, type Verb } from './call.ts';

const MOST_OVERLAPS = 3;

/** Shows what a reminder would be; nothing is kept. */
export const add: Verb = async (words, context) => {
  if (words === '') return addForm(context);
  const draft = await checked(readDraft(words, reading(context)), context);
  return shown(draft, context, { save: 'save' });
};

export const ask: Verb = (words, context) => add(`ask ${words}`, context);

/** Shows what a reminder would be with what was said changed. */
export const edit: Verb = async (words, context) => {
  const reminders = remindersOf(context);
  const { number, rest } = await numbered('edit', words, context);
  const { reminder } = await reminders.find(by(context).place, number);
  if (rest === '')
    throw new UserError(
      `Say what to change, as in “/reminder edit ${number} every sunday 03:00” or “… no escalation”.`,
    );
  const { schedule, subject, target, cluster, escalation } = reminder;
  const change = readChange(rest, reading(context));
  // Somebody always owns it.
  const owner = 'owner' in change ? (change.owner ?? reminder.creator) : reminder.owner;
  const draft = { subject, schedule, target, cluster, escalation, ...change, owner };
  return shown(await checked(draft, context), context, { save: `save ${number}`, number });
};

/** Keeps what a preview showed, as a new reminder or in the place of one. */
export const save: Verb = async (words, context) => {
  const reminders = remindersOf(context);
  const { number, rest } = leadingNumber(words);
  const draft = await checked(readDraft(rest, reading(context)), context);
  const same = number === undefined && (await sameAs(draft, context));
  if (same) throw new UserError(`That is reminder ${same.number} already: “/reminder show ${same.number}” shows it.`);
  const saved = await (number === undefined
    ? reminders.add(draft, by(context))
    : reminders.edit(number, draft, by(context)));
  const notes = await overlapsOf(saved, context, saved.number);
  const what = `${subjectOf(saved, context.knowledge.reminders)} ${spoken(saved.schedule)}`;
  return {
    headline: `${number === undefined ? 'Saved as reminder' : 'Changed reminder'} ${saved.number}: ${what}; ${nextOf(saved)}.`,
    ...(notes.length > 0 && { notes }),
    buttons: [
      { label: 'Show it', ask: `/reminder show ${saved.number}` },
      { label: 'All reminders here', ask: '/reminder list' },
      { label: 'Remove it', ask: `/reminder remove ${saved.number}`, style: 'danger' },
    ],
    replaces: true,
  };
};

/** When a reminder comes next, to stand in a sentence. */
export function nextOf({ next, schedule, state }: Reminder): string {
  if (next) return `next on ${inShort(new Date(next.at), schedule.zone)}`;
  return state === 'paused' ? 'it is paused' : 'it does not come again';
}

async function shown(
  draft: Draft,
  context: Context,
  { save, number }: { save: string; number?: number },
): Promise<Answer> {
  const { reminders, request, timeZone, knowledge } = context;
  const place = { chores: knowledge.reminders, now: request.now, zone: timeZone };
  // Whoever presses Save, it is of whoever asked.
  const owned = { ...draft, owner: draft.owner ?? request.user };
  const owner = calledBy(owned.owner) + (owned.owner.id === request.user.id ? ' (you)' : '');
  const near = await overlapsOf(draft, context, number);
  if (!reminders)
    return preview(draft, place, { owner, notes: ['Reminders are kept and posted once Slack or Teams is connected.'] });
  const obstacle = await reminders.obstacle(by(context), number);
  if (obstacle) return preview(draft, place, { owner, ending: 'it can’t be kept yet', notes: [obstacle, ...near] });
  return preview(owned, place, { owner, save, ending: 'press Save to keep it', notes: near });
}

/** What a draft gets in the way of, a sentence for each of the first few. */
async function overlapsOf(draft: Draft, context: Context, except?: number): Promise<string[]> {
  const found: string[] = [];
  const how = { chores: context.knowledge.reminders, now: context.request.now, zone: context.timeZone };
  for (const { reminder } of (await context.reminders?.list(by(context).place)) ?? []) {
    const sentence = reminder.number === except ? undefined : overlap(draft, reminder, how);
    if (sentence) found.push(sentence);
    if (found.length === MOST_OVERLAPS) break;
    // A channel may have hundreds: others are let in between.
    await new Promise(setImmediate);
  }
  return found;
}

/** The active reminder of this place that says the same: a button that is pressed twice saves once. */
async function sameAs(draft: Draft, context: Context): Promise<Reminder | undefined> {
  const text = (one: Draft) => draftText({ ...one, owner: undefined });
  const listed = await remindersOf(context).list(by(context).place);
  return listed.map(({ reminder }) => reminder).find((one) => one.state === 'active' && text(one) === text(draft));
}

/** @throws UserError for a question that is not answered, or that could change something */
async function checked(draft: Draft, context: Context): Promise<Draft> {
  if (draft.subject.kind !== 'ask') return draft;
  const { commands } = context;
  const [, first = '', rest = ''] = /^.(\S*)\s*(.*)$/s.exec(draft.subject.text) ?? [];
  const byWord = new Map(
    commands.flatMap((one) => [one.name, ...(one.aliases ?? [])].map((word) => [word, one] as const)),
  );
  const found = byWord.get(first.toLowerCase());
  if (found && !found.changes) {
    await found.run(rest, context);
    return draft;
  }
  if (found)
    throw new UserError(
      `A reminder can’t ask /${found.name}, which can change something: name a command that only answers.`,
    );
  // In words of somebody’s own, where they are understood.
  const words = draft.subject.text.slice(1);
  const asks = byWord.get('ask');
  if (asks && !(await asks.run(words, context)).problem)
    return { ...draft, subject: { kind: 'ask', text: `/ask ${words}` } };
  const near = byWord.get(nearest(first.toLowerCase(), [...byWord.keys()]) ?? '');
  const meant = near && !near.changes ? `; did you mean /${near.name}?` : '.';
  throw new UserError(`I don’t know the command “${clip(first)}” to ask${meant}`);
}

/** What a reminder needs, as questions; for where there are no forms the headline says how to type it. */
export function addForm({ knowledge, timeZone }: Context): Answer {
  const chores = knowledge.reminders.map(({ names: [value = ''], title }) => ({ label: title, value }));
  return {
    headline:
      'Say what and when, as in “/reminder add defrag every saturday 02:00 for CSV1”; “/help reminder” tells all.',
    form: {
      title: 'Add a reminder',
      submit: 'Preview',
      ask: '/reminder add',
      fields: [
        { name: 'chore', label: 'Chore', kind: 'choice', options: chores, optional: true },
        {
          name: 'text',
          label: 'Or words of your own',
          kind: 'text',
          hint: 'Leave the chore empty then.',
          optional: true,
        },
        {
          name: 'when',
          label: 'When',
          kind: 'words',
          hint: `Such as every saturday 02:00, weekdays 09:00 or on 1 march 10:00; in ${timeZone} unless you name another zone.`,
        },
        {
          name: 'target',
          label: 'What it is done to',
          kind: 'text',
          lead: 'for',
          hint: 'Such as CSV1.',
          optional: true,
        },
        { name: 'cluster', label: 'Cluster', kind: 'text', lead: 'cluster', optional: true },
        { name: 'owner', label: 'Owner', kind: 'person', lead: 'owner', hint: 'You unless named.', optional: true },
        {
          name: 'escalation',
          label: 'Whom to call after 4 hours without an answer',
          kind: 'person',
          lead: 'escalate after 4h to',
          optional: true,
        },
      ],
    },
    buttons: [
      { label: 'All reminders here', ask: '/reminder list' },
      { label: 'Help on /reminder', ask: '/help reminder' },
    ],
  };
}
