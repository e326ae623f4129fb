import { z } from 'zod';

/** The document a pack rests on, and the day (YYYY-MM-DD) it was last compared with it. */
export const source = z.strictObject({ title: z.string().min(1), url: z.url().optional(), checked: z.iso.date() });

/** Each source once, however many parts of an answer rest on it. */
export function distinct<Source extends { title: string }>(sources: readonly Source[]): Source[] {
  return [...new Map(sources.map((one) => [one.title, one])).values()];
}
