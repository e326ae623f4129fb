import { z } from 'zod';
import { source } from './source.ts';

const sentence = z.string().min(1);

/** A chore that a reminder can be for: what its card says. */
export const chorePack = z.strictObject({
  /** What people write for it; the first is its name. */
  names: z.array(z.string().regex(/^[a-z][a-z -]*$/)).min(1),
  /** What it is called in a sentence, such as “CSV defrag”. */
  title: z.string().min(1),
  /** Why it matters, one clause that goes on after a colon and has no full stop. */
  why: z.string().regex(/[^.]$/, 'must have no full stop'),
  /** What is looked at and done, in the order it is done; what differs by era names the era. */
  checklist: z.array(sentence).min(1),
  /** What is run; the first line is a comment that says on which releases and where. */
  code: z.array(z.strictObject({ language: z.enum(['powershell', 'shell']), text: z.string().startsWith('#') })),
  /** How often, in a sentence for each era. */
  rhythm: z.array(sentence).min(1),
  /**
   * Two chores on one cluster that start less than so many minutes apart are pointed out; our choice, no source says it.
   * Absent for a chore that gets in the way of none.
   */
  apart: z.int().positive().optional(),
  sources: z.array(source).min(1),
});

export type Chore = z.infer<typeof chorePack>;

/**
 * The chore of a name, however it is spelled.
 * @example choreNamed(chores, 'CSV  defrag')?.title // 'CSV defrag'
 */
export function choreNamed(chores: readonly Chore[], name: string): Chore | undefined {
  const word = name.trim().toLowerCase().replace(/\s+/g, ' ');
  return chores.find(({ names }) => names.includes(word));
}
