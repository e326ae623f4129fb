import { expect, test } from 'vitest';
import { ask } from '../ask.ts';

test('/ask answers a sentence as the bot does without it', async () => {
  const text = 'how many PRs for 2 hosts with 2 channels and 8 csvs';
  expect(await ask(`/ask ${text}`)).toEqual(await ask(text));
});

test('/ask alone asks for the question', async () => {
  expect(await ask('/ask')).toMatchObject({ headline: 'What is your question?', problem: 'input' });
});

test('/ask says that it does not know, and how it is used', async () => {
  const { headline, facts, problem } = await ask('/ask sing me a song');
  expect(headline).toBe(
    'I don’t know that, and I don’t guess: please ask about Hyper-V clusters and what goes with them.',
  );
  expect(facts).toEqual([['Usage', '/ask QUESTION']]);
  expect(problem).toBe('input');
});
