import { expect, test } from 'vitest';
import { createQueue } from '../../../src/platforms/slack/queue.ts';

/** A queue with a record of what was begun, and jobs that end when told. */
function recorded() {
  const begun: string[] = [];
  const faults: unknown[] = [];
  const ends: (() => void)[] = [];
  const queue = createQueue((fault) => faults.push(fault));
  const add = (name: string, ending = Promise.resolve()) =>
    queue.add(() => {
      begun.push(name);
      return ending;
    });
  const held = () => new Promise<void>((resolve) => ends.push(resolve));
  return { queue, begun, faults, ends, add, held };
}

test('jobs are begun in order, and none while the one that adds them still runs', async () => {
  const { queue, begun, add } = recorded();
  for (const name of ['a', 'b', 'c']) add(name);
  expect(begun).toEqual([]);
  await queue.idle();
  expect(begun).toEqual(['a', 'b', 'c']);
});

test('a job that fails is reported, and the next one is done', async () => {
  const { queue, begun, faults, add } = recorded();
  const fault = new Error('no');
  queue.add(() => Promise.reject(fault));
  add('after');
  await queue.idle();
  expect([faults, begun]).toEqual([[fault], ['after']]);
});

test('it is idle only when the last job has ended', async () => {
  const { queue, ends, add, held } = recorded();
  await queue.idle();
  add('long', held());
  let idle = false;
  const waited = queue.idle().then(() => (idle = true));
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(idle).toBe(false);
  ends[0]?.();
  await waited;
});

test('at most ten are under way', async () => {
  const { queue, begun, ends, add, held } = recorded();
  for (let i = 0; i < 12; i += 1) add(`${i}`, held());
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
  expect(begun).toHaveLength(10);
  for (const end of ends) end();
  await queue.idle();
  expect(begun).toHaveLength(12);
});
