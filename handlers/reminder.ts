import { z } from 'zod';
import { rest } from '../src/arguments.ts';
import { type Context, command } from '../src/command.ts';
import { UserError } from '../src/errors.ts';
import { nearest } from '../src/reader.ts';
import { done, problem, skip, snooze } from '../src/reminders/commands/acknowledging.ts';
import { add, addForm, ask, edit, save } from '../src/reminders/commands/adding.ts';
import { reading, type Verb } from '../src/reminders/commands/call.ts';
import { pause, remove, restore, resume, run } from '../src/reminders/commands/changing.ts';
import { calendar, failed, history, list, retry, show } from '../src/reminders/commands/showing.ts';
import { readDraft } from '../src/reminders/draft.ts';
import { clip } from '../src/tokens.ts';

const verbs = new Map<string, Verb>(
  Object.entries({
    ...{ add, ask, save, edit, list, show },
    ...{ pause, resume, remove, restore, run },
    ...{ done, skip, snooze, problem },
    ...{ history, calendar, failed, retry },
    // What people also say for it.
    ...{ delete: remove, cancel: remove, undo: restore },
  }),
);

/** Those that change nothing, so that what they answer may be shown to a channel. */
const showing = new Set([list, show, history, failed]);

/** Longest text that the button of a suggestion asks, in characters. */
const LONGEST_BUTTON = 1000;

const words = rest({
  label: 'what to do',
  show: 'add WHAT WHEN | list | show N | …',
  forms: [
    ['add CHORE WHEN', 'a preview of a reminder for a chore; nothing is kept before you press Save'],
    ['add "TEXT" WHEN', 'the same with words of your own'],
    ['ask "QUESTION" WHEN', 'a reminder that asks me and posts what I answer'],
    [
      'WHEN',
      'every saturday 02:00 | weekdays 09:00 | every 2 weeks on monday 08:00 | every 6 hours | first sunday of the month 03:00 | last working day 16:00 | 3 days after patch tuesday 22:00 | on 1 march 10:00 | cron: 0 2 * * 6; with “in Europe/Dublin” where the zone is another',
    ],
    ['… for X', 'what it is done to, such as CSV1'],
    ['… cluster X', 'the cluster it is done on'],
    ['… owner @NAME', 'who is called; you unless named'],
    ['… escalate after 4h to @NAME', 'who is called when nobody has acknowledged it by then'],
    ['edit N …', 'other words for any part; “no target”, “no cluster”, “no owner” and “no escalation” take one away'],
    ['list', 'all reminders here, when each comes next and what became of it last'],
    ['show N', 'all about one'],
    ['pause N, resume N', 'no more of it, until resumed'],
    ['remove N, restore N', 'takes one away, and brings it back'],
    ['run N', 'posts it now, besides its schedule'],
    ['done N, skip N', 'acknowledges what was posted last'],
    ['snooze N 1h', 'posts it again later'],
    ['problem N "NOTE"', 'says what is wrong'],
    ['history [N] [csv]', 'what happened; as a file with “csv”'],
    ['failed, retry', 'what could not be posted, and another try'],
    ['calendar [new]', 'an address for your calendar; “new” takes the old one back'],
  ],
});

export default command({
  name: 'reminder',
  aliases: ['remind', 'reminders'],
  summary: 'reminders of chores such as the CSV defrag, posted here until somebody has done them',
  changes: true,
  args: z.object({ words: words.optional() }),
  examples: [
    {
      ask: '/reminder add defrag every saturday 02:00 for CSV1',
      headline: 'CSV defrag for CSV1 every Saturday 02:00 in UTC, first on Sat 28 Nov 2026 02:00.',
    },
    {
      ask: '/reminder add ad-backup weekdays 09:00 in Europe/Dublin',
      headline: 'AD backup check weekdays 09:00 in Europe/Dublin, first on Mon 23 Nov 2026 09:00.',
    },
    {
      ask: '/reminder add "renew the SAN support" on 1 march 10:00',
      headline: '“renew the SAN support” on Mon 1 Mar 2027 10:00 in UTC.',
    },
    {
      ask: '/reminder add defrag 3 days after patch tuesday 22:00 cluster HV1',
      headline: 'CSV defrag on cluster HV1 3 days after Patch Tuesday 22:00 in UTC, first on Fri 11 Dec 2026 22:00.',
    },
    {
      ask: '/reminder ask "av exclusions" every monday 09:00',
      headline: '“/av exclusions” every Monday 09:00 in UTC, first on Mon 23 Nov 2026 09:00.',
    },
  ],
  async answer({ words = '' }, context) {
    const [, first = '', behind = ''] = /^(\S*)\s*(.*)$/s.exec(words) ?? [];
    if (first === '') return addForm(context);
    const verb = verbs.get(first.toLowerCase());
    if (verb) {
      const answer = await verb(behind.trim(), context);
      return showing.has(verb) ? answer : { ...answer, audience: 'asker' };
    }
    const near = nearest(first.toLowerCase(), [...verbs.keys()]) ?? (isDraft(words, context) ? 'add' : undefined);
    const meant = near ? `; did you mean “${near}”?` : ': begin with a word such as “add”, “list” or “show”.';
    const ask = `/reminder ${near} ${near === 'add' ? words : behind}`.trim();
    const buttons = near && ask.length <= LONGEST_BUTTON ? [{ label: `Try ${near}`, ask }] : [];
    throw new UserError(`I don’t know “${clip(first)}” here${meant}`, buttons);
  },
});

/** Whether words would do behind “add”. */
function isDraft(words: string, context: Context): boolean {
  try {
    readDraft(words, reading(context));
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
