import { z } from 'zod';
import type { Answer } from '../src/answer.ts';
import { count, text } from '../src/arguments.ts';
import { command } from '../src/command.ts';
import { UserError } from '../src/errors.ts';
import { LONGEST } from '../src/feedback.ts';
import type { Field } from '../src/form.ts';

const args = z.object({
  wrong: text({
    label: 'the question that was answered wrongly',
    show: 'wrong "QUESTION"',
    leads: ['wrong'],
    max: LONGEST,
  }).optional(),
  number: count({
    label: 'the number of the report',
    show: 'report N',
    leads: ['report'],
    max: Number.MAX_SAFE_INTEGER,
  }).optional(),
  saying: text({ label: 'what is wrong', show: 'saying "NOTE"', leads: ['saying'], max: LONGEST }).optional(),
});

export default command({
  name: 'feedback',
  summary: 'reports an answer of mine that was wrong to those who maintain what I know',
  changes: true,
  args,
  examples: [
    {
      ask: '/feedback',
      headline: 'Which question did I answer wrongly? Say for example “/feedback wrong "max hosts of VMM 2022"”.',
    },
  ],
  async answer({ wrong, number, saying }, { request, feedback }) {
    if (wrong !== undefined && number !== undefined)
      throw new UserError('Please give a question, or the number of a report, but not both.');
    if (number !== undefined) {
      if (!feedback) return nowhere;
      if (saying === undefined) return askNote(number);
      await feedback.note(number, saying, request);
      return { headline: 'Thank you, your note is with the report.', audience: 'asker' };
    }
    if (wrong === undefined) return which;
    if (!feedback) return nowhere;
    const filed = await feedback.file({ question: wrong, ...(saying !== undefined && { note: saying }) }, request);
    const more = { label: 'Say what is wrong', ask: `/feedback report ${filed}` };
    return { ...thanks, ...(saying === undefined && { buttons: [more] }) };
  },
});

const thanks: Answer = {
  headline: 'Thank you, those who maintain what I know will look at this question.',
  audience: 'asker',
};

const nowhere: Answer = {
  headline:
    'I keep nothing in a terminal: please tell those who maintain Clusterwise the question, and what is right with its source.',
};

const which: Answer = {
  headline: 'Which question did I answer wrongly? Say for example “/feedback wrong "max hosts of VMM 2022"”.',
};

/** Asks for the note on a report. */
function askNote(number: number): Answer {
  const ask = `/feedback report ${number}`;
  const note: Field = {
    name: 'saying',
    label: 'What is wrong, and what is right?',
    kind: 'text',
    lead: 'saying',
    long: true,
  };
  return {
    headline: `Please say what is wrong, as in “${ask} saying "it is 30 seconds"”.`,
    form: { title: 'A wrong answer', submit: 'Send', ask, fields: [note] },
  };
}
