import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readBackup, writeBackup } from '../../src/storage/backup-file.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { type Row, systemClock } from '../../src/storage/storage.ts';
import { projectPath } from '../ask.ts';
import { silent } from './contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'clusterwise-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const made = new Date('2026-11-22T09:00:00Z');
const rows: Row[] = [
  { kind: 'value', key: 'notes:a', value: '{"value":"CSV1 “done”\\n"}' },
  { kind: 'job', job: { id: 'one', queue: 'post', at: 1_795_000_000_000, data: { n: [1, null] } } },
  { kind: 'dead', job: { id: 'two', queue: 'post', at: 5, data: null, error: 'lost' } },
];
async function* each(some: Row[]) {
  yield* some;
}

describe('a backup', () => {
  test('is lines of JSON with a header and an end, for its owner alone, and reads back to the letter', async () => {
    const path = join(folder, 'a.jsonl');
    expect(await writeBackup(path, each(rows), made)).toBe(3);
    const lines = readFileSync(path, 'utf8').split('\n');
    expect(lines[0]).toBe('{"clusterwise":"backup","format":1,"made":"2026-11-22T09:00:00.000Z"}');
    expect(lines.slice(-2)).toEqual(['{"end":3}', '']);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await readBackup(path)).toEqual(rows);
  });

  test('that breaks off leaves the one before as it was', async () => {
    const path = join(folder, 'b.jsonl');
    await writeBackup(path, each(rows), made);
    async function* broken(): AsyncGenerator<Row> {
      yield* rows;
      throw new Error('The database went away.');
    }
    await expect(writeBackup(path, broken(), made)).rejects.toThrow('The database went away.');
    expect(await readBackup(path)).toEqual(rows);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  test.each<[string, (lines: string[]) => string[], string]>([
    ['that is another file', () => ['{"name":"clusterwise"}'], 'is no backup of Clusterwise.'],
    ['that is empty', () => [], 'is no backup of Clusterwise.'],
    ['that is a header alone', (lines) => lines.slice(0, 1), 'is not whole'],
    ['that was cut short', (lines) => lines.slice(0, -1), 'is not whole'],
    ['that lacks a line', (lines) => lines.toSpliced(2, 1), 'is not whole'],
    ['of a newer format', (lines) => lines.with(0, (lines[0] ?? '').replace('1', '2')), 'newer Clusterwise'],
    ['with a damaged line', (lines) => lines.with(2, '{"kind":"job"}'), 'Line 3 of the backup'],
    ['with a line that is no JSON', (lines) => lines.with(1, '{'), 'Line 2 of the backup'],
  ])('%s is refused in one sentence', async (_, change, sentence) => {
    const path = join(folder, 'c.jsonl');
    await writeBackup(path, each(rows), made);
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    writeFileSync(path, change(lines).join('\n'));
    await expect(readBackup(path)).rejects.toThrow(sentence);
  });

  test('that cannot be written or read is said in one sentence', async () => {
    const path = join(folder, 'none', 'a.jsonl');
    await expect(writeBackup(path, each(rows), made)).rejects.toThrow(`The file ${path} cannot be written (ENOENT).`);
    await expect(readBackup(path)).rejects.toThrow(`The file ${path} cannot be read (ENOENT).`);
  });
});

function run(program: string, words: string[], dataDir: string): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [projectPath('src/start.js'), program, ...words], {
    cwd: folder,
    env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '' },
    encoding: 'utf8',
  });
  return { status, said: `${stdout}${stderr}` };
}

describe('the programs', () => {
  test('back up a store in use, and restore it into an empty one, or with --force into any', async () => {
    const [from, to] = [join(folder, 'from'), join(folder, 'to')];
    const path = join(folder, 'd.jsonl');
    const storage = openSqlite({ dataDir: from, log: silent, clock: systemClock });
    await storage.load(rows, false);
    expect(run('backup', [path], from)).toEqual({ status: 0, said: `The backup ${path} holds 3 entries.\n` });
    expect(run('restore', [path], from).said).toContain(`process ${process.pid}: end it first.`);
    await storage.close();

    expect(run('restore', [path], to)).toEqual({ status: 0, said: '3 entries were restored.\n' });
    expect(run('restore', [path], to)).toEqual({
      status: 1,
      said: 'The store is not empty: add --force to replace what it holds.\n',
    });
    expect(run('restore', [path, '--force'], to).status).toBe(0);
    const restored = openSqlite({ dataDir: to, log: silent, clock: systemClock });
    expect(await restored.collection('notes', z.string()).get('a')).toBe('CSV1 “done”\n');
    expect(await restored.jobs.dead()).toHaveLength(1);
    await restored.close();
  }, 20_000);

  test.each([
    ['backup', [], 'Usage: npm run backup -- FILE\n'],
    ['restore', ['a', 'b'], 'Usage: npm run restore -- FILE [--force]\n'],
    ['backup', ['x.jsonl'], `There is no database to read at ${join(folder, 'no', 'clusterwise.db')}.\n`],
  ])('%s %j says how it is used, or what is missing', (program, words, said) => {
    expect(run(program, words, join(folder, 'no'))).toEqual({ status: 1, said });
  });
});
