import type { Button } from '../../answer.ts';
import type { Context } from '../../command.ts';
import { UserError } from '../../errors.ts';
import { clip } from '../../tokens.ts';
import { subjectOf } from '../card.ts';
import type { Reminder } from '../reminder.ts';
import type { Reminders } from '../reminders.ts';
import { nextOf } from './adding.ts';
import { by, numbered, remindersOf, type Verb } from './call.ts';

type Changing = 'pause' | 'resume' | 'remove' | 'restore' | 'run';

function changing(
  verb: Changing,
  said: (what: string, now: Reminder) => string,
  undo?: [label: string, verb: Changing],
): Verb {
  return async (words, context) => {
    const { number } = await alone(verb, words, context);
    const reminders: Pick<Reminders, Changing> = remindersOf(context);
    const now = await reminders[verb](number, by(context));
    const what = `reminder ${number}, ${subjectOf(now, context.knowledge.reminders)}`;
    const buttons: Button[] = undo ? [{ label: undo[0], ask: `/reminder ${undo[1]} ${number}` }] : [];
    return {
      headline: `${said(what, now)}.`,
      buttons: [...buttons, { label: 'All reminders here', ask: '/reminder list' }],
    };
  };
}

/** The number behind a verb that takes nothing else. */
async function alone(verb: string, words: string, context: Context): Promise<{ number: number }> {
  const { number, rest } = await numbered(verb, words, context);
  if (rest === '') return { number };
  throw new UserError(`“${verb}” takes the number of one reminder, not “${clip(rest)}”.`);
}

export const pause = changing('pause', (what) => `Paused ${what}`, ['Resume', 'resume']);
export const resume = changing('resume', (what, now) => `Resumed ${what}: ${nextOf(now)}`, ['Pause', 'pause']);
export const remove = changing('remove', (what) => `Removed ${what}`, ['Undo', 'restore']);
export const restore = changing('restore', (what, now) => `Brought back ${what}: ${nextOf(now)}`);
export const run = changing('run', (what) => `Posting ${what}, now, besides its schedule`);
