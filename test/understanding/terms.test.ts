import { describe, expect, test } from 'vitest';
import { createTerms, stem } from '../../src/understanding/terms.ts';

const terms = createTerms([
  {
    kind: 'words',
    ignored: ['the', 'a', 'is'],
    common: ['best', 'often'],
    synonyms: [
      ['csv', 'csvs', 'cluster shared volume', 'cluster shared volumes'],
      ['2012r2', '2012 r2'],
    ],
  },
]);
terms.learn('antivirus snapshot default');

test.each([
  ['licensing', 'licens'],
  ['licenses', 'licens'],
  ['exclude', 'exclud'],
  ['excluded', 'exclud'],
  ['policies', 'policy'],
  ['running', 'run'],
  ['vmms.exe', 'vmms.exe'],
  ['status', 'status'],
])('the stem of %s is %s', (word, expected) => expect(stem(word)).toBe(expected));

describe('terms', () => {
  test('leave out what says nothing and give each thing one name', () =>
    expect(terms.of('Is a Cluster Shared Volume the best on 2012 R2? v3.1, 0×80070037')).toEqual([
      'csv',
      'best',
      'on',
      '2012r2',
      '3.1',
      '0x80070037',
    ]));

  test('are spelled right where a word is nearly one that is known', () =>
    expect(terms.of('antivrus snapsot defualt antenna')).toEqual(['antivirus', 'snapshot', 'default', 'antenna']));

  test('are left as they are where they are another form of a known word', () =>
    expect(terms.of('defaulting')).toEqual([stem('default')]));

  test('of a thing with its number are the thing', () =>
    expect(terms.of('snapshot3 vnx5300')).toEqual(['snapshot', 'vnx5300']));

  test('part a measure from its number, so that it is no name, and MS alone is a firm', () =>
    expect(terms.of('10ms of 2TB on MS')).toEqual(['10', 'millisecond', 'of', '2', 'tb', 'on', 'ms']));

  test('tell common ones', () => {
    expect(terms.isCommon('best')).toBe(true);
    expect(terms.isCommon('csv')).toBe(false);
  });
});

test('a sentence is put right word by word, and paths and codes stay', () =>
  expect(terms.respelled('Snapsot of D:\\Defualt 0x800704C8')).toBe('snapshot of D:\\Defualt 0x800704C8'));
