import { describe, expect, test } from 'vitest';
import { topicPack } from '../src/core/entries.ts';
import { answers, createSearch, rival } from '../src/search.ts';
import { createTerms } from '../src/understanding/terms.ts';

const sources = [{ title: 'A document', checked: '2026-11-22' }];
const entry = (id: string, question: string, answer: string, also: string[] = []) => ({
  ...{ id, question, answer, also, era: 'both', sources },
});
const terms = createTerms([
  {
    kind: 'words',
    ignored: ['what', 'is', 'the', 'of', 'a', 'in'],
    common: ['best'],
    synonyms: [['teapot', 'kettle']],
  },
]);
const search = createSearch(
  [
    topicPack.parse({
      topic: 'Tea',
      entries: [
        entry('water', 'What is the best water?', 'Soft water.', ['limescale of a teapot']),
        entry('black', 'What is the temperature of black tea?', 'It takes 95 degrees in 2022.'),
        entry('green', 'What is the temperature of green tea?', 'It takes 70 degrees.'),
      ],
    }),
  ],
  terms,
);
const found = (text: string) => search.find(text).map(({ entry: { id } }) => id);

describe('the search', () => {
  test('gives the entry that is most like the question first', () => {
    expect(found('temperature for green tea')).toEqual(['green', 'black', 'water']);
    expect(found('kettle limescale')[0]).toBe('water');
    expect(found('degrees in 2022')[0]).toBe('black');
  });

  test('knows how much of a question an entry speaks of', () => {
    expect(search.find('the temperature of green tea')[0]).toMatchObject({
      coverage: 1,
      likeness: 1,
      isStrange: false,
    });
    const [half] = search.find('green tea for a VNX5300');
    expect(half?.coverage).toBeLessThan(0.6);
    expect(half?.isStrange).toBe(true);
  });

  test('tells an answer from what is only near', () => {
    const [green] = search.find('what is the temperature of green tea');
    const [near] = search.find('tea for a VNX5300');
    expect([green, near].map((each) => each && answers(each))).toEqual([true, false]);
  });

  test('has a rival where two entries are meant as well, and none where one is', () => {
    expect(rival(search.find('what is the best temperature of tea'))?.id).toMatch(/black|green/);
    expect(rival(search.find('the temperature of green tea'))).toBeUndefined();
    expect(rival([])).toBeUndefined();
  });

  test('finds nothing in words that say nothing', () => {
    expect(found('what is the')).toEqual([]);
    expect(found('🍵')).toEqual([]);
  });

  test('has entries by their question and by their name', () => {
    expect(search.exactly('BEST WATER')?.id).toBe('water');
    expect(search.exactly('best')).toBeUndefined();
    expect(search.byId('black')?.id).toBe('black');
  });

  test('tells whether a word is used anywhere', () => {
    expect(search.knows('Kettle')).toBe(true);
    expect(search.knows('VNX5300')).toBe(false);
  });
});
