import { expect, test } from 'vitest';
import { joints } from '../../src/understanding/joints.ts';

test.each([
  ['PR count? also how often', [['PR count', 'how often', true]]],
  ['a b and also why c', [['a b', 'why c', true]]],
  ['a b plus c', [['a b', 'c', false]]],
  ['a b, also c', [['a b', 'c', false]]],
  ['a b and the c', [['a b', 'the c', false]]],
  ['a? b?', [['a', 'b?', false]]],
  ['a and b', []],
  ['also a?', []],
])('the joints of “%s”', (text, expected) =>
  expect(joints(text).map(({ first, second, isAsked }) => [first, second, isAsked])).toEqual(expected),
);

test('no more of them are looked at than two questions have', () =>
  expect(joints('a plus '.repeat(40))).toHaveLength(6));

test('those that a question follows come first', () =>
  expect(joints('a plus b and why c')[0]).toEqual({ first: 'a plus b', second: 'why c', isAsked: true }));
