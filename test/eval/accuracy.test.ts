import { expect, test } from 'vitest';
import { bot, projectPath } from '../ask.ts';
import { readQuestions } from './questions.ts';
import { judge, type Verdict } from './verdict.ts';

/* What plain words get, on the project's own questions: a change that costs more than this is to be looked at. */

const verdicts: Verdict[] = [];
for (const question of readQuestions(projectPath('test/eval/questions.json'))) {
  const { id, question: text } = question;
  const place = { platform: 'test', address: id, kind: 'direct' } as const;
  const now = new Date('2026-11-22T09:00:00Z');
  verdicts.push(judge(question, await bot.ask({ text, user: { id, name: '' }, place, now })));
}

test('at least 95 of 100 questions are answered right', () => {
  expect(verdicts.length).toBeGreaterThan(200);
  const right = verdicts.filter((verdict) => verdict.right);
  expect(right.length / verdicts.length).toBeGreaterThanOrEqual(0.95);
});

test('at most 2 of 100 questions that nobody can answer are answered as if known', () => {
  const unknowable = verdicts.filter(({ question }) => question.kind === 'out-of-scope');
  expect(unknowable.length).toBeGreaterThanOrEqual(30);
  const guessed = unknowable.filter(({ declined, right }) => !declined && !right);
  expect(guessed.length / unknowable.length).toBeLessThanOrEqual(0.02);
});
