import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createFeedback, report, reportsIn, tally, wrongButton } from '../src/feedback.ts';
import type { Request } from '../src/request.ts';
import { openSqlite } from '../src/storage/sqlite.ts';
import { systemClock } from '../src/storage/storage.ts';
import { projectPath, request } from './ask.ts';
import { silent } from './storage/contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'clusterwise-feedback-'));
const storage = openSqlite({ dataDir: join(folder, 'data'), log: silent, clock: systemClock });
afterAll(async () => {
  await storage.close();
  rmSync(folder, { recursive: true, force: true });
});
let stores = 0;

function made() {
  const name = `feedback-${stores++}`;
  const reports = storage.collection(name, report);
  const tallies = storage.collection(`${name}-tallies`, tally);
  const kept = async () => {
    const all = [];
    for await (const [, one] of reports.entries()) all.push(one);
    return all;
  };
  return { feedback: createFeedback({ reports, tallies }), tallies, kept };
}

const by = (id: string, time = '2026-11-23T09:00:00.000Z'): Request => ({
  ...request(''),
  user: { id, name: 'Ann' },
  now: new Date(time),
});

describe('a report', () => {
  test('keeps the question, who asked where and when, and a note', async () => {
    const { feedback, kept } = made();
    expect(await feedback.file({ question: 'max hosts?', note: 'It is 1,000.' }, by('U1'))).toBe(1);
    expect(await kept()).toEqual([
      {
        number: 1,
        question: 'max hosts?',
        note: 'It is 1,000.',
        place: { platform: 'test', address: 'C1' },
        by: { id: 'U1', name: 'Ann' },
        at: '2026-11-23T09:00:00.000Z',
      },
    ]);
  });

  test('takes a note later, from whoever filed it alone', async () => {
    const { feedback, kept } = made();
    await feedback.file({ question: 'max hosts?' }, by('U1'));
    await feedback.note(1, 'It is 1,000.', by('U1'));
    await expect(feedback.note(1, 'No.', by('U2'))).rejects.toThrow('You have filed no report 1 that I still have.');
    await expect(feedback.note(2, 'No.', by('U1'))).rejects.toThrow('You have filed no report 2 that I still have.');
    expect((await kept()).map(({ note }) => note)).toEqual(['It is 1,000.']);
  });

  test('is one of 20 of a person within an hour', async () => {
    const { feedback } = made();
    for (let n = 1; n <= 20; n += 1) expect(await feedback.file({ question: 'q' }, by('U1'))).toBe(n);
    await expect(feedback.file({ question: 'q' }, by('U1', '2026-11-23T09:59:59.999Z'))).rejects.toThrow(
      'You have reported 20 answers within an hour: please go on later.',
    );
    expect(await feedback.file({ question: 'q' }, by('U2'))).toBe(21);
    expect(await feedback.file({ question: 'q' }, by('U1', '2026-11-23T10:00:00.000Z'))).toBe(22);
  });

  test('takes the place of the oldest once 10,000 are kept', async () => {
    const { feedback, tallies, kept } = made();
    await feedback.file({ question: 'the first' }, by('U1'));
    await feedback.file({ question: 'the second' }, by('U1'));
    await tallies.set('all', { since: 0, count: 10_000 });
    expect(await feedback.file({ question: 'one more' }, by('U1'))).toBe(10_001);
    expect((await kept()).map(({ question }) => question)).toEqual(['one more', 'the second']);
    await expect(feedback.note(1, 'Late.', by('U1'))).rejects.toThrow('You have filed no report 1 that I still have.');
  });
});

describe('the button of an answer', () => {
  test('asks to file the question, whatever is in it', () => {
    expect(wrongButton(' what is "DKM"? ')).toEqual({
      label: 'Was this wrong?',
      ask: `/feedback wrong "what is 'DKM'?"`,
    });
  });

  test('takes the first 300 characters', () => {
    expect(wrongButton('x'.repeat(40_000)).ask).toBe(`/feedback wrong "${'x'.repeat(300)}"`);
    expect(wrongButton('\u{1F600}'.repeat(300)).ask).toHaveLength('/feedback wrong ""'.length + 300);
  });
});

describe('reports in a database', () => {
  test('are found among all else, the newest first, and what does not fit is left out', async () => {
    const one = { question: 'q', place: { platform: 'slack', address: 'C1' }, by: { id: 'U1', name: '' } };
    const stored = (number: number) =>
      JSON.stringify({ value: { ...one, number, at: '2026-11-23T09:00:00.000Z' }, expires: null });
    async function* rows() {
      yield { kind: 'value', key: 'feedback:1', value: stored(10_001) } as const;
      yield { kind: 'value', key: 'feedback:2', value: stored(2) } as const;
      yield { kind: 'value', key: 'feedback:3', value: '{"value":{"number":3}}' } as const;
      yield { kind: 'value', key: 'feedback-tallies:all', value: '{"value":{"since":0,"count":3}}' } as const;
      yield { kind: 'job', job: { id: 'feedback:4', queue: 'q', at: 0, data: {} } } as const;
    }
    expect((await reportsIn(rows())).map(({ number }) => number)).toEqual([10_001, 2]);
  });
});

describe('npm run feedback', () => {
  const run = (dataDir: string) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [projectPath('src/start.js'), 'feedback-list'], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', DATA_DIR: join(folder, dataDir) },
      encoding: 'utf8',
    });
    return { stdout, stderr, status };
  };

  test('lists what was filed beside the process that has the database, without escapes', async () => {
    const feedback = createFeedback({
      reports: storage.collection('feedback', report),
      tallies: storage.collection('feedback-tallies', tally),
    });
    expect(run('data').stdout).toBe('Nothing was reported.\n');
    await feedback.file({ question: 'red \u001b[31mhosts?' }, by('U1'));
    await feedback.file({ question: 'max hosts?', note: 'It is 1,000.' }, by('U2', '2026-11-23T10:30:00.000Z'));
    expect(run('data')).toEqual({
      stdout: [
        '2 reports, the newest first; times are in UTC.',
        '',
        'No.  When              Who and where      Question and note',
        '---  ----------------  -----------------  -----------------',
        '2    2026-11-23 10:30  Ann U2 in test C1  max hosts?',
        '                                          It is 1,000.',
        '1    2026-11-23 09:00  Ann U1 in test C1  red [31mhosts?',
        '',
      ].join('\n'),
      stderr: '',
      status: 0,
    });
  });

  test('says in one sentence when there is no database', () => {
    const { stderr, status } = run('none');
    expect(stderr).toBe(`There is no database to read at ${join(folder, 'none', 'clusterwise.db')}.\n`);
    expect(status).toBe(1);
  });
});
