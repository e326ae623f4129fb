import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOnce } from '../../src/platforms/once.ts';
import { openEvents, silent } from './slack/workspace.ts';

let remembered: ReturnType<typeof openEvents>;

beforeEach(() => {
  remembered = openEvents();
});

afterEach(() => remembered.close());

test('a key is new the first time only', async () => {
  const once = createOnce(remembered.events, silent);
  expect([await once('a'), await once('a'), await once('b')]).toEqual([true, false, true]);
});

test('of many at the same moment one is the first', async () => {
  const once = createOnce(remembered.events, silent);
  const all = await Promise.all(Array.from({ length: 50 }, () => once('a')));
  expect(all.filter(Boolean)).toHaveLength(1);
});

test('a key that one replica has seen is not new to another, also at the same moment', async () => {
  const replicas = Array.from({ length: 5 }, () => createOnce(remembered.events, silent));
  const all = await Promise.all(replicas.map((once) => once('a')));
  expect(all.filter(Boolean)).toHaveLength(1);
});

test('a key is remembered for an hour', async () => {
  const kept: unknown[] = [];
  const update: typeof remembered.events.update = async (key, change, ttl) => {
    kept.push([key, ttl]);
    return change(undefined);
  };
  await createOnce({ ...remembered.events, update }, silent)('a');
  expect(kept).toEqual([['a', 3_600_000]]);
});

test('when the storage fails, a key counts as new', async () => {
  const update = async () => {
    throw new Error('the storage is away');
  };
  const once = createOnce({ ...remembered.events, update }, silent);
  expect([await once('a'), await once('a')]).toEqual([true, true]);
});
