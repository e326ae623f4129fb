import { open, readFile, rename, rm } from 'node:fs/promises';
import { z } from 'zod';
import type { Row } from './storage.ts';

/** The version of the format: JSON, one object a line, the same for either database. */
const FORMAT = 1;

const header = z.object({ clusterwise: z.literal('backup'), format: z.int().positive(), made: z.iso.datetime() });
const job = z.object({ id: z.string().min(1), queue: z.string().min(1), at: z.int(), data: z.json() });
const row = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('value'), key: z.string().regex(/^[a-zA-Z\d-]+:/), value: z.string().refine(isJson) }),
  z.object({ kind: z.literal('job'), job }),
  z.object({ kind: z.literal('dead'), job: job.extend({ error: z.string() }) }),
]);
const end = z.object({ end: z.int() });

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Writes a backup, readable by its owner alone, and under its name only when it is whole.
 * @returns how many things it holds
 * @throws Error in one sentence
 */
export async function writeBackup(path: string, rows: AsyncIterable<Row>, made: Date): Promise<number> {
  const part = `${path}.part`;
  const file = await open(part, 'w', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`The file ${path} cannot be written (${error.code}).`);
  });
  try {
    let count = 0;
    const write = (line: object) => file.write(`${JSON.stringify(line)}\n`);
    await write({ clusterwise: 'backup', format: FORMAT, made: made.toISOString() } satisfies z.infer<typeof header>);
    for await (const one of rows) {
      await write(one);
      count++;
    }
    await write({ end: count });
    await file.sync();
    await file.close();
    await rename(part, path);
    return count;
  } catch (error) {
    await file.close().catch(() => {});
    await rm(part, { force: true });
    throw error;
  }
}

/**
 * Reads a backup, and checks all of it.
 * @throws Error in one sentence that names the line at fault
 */
export async function readBackup(path: string): Promise<Row[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`The file ${path} cannot be read (${error.code}).`);
  });
  const lines = text.trimEnd().split('\n');
  const read = (index: number) => {
    const line = lines[index] ?? '';
    return isJson(line) ? JSON.parse(line) : undefined;
  };
  const head = header.safeParse(read(0));
  if (!head.success) throw new Error(`The file ${path} is no backup of Clusterwise.`);
  if (head.data.format > FORMAT)
    throw new Error(`The backup ${path} was made by a newer Clusterwise: restore with that.`);
  const last = end.safeParse(read(lines.length - 1));
  if (last.data?.end !== lines.length - 2)
    throw new Error(`The backup ${path} is not whole: it was cut short or changed.`);
  return lines.slice(1, -1).map((_, index) => {
    const one = row.safeParse(read(index + 1));
    if (!one.success) throw new Error(`Line ${index + 2} of the backup ${path} is damaged: nothing was restored.`);
    return one.data;
  });
}
