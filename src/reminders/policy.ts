import type { Person } from '../request.ts';
import type { Reminder } from './reminder.ts';

/** Who may change what: a sentence that says who, for somebody who may not. Without a reminder it is about adding one. */
export type Policy = (user: Person, reminder?: Reminder, did?: string) => string | undefined;

/** The policies that the settings name; where a reminders file is followed, what it declares is changed there. */
export function policyOf(
  changedBy: 'everyone' | 'creator' | 'admins',
  admins: readonly string[],
  hasFile: boolean,
): Policy {
  return (user, reminder, did) => {
    // The file says what and when; that the bot may post again, it does not.
    if (hasFile && reminder?.declared && did !== 'resumed')
      return `Reminder ${reminder.number} is declared in the reminders file as “${reminder.declared}”: change it there.`;
    if (changedBy === 'everyone' || admins.includes(user.id)) return undefined;
    if (changedBy === 'admins') return 'Only the admins named in the settings may add and change reminders.';
    if (!reminder || reminder.creator.id === user.id) return undefined;
    return `Only ${reminder.creator.name || 'whoever added it'} and the admins may change reminder ${reminder.number}.`;
  };
}

/** What the reminders file may: everything. */
export const fromFile: Policy = () => undefined;
