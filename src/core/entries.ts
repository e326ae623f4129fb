import { z } from 'zod';
import { source } from './source.ts';

const sentence = z.string().min(1);
const name = z.string().regex(/^[a-z\d][a-z\d-]*$/);

/** One question that people have, and its fact-checked answer. */
const entry = z.strictObject({
  /** Its name, by which others refer to it; it does not change. */
  id: name,
  /** The question as somebody would ask it, in one sentence. */
  question: z.string().min(1).endsWith('?'),
  /** Other ways to ask it, and words that lead to it alone. */
  also: z.array(z.string().min(1)).default([]),
  /** Whom the answer is for: `original` for the articles of 2011, `modern` for 2012 and later, `both` where it holds for both. */
  era: z.enum(['original', 'modern', 'both']),
  /** The answer in one sentence. */
  answer: sentence,
  /** What goes with it, a sentence or two each. */
  details: z.array(sentence).default([]),
  /** What changed since the original articles: “In 2011 …; today …”. Every entry of the original era has it, or says why not. */
  modern: sentence.optional(),
  table: z
    .strictObject({ title: z.string().optional(), columns: z.array(z.string()), rows: z.array(z.array(z.string())) })
    .refine(
      ({ columns, rows }) => rows.every((row) => row.length === columns.length),
      'rows must have a cell for each column',
    )
    .optional(),
  code: z
    .array(z.strictObject({ language: z.enum(['powershell', 'shell', 'text']), text: z.string().min(1) }))
    .default([]),
  /** Ids of entries that people ask for next. */
  related: z.array(name).default([]),
  sources: z.array(source).min(1),
});

/** What is known of one topic, as small entries. */
export const topicPack = z.strictObject({
  /** The topic, in a few words. */
  topic: z.string().min(1),
  entries: z.array(entry).min(1),
});

export type Entry = z.output<typeof entry>;
export type TopicPack = z.output<typeof topicPack>;
