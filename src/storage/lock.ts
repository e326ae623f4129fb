import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BUSY, codeOf, fileFault } from './sqlite-faults.ts';

/**
 * Makes this process the only one on a data folder, until `release` or its end, even by `kill -9`: the operating system
 * takes back the lock on a file, which here is an open transaction on a database that holds nothing.
 * @throws Error in one sentence: another process has the folder, which it names, or the file of the lock cannot be used
 */
export function lockFolder(folder: string): { release(): void } {
  const note = join(folder, 'clusterwise.pid');
  const path = join(folder, 'clusterwise.lock');
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(path, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    if (codeOf(error) !== BUSY) throw fileFault(path, error, 'remove it, it holds nothing');
    throw new Error(
      `The data folder ${folder} is in use by another Clusterwise, process ${holder(note)}: end it first.`,
    );
  }
  writeFileSync(note, String(process.pid));
  const held = lock;
  return { release: () => held.close() };
}

function holder(note: string): string {
  try {
    return /^\d{1,10}$/.exec(readFileSync(note, 'utf8'))?.[0] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
