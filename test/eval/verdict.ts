import type { Answer } from '../../src/answer.ts';
import { renderText } from '../../src/platforms/text.ts';
import { has, type Question } from './questions.ts';

export type Verdict = {
  question: Question;
  headline: string;
  right: boolean;
  /** What the answer lacks. */
  missing: string[];
  declined: boolean;
};

/** Whether an answer says that it does not know, or asks back, instead of stating something. */
export function isDeclined({ headline, problem }: Answer): boolean {
  return problem !== undefined || /^I (don’t|do not) know\b/.test(headline);
}

/**
 * Judges an answer by its plain text. What can be known is not right where it is declined, whatever the refusal contains;
 * what cannot, only where it is declined, or where the honest words stand in the headline: further down they may be about
 * something else. Buttons are no part of it, since they say the question itself and others.
 */
export function judge(question: Question, answer: Answer): Verdict {
  const isBeyond = question.kind === 'out-of-scope';
  const declined = isDeclined(answer);
  const text = isBeyond && !declined ? answer.headline : renderText({ ...answer, buttons: [] });
  const missing = question.mustContain.filter((must) => !has(text, must));
  const right = missing.length === 0 && (isBeyond || !declined);
  return { question, headline: answer.headline, right, missing, declined };
}
