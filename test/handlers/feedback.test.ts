import { describe, expect, test } from 'vitest';
import feedback from '../../handlers/feedback.ts';
import type { Answer } from '../../src/answer.ts';
import { type Feedback, wrongButton } from '../../src/feedback.ts';
import { filled } from '../../src/form.ts';
import { ask, commands, knowledge, request } from '../ask.ts';

/** Asks the command where reports are kept, and what was kept. */
function asking() {
  const kept: unknown[] = [];
  const keeping: Feedback = {
    file: async (said) => kept.push(said),
    note: async (...said) => void kept.push(said.slice(0, 2)),
  };
  const answer = (text: string): Promise<Answer> | Answer =>
    feedback.run(text.replace('/feedback', '').trim(), {
      request: request(text),
      knowledge,
      commands,
      timeZone: 'UTC',
      askSentence: ask,
      feedback: keeping,
    });
  return { kept, answer };
}

describe('/feedback', () => {
  test('files the question of a button, thanks, and offers to say what is wrong', async () => {
    const { kept, answer } = asking();
    expect(await answer(wrongButton('2 hosts "and" 4 csvs, limit=3?').ask)).toEqual({
      headline: 'Thank you, those who maintain what I know will look at this question.',
      audience: 'asker',
      buttons: [{ label: 'Say what is wrong', ask: '/feedback report 1' }],
    });
    expect(kept).toEqual([{ question: "2 hosts 'and' 4 csvs, limit=3?" }]);
  });

  test('files a note with it', async () => {
    const { kept, answer } = asking();
    expect((await answer('/feedback wrong "max hosts?" saying "It is 1,000."')).buttons).toBeUndefined();
    expect(kept).toEqual([{ question: 'max hosts?', note: 'It is 1,000.' }]);
  });

  test('asks for the note of a report with a form, whose answer adds it', async () => {
    const { kept, answer } = asking();
    const { headline, form } = await answer('/feedback report 7');
    expect(headline).toBe('Please say what is wrong, as in “/feedback report 7 saying "it is 30 seconds"”.');
    if (!form) throw new Error('no form');
    expect(await answer(filled(form, { saying: 'No "way", it is 30 s.' }))).toEqual({
      headline: 'Thank you, your note is with the report.',
      audience: 'asker',
    });
    expect(kept).toEqual([[7, "No 'way', it is 30 s."]]);
  });

  test('without a question asks for one, and files nothing', async () => {
    const { kept, answer } = asking();
    expect(await answer('')).toEqual({
      headline: 'Which question did I answer wrongly? Say for example “/feedback wrong "max hosts of VMM 2022"”.',
    });
    expect(kept).toEqual([]);
  });

  test('in a terminal, which keeps nothing, says where to report', async () => {
    const headline =
      'I keep nothing in a terminal: please tell those who maintain Clusterwise the question, and what is right with its source.';
    expect(await ask('/feedback wrong "max hosts?"')).toEqual({ headline });
    expect(await ask('/feedback report 1 saying "no"')).toEqual({ headline });
  });

  test.each([
    [`wrong "${'x'.repeat(301)}"`, 'at most 300'],
    [`wrong "q" saying "${'x'.repeat(301)}"`, 'at most 300'],
    ['wrong', '“wrong” needs a value behind it.'],
    ['report 0', 'please give a whole number'],
    ['report 1 wrong "q"', 'Please give a question, or the number of a report, but not both.'],
    ['nonsense', 'I don’t know what “nonsense” means here.'],
  ])('refuses “%s” in one sentence', async (text, sentence) => {
    const { problem, headline } = await ask(`/feedback ${text}`);
    expect([problem, headline]).toEqual(['input', expect.stringContaining(sentence)]);
  });

  test('may not be asked by a reminder, since it changes something', () => expect(feedback.changes).toBe(true));
});
