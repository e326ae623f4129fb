import { readFileSync } from 'node:fs';
import { z } from 'zod';

const kinds = ['lookup', 'compute', 'advice', 'out-of-scope'] as const;

const question = z.object({
  id: z.string().min(1),
  question: z.string().min(1),
  topic: z.string().min(1),
  kind: z.enum(kinds),
  /** `/…/flags` is a regular expression, anything else a piece of text, of which capitals do not matter. */
  mustContain: z.array(z.string().min(1).refine(isReadable, 'is no regular expression')).min(1),
  /** The section of the references that says so. */
  from: z.string().exactOptional(),
});
export type Question = z.output<typeof question>;

/**
 * Whether a text has what it must.
 * @throws SyntaxError when that is an expression which cannot be read
 */
export function has(text: string, must: string): boolean {
  const [, source, flags] = /^\/(.+)\/([a-z]*)$/s.exec(must) ?? [];
  if (source === undefined) return text.toLowerCase().includes(must.toLowerCase());
  return new RegExp(source, flags).test(text);
}

function isReadable(must: string): boolean {
  try {
    has('', must);
    return true;
  } catch {
    return false;
  }
}

/**
 * The questions of a file.
 * @throws Error in one sentence that names the file
 */
export function readQuestions(path: string): Question[] {
  const read = z.array(question).safeParse(parsed(path));
  if (read.success) return read.data;
  const [fault] = read.error.issues;
  throw new Error(`The file ${path} is no list of questions: ${fault?.path.join('.') || 'it'}: ${fault?.message}.`);
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Error(`The file ${path} is no JSON.`);
    const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
    throw new Error(`The file ${path} cannot be read${code}.`);
  }
}
