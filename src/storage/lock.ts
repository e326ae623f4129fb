import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BUSY, codeOf } from './statements.ts';

/**
 * Makes this process the only one on a data folder, until `release` or its end, even by `kill -9`: the operating system
 * takes back the lock on a file, which here is an open transaction on a database that holds nothing.
 * @throws Error that names the process that has the folder
 */
export function lockFolder(folder: string): { release(): void } {
  const note = join(folder, 'clusterwise.pid');
  const lock = new DatabaseSync(join(folder, 'clusterwise.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (codeOf(error) !== BUSY) throw error;
    throw new Error(
      `The data folder ${folder} is in use by another Clusterwise, process ${holder(note)}: end it first.`,
    );
  }
  writeFileSync(note, String(process.pid));
  return { release: () => lock.close() };
}

function holder(note: string): string {
  try {
    return /^\d{1,10}$/.exec(readFileSync(note, 'utf8'))?.[0] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
