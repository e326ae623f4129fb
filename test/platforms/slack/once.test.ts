import { expect, test } from 'vitest';
import { createOnce } from '../../../src/platforms/slack/once.ts';

test('a key is new the first time only', async () => {
  const once = createOnce();
  expect([await once('a'), await once('a'), await once('b')]).toEqual([true, false, true]);
});

test('of many at the same moment one is the first', async () => {
  const once = createOnce();
  const all = await Promise.all(Array.from({ length: 50 }, () => once('a')));
  expect(all.filter(Boolean)).toHaveLength(1);
});

test('the oldest key is forgotten when ten thousand newer ones came', async () => {
  const once = createOnce();
  await once('oldest');
  for (let i = 0; i < 10_000; i += 1) await once(`key ${i}`);
  expect(await once('key 5000')).toBe(false);
  expect(await once('oldest')).toBe(true);
});
