/** Chance that a seed repeats; what the operating system does with the moments it picks, nothing repeats. */
export function createChance(seed: number) {
  let state = seed;
  /** mulberry32: from 0 up to 1. */
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  /** A whole number from 0 up to and with `most`. */
  const upTo = (most: number) => Math.floor(next() * (most + 1));
  return { next, upTo, oneOf: <T>(from: readonly T[]): T | undefined => from[upTo(from.length - 1)] };
}

export type Chance = ReturnType<typeof createChance>;
