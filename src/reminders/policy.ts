import type { Person } from '../request.ts';
import type { Reminder } from './reminder.ts';

/** Who may change what: a sentence that says who, for somebody who may not. Without a reminder it is about adding one. */
export type Policy = (user: Person, reminder?: Reminder) => string | undefined;

/** The policies that the settings name; where a reminders file is followed, what it declares is changed there. */
export function policyOf(
  changedBy: 'everyone' | 'creator' | 'admins',
  admins: readonly string[],
  hasFile: boolean,
): Policy {
  return (user, reminder) => {
    if (hasFile && reminder?.declared)
      return `it is declared in the reminders file as “${reminder.declared}”: change it there.`;
    if (changedBy === 'everyone' || admins.includes(user.id)) return undefined;
    if (changedBy === 'admins') return 'only the admins named in the settings may.';
    if (!reminder || reminder.creator.id === user.id) return undefined;
    return `only ${reminder.creator.name || 'whoever added it'} and the admins may.`;
  };
}

/** What the reminders file may: everything. */
export const fromFile: Policy = () => undefined;
