import { z } from 'zod';
import { source } from './source.ts';

const sentence = z.string().min(1);

/** A chore that a reminder can be for: what its card says. */
export const chorePack = z.strictObject({
  /** What people write for it; the first is its name. */
  names: z.array(z.string().regex(/^[a-z][a-z -]*$/)).min(1),
  /** What it is called in a sentence, such as “CSV defrag”. */
  title: z.string().min(1),
  /** Why it matters, one clause that goes on after a colon. */
  why: z.string().min(1),
  checklist: z.array(sentence).min(1),
  code: z.array(z.strictObject({ language: z.enum(['powershell', 'shell']), text: z.string().min(1) })),
  /** How often, in a sentence for each era. */
  rhythm: z.array(sentence).min(1),
  /** Two chores on one cluster that start less than so many minutes apart are pointed out; our choice, no source says it. */
  apart: z.int().positive(),
  sources: z.array(source).min(1),
});

export type Chore = z.infer<typeof chorePack>;
