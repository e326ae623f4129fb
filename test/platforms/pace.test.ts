import { expect, test } from 'vitest';
import { createPace } from '../../src/platforms/pace.ts';
import { createTime, settled } from './slack/time.ts';

/** A fault that passes, with the seconds to wait for it. */
class Busy extends Error {
  readonly seconds: number;

  constructor(seconds: number) {
    super('busy');
    this.seconds = seconds;
  }
}

/** A pace of one a second with a record of what was called at which second, and faults to come. */
function recorded() {
  const time = createTime();
  const asked: number[] = [];
  const putOff = (error: unknown, tries: number) => {
    asked.push(tries);
    return error instanceof Busy ? error.seconds * 1000 : undefined;
  };
  const pace = createPace({ clock: time, gap: 1000, putOff });
  const start = time.now();
  const calls: string[] = [];
  const faults = new Map<string, Error[]>();
  const turn = (line: string, name: string, still?: () => Promise<boolean>) =>
    pace.turn(
      line,
      async () => {
        calls.push(`${name} at ${(time.now() - start) / 1000}`);
        const fault = faults.get(name)?.shift();
        if (fault) throw fault;
        return name;
      },
      still,
    );
  return { time, pace, calls, faults, asked, turn };
}

test('the calls of a line are made in order, one a second', async () => {
  const { time, calls, turn } = recorded();
  const all = Promise.all(['a', 'b', 'c'].map((name) => turn('C1', name)));
  await time.pass(999);
  expect(calls).toEqual(['a at 0']);
  await time.pass(60_000);
  expect(calls).toEqual(['a at 0', 'b at 1', 'c at 2']);
  expect(await all).toEqual(['a', 'b', 'c']);
});

test('the second counts also when the line was empty meanwhile', async () => {
  const { time, calls, turn } = recorded();
  await turn('C1', 'a');
  await time.pass(400);
  const second = turn('C1', 'b');
  await time.pass(5000);
  await second;
  const third = turn('C1', 'c');
  await settled();
  expect(calls).toEqual(['a at 0', 'b at 1', 'c at 5.4']);
  await third;
});

test('a line that waits holds up no other', async () => {
  const { time, calls, turn, faults } = recorded();
  faults.set('a', [new Busy(60)]);
  const all = Promise.all([turn('C1', 'a'), turn('C1', 'b'), turn('C2', 'c'), turn('C2', 'd')]);
  await time.pass(120_000);
  expect(calls).toEqual(['a at 0', 'c at 0', 'd at 1', 'a at 60', 'b at 61']);
  expect(await all).toEqual(['a', 'b', 'c', 'd']);
});

test('a call that is put off for more than five minutes in all fails, and the line goes on', async () => {
  const { time, calls, turn, faults } = recorded();
  faults.set('a', [new Busy(200), new Busy(101)]);
  const failing = expect(turn('C1', 'a')).rejects.toThrow(Busy);
  const after = turn('C1', 'b');
  await time.pass(600_000);
  await failing;
  expect(await after).toBe('b');
  expect(calls).toEqual(['a at 0', 'a at 200', 'b at 201']);
});

test('a call that is put off for no time is made again a second later', async () => {
  const { time, calls, turn, faults } = recorded();
  faults.set('a', [new Busy(0)]);
  const only = turn('C1', 'a');
  await time.pass(5000);
  await only;
  expect(calls).toEqual(['a at 0', 'a at 1']);
});

test('how long a call waits may depend on how often it was made', async () => {
  const { time, turn, faults, asked } = recorded();
  faults.set('a', [new Busy(1), new Busy(1), new Error('no')]);
  const failing = expect(turn('C1', 'a')).rejects.toThrow('no');
  await time.pass(5000);
  await failing;
  expect(asked).toEqual([1, 2, 3]);
});

test('a call that fails is not made again', async () => {
  const { time, calls, turn, faults } = recorded();
  faults.set('a', [new Error('no')]);
  const failing = expect(turn('C1', 'a')).rejects.toThrow('no');
  const after = turn('C1', 'b');
  await time.pass(5000);
  await failing;
  await after;
  expect(calls).toEqual(['a at 0', 'b at 1']);
});

test('at most one call of all lines is under way', async () => {
  const { pace } = recorded();
  const ends: (() => void)[] = [];
  const begun: string[] = [];
  const long = (line: string) =>
    pace.turn(line, () => {
      begun.push(line);
      return new Promise<void>((resolve) => ends.push(resolve));
    });
  const all = Promise.all(['C1', 'C2', 'C3'].map(long));
  for (const so_far of [['C1'], ['C1', 'C2'], ['C1', 'C2', 'C3']]) {
    await settled();
    expect(begun).toEqual(so_far);
    ends.shift()?.();
  }
  await all;
});

test('a call that is no longer wanted is not made, and the next goes at once', async () => {
  const { time, calls, turn } = recorded();
  const all = Promise.all([turn('C1', 'a', async () => false), turn('C1', 'b')]);
  await time.pass(0);
  expect(await all).toEqual([undefined, 'b']);
  expect(calls).toEqual(['b at 0']);
});

test('whether it is still wanted is asked right before each try', async () => {
  const { time, calls, turn, faults } = recorded();
  faults.set('b', [new Busy(30)]);
  const answers = [true, false];
  const asked: number[] = [];
  const start = time.now();
  const all = Promise.all([
    turn('C1', 'a'),
    turn('C1', 'b', async () => {
      asked.push((time.now() - start) / 1000);
      return answers.shift() ?? false;
    }),
  ]);
  await time.pass(60_000);
  expect(await all).toEqual(['a', undefined]);
  expect(asked).toEqual([1, 31]);
  expect(calls).toEqual(['a at 0', 'b at 1']);
});

test('when it is stopped, the call under way ends and no other is made', async () => {
  const { time, pace, calls, turn } = recorded();
  let end: () => void = () => {};
  const long = pace.turn('C1', () => new Promise<void>((resolve) => (end = resolve)));
  const waiting = expect(turn('C2', 'b')).rejects.toThrow('stopped');
  await settled();
  let stopped = false;
  const stopping = pace.stop().then(() => (stopped = true));
  await settled();
  expect(stopped).toBe(false);
  end();
  await Promise.all([long, stopping, waiting]);
  await time.pass(5000);
  expect(calls).toEqual([]);
});

test('at the end what waits is told at once, also what was put off for minutes', async () => {
  const { pace, calls, faults, turn } = recorded();
  faults.set('a', [new Busy(200)]);
  const all = Promise.allSettled(['a', 'b'].map((name) => turn('C1', name)));
  await settled();
  await pace.stop();
  expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(calls).toEqual(['a at 0']);
});
