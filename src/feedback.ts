import { z } from 'zod';
import type { Button } from './answer.ts';
import { UserError } from './errors.ts';
import { filled } from './form.ts';
import type { Request } from './request.ts';
import type { Collection, Row } from './storage/storage.ts';

/** Characters of a question, and of a note about it, at most. */
export const LONGEST = 300;
/** Reports that are kept; the oldest goes when one more is filed. */
const MOST = 10_000;
/** Reports of one person within an hour, at most. */
const PER_HOUR = 20;
const HOUR = 3_600_000;

/** An answer that somebody found wrong, as it is stored. */
export const report = z.object({
  number: z.int().positive(),
  question: z.string().max(LONGEST),
  note: z.string().max(LONGEST).exactOptional(),
  place: z.object({ platform: z.string(), address: z.string() }),
  by: z.object({ id: z.string(), name: z.string() }),
  at: z.iso.datetime(),
});
export type Report = z.infer<typeof report>;

/** How many were filed since a time, in milliseconds: by one person, or by all since ever. */
export const tally = z.object({ since: z.number(), count: z.int().positive() });
type Tally = z.infer<typeof tally>;

/** Reports of wrong answers, for those who maintain the knowledge. Both throw when the database does not answer. */
export type Feedback = {
  /**
   * @returns the number by which a note is added
   * @throws UserError when this person has filed enough for an hour
   */
  file(said: { question: string; note?: string }, by: Request): Promise<number>;
  /** @throws UserError when this person has filed no report of this number that is still kept */
  note(number: number, note: string, by: Request): Promise<void>;
};

export function createFeedback(made: { reports: Collection<Report>; tallies: Collection<Tally> }): Feedback {
  const { reports, tallies } = made;
  // The slots are taken in turn, so that there are never more of them than are kept.
  const slot = (number: number) => String(number % MOST);

  return {
    async file({ question, note }, { user, place: { platform, address }, now }) {
      const since = now.getTime();
      const counted = await tallies.update(`by:${platform}:${user.id}`, (was) => {
        if (!was || since - was.since >= HOUR) return { since, count: 1 };
        return was.count < PER_HOUR ? { ...was, count: was.count + 1 } : undefined;
      });
      if (!counted) throw new UserError(`You have reported ${PER_HOUR} answers within an hour: please go on later.`);
      const all = await tallies.update('all', (was) => ({ since: was?.since ?? since, count: (was?.count ?? 0) + 1 }));
      const number = all?.count ?? 1;
      const filed = { number, question, place: { platform, address }, by: user, at: now.toISOString() };
      await reports.set(slot(number), { ...filed, ...(note !== undefined && { note }) });
      return number;
    },

    async note(number, note, { user, place }) {
      const isOwn = ({ by, place: from, ...filed }: Report) =>
        filed.number === number && by.id === user.id && from.platform === place.platform;
      const written = await reports.update(slot(number), (was) => (was && isOwn(was) ? { ...was, note } : undefined));
      if (!written) throw new UserError(`You have filed no report ${number} that I still have.`);
    },
  };
}

/** The button below an answer by which its question is filed as answered wrongly. */
export function wrongButton(question: string): Button {
  const fields = [{ name: 'question', kind: 'text' as const, lead: 'wrong' }];
  return {
    label: 'Was this wrong?',
    ask: filled({ ask: '/feedback', fields }, { question: question.trim().slice(0, LONGEST).toWellFormed() }),
  };
}

/** How a report stands in the database: as Keyv writes it. */
const stored = z.object({ value: report });

/** All reports in a database, the newest first; what does not fit is left out. */
export async function reportsIn(rows: AsyncIterable<Row>): Promise<Report[]> {
  const found: Report[] = [];
  for await (const row of rows) {
    if (row.kind !== 'value' || !row.key.startsWith('feedback:')) continue;
    const read = stored.safeParse(JSON.parse(row.value));
    if (read.success) found.push(read.data.value);
  }
  return found.sort((a, b) => b.number - a.number);
}
