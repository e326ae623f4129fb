import { expect, test } from 'vitest';
import { topicPack } from '../src/core/entries.ts';
import { asking, entryAnswer } from '../src/entries.ts';

const sources = [{ title: 'A document', checked: '2026-11-22' }];
const [entry, long] = topicPack.parse({
  topic: 'Teapots',
  entries: [
    {
      id: 'lid',
      question: 'Why has a lid a hole?',
      era: 'modern',
      answer: 'So that air can get in.',
      table: { columns: ['Lid', 'Holes'], rows: [['round', '1']] },
      code: [{ language: 'shell', text: 'lid --open' }],
      sources,
    },
    { id: 'long', question: `Why ${'so '.repeat(40)}long?`, era: 'both', answer: 'It is.', sources },
  ],
}).entries;

test('an entry is answered with all it has', () => {
  if (!entry || !long) throw new Error('two entries were made');
  expect(entryAnswer(entry, { related: [long] })).toEqual({
    headline: 'So that air can get in.',
    facts: [
      ['Entry', 'lid'],
      ['Era', '2012 and later'],
    ],
    tables: [{ columns: ['Lid', 'Holes'], rows: [['round', '1']] }],
    code: [{ language: 'shell', text: 'lid --open' }],
    notes: [],
    sources,
    buttons: [asking(long)],
  });
  expect(asking(long).label).toBe('Why so so so so so so so so so so so so so so so so so so so so so so so s…');
  expect(asking(long).ask).toBe(long.question);
});

test('the entry that may have been meant instead is told below, and comes first of what to press', () => {
  if (!entry || !long) throw new Error('two entries were made');
  const { notes, buttons } = entryAnswer(long, { related: [long, entry], other: entry });
  expect(notes).toEqual(['Or did you mean: Why has a lid a hole? So that air can get in.']);
  expect(buttons).toEqual([asking(entry), asking(long)]);
});

test('the question can be filed as answered wrongly', () => {
  if (!entry) throw new Error('an entry was made');
  expect(entryAnswer(entry, { related: [], wrong: 'is “this” right?' }).buttons).toEqual([
    { label: 'Was this wrong?', ask: '/feedback wrong "is \'this\' right?"' },
  ]);
});
