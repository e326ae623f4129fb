import type { Clock } from '../storage/storage.ts';

/** What a promise gives, or undefined when it has not within so many milliseconds. */
export function inTime<Result>(promise: Promise<Result>, ms: number, clock: Clock): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    const cancel = clock.setTimer(() => resolve(undefined), ms);
    promise.then(resolve, reject).finally(cancel);
  });
}
