import { setTimeout as pause } from 'node:timers/promises';

/** Looks every few milliseconds until something holds, for so many milliseconds at most; whether it came to hold. */
export async function until(holds: () => boolean | Promise<boolean>, most: number, every = 2): Promise<boolean> {
  for (const end = performance.now() + most; performance.now() < end; await pause(every))
    if (await holds()) return true;
  return false;
}
