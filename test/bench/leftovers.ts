import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const undone: (() => unknown)[] = [];

/** What takes away something that the bench has made, in case it ends before its time. */
export const atEnd = (undo: () => unknown): void => void undone.push(undo);

let tidying: Promise<void> | undefined;

/** Takes away what the bench has made, the newest first; who asks a second time waits for the same. */
export function tidy(): Promise<void> {
  tidying ??= (async () => {
    for (const undo of undone.toReversed()) await undo();
  })();
  return tidying;
}

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clusterwise-bench-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
