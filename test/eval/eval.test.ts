import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { projectPath } from '../ask.ts';
import { has, type Question, readQuestions } from './questions.ts';
import { report } from './report.ts';
import { isDeclined, judge } from './verdict.ts';

const folder = mkdtempSync(join(tmpdir(), 'clusterwise-eval-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (text: string) => {
  const path = join(folder, 'questions.json');
  writeFileSync(path, text);
  return path;
};
const asked = (kind: Question['kind'], ...mustContain: string[]): Question => ({
  id: `${kind}-1`,
  question: 'how many?',
  topic: kind === 'out-of-scope' ? 'elsewhere' : 'sizing',
  kind,
  mustContain,
});

describe('what an answer must contain', () => {
  test.each<[text: string, must: string, there: boolean]>([
    ['It is 16 GB.', '16 gb', true],
    ['It is 16 GB.', '/16 gb/', false],
    ['It is 16 GB.', '/16\\s?gb/i', true],
    ['See C:\\ClusterStorage.', 'c:\\clusterstorage', true],
    ['It is 160.', '/(?<![\\d.,])16(?![\\d]|[.,]\\d)/', false],
    ['It is 16.', '/(?<![\\d.,])16(?![\\d]|[.,]\\d)/', true],
  ])('of “%s” %s: %s', (text, must, there) => expect(has(text, must)).toBe(there));
});

describe('an answer', () => {
  const unknown = { headline: 'I don’t know that.', problem: 'input' } as const;

  test('is right when all of it is there, wherever it stands', () => {
    const answer = { headline: 'It is 4 GB.', notes: ['Better 8 GB.'] };
    expect(judge(asked('lookup', '4 GB', '8 GB'), answer)).toMatchObject({ right: true, missing: [] });
    expect(judge(asked('lookup', '4 GB', '16 GB'), answer)).toMatchObject({ right: false, missing: ['16 GB'] });
  });

  test('declines when it begins with “I don’t know”, or has a problem', () => {
    expect(isDeclined(unknown)).toBe(true);
    expect(isDeclined({ headline: 'I don’t know that.' })).toBe(true);
    expect(isDeclined({ headline: 'How many CSVs?', problem: 'input' })).toBe(true);
    expect(isDeclined({ headline: 'It is 4 GB.', notes: ['I don’t know more.'] })).toBe(false);
  });

  test('is not right by what its buttons say', () => {
    const buttons = [{ label: 'Was this wrong?', ask: '/feedback wrong "is it 8 GB?"' }];
    expect(judge(asked('lookup', '8 GB'), { headline: 'It is 4 GB.', buttons }).right).toBe(false);
  });

  test('that declines what can be known is not right, whatever it contains', () => {
    expect(judge(asked('lookup', '/n’t/'), unknown)).toMatchObject({ right: false, missing: [], declined: true });
  });

  test('to what cannot be known is right when it declines, not when honest words are somewhere below', () => {
    const out = asked('out-of-scope', '/don’t know|no figure/i');
    expect(judge(out, unknown).right).toBe(true);
    expect(judge(out, { headline: 'No figure was found for that array.' }).right).toBe(true);
    expect(judge(out, { headline: 'It is 128.', notes: ['No figure is there for the XP.'] }).right).toBe(false);
  });

  test('is counted by topic and kind, and the wrong ones come first', () => {
    const text = report([
      judge(asked('lookup', '4 GB'), { headline: 'It is 4 GB.' }),
      judge(asked('lookup', '8 GB', '/\\d GB/'), { headline: 'It is \u001b[31m4 GB.' }),
      judge(asked('compute', '2'), unknown),
      judge(asked('out-of-scope', '/don’t know/'), { headline: 'It is 128.' }),
      judge(asked('out-of-scope', '/don’t know/'), unknown),
    ]);
    expect(text).toBe(`lookup-1 (lookup): how many?
  said     It is [31m4 GB.
  missing  8 GB

compute-1 (compute): how many?
  said     I don’t know that.
  missing  2

out-of-scope-1 (out-of-scope): how many?
  said     It is 128.
  missing  /don’t know/

5 questions: 2 of 5 (40.0%) right.

Out of scope and answered as if known: 1 of 2 (50.0%)
Known and declined: 1 of 3 (33.3%)

Topic      Right
---------  --------------
sizing     1 of 3 (33.3%)
elsewhere  1 of 2 (50.0%)

Kind          Right
------------  --------------
compute       0 of 1 (0.0%)
lookup        1 of 2 (50.0%)
out-of-scope  1 of 2 (50.0%)`);
  });
});

describe('questions', () => {
  test.each<[what: string, text: string, sentence: RegExp]>([
    ['no JSON', '[', /^The file .* is no JSON\.$/],
    ['no list', '{}', /^The file .* is no list of questions: it: .*\.$/],
    [
      'an expression that cannot be read',
      JSON.stringify([asked('lookup', '/(/')]),
      /: 0\.mustContain\.0: is no regular expression\.$/,
    ],
    ['another kind', JSON.stringify([{ ...asked('lookup', 'a'), kind: 'rumour' }]), /: 0\.kind: /],
  ])('of a file that is %s are refused in one sentence', (_, text, sentence) =>
    expect(() => readQuestions(file(text))).toThrow(sentence),
  );

  test('of the project are at least 220, of which at least 35 are out of scope, each asked once', () => {
    const own = readQuestions(projectPath('test/eval/questions.json'));
    expect(own.length).toBeGreaterThanOrEqual(220);
    expect(own.filter(({ kind }) => kind === 'out-of-scope').length).toBeGreaterThanOrEqual(35);
    expect(own.filter(({ from }) => !from)).toEqual([]);
    for (const key of ['id', 'question'] as const)
      expect(new Set(own.map((one) => one[key].toLowerCase())).size).toBe(own.length);
  });
});

describe('npm run eval', () => {
  const run = (...words: string[]) => {
    const program = [projectPath('src/start.js'), '../test/eval', ...words];
    const { stdout, stderr, status } = spawnSync(process.execPath, program, { cwd: folder, encoding: 'utf8' });
    return { stdout, stderr, status };
  };

  test('puts the questions of a file to the bot, and ends with status 0 whatever it answers', () => {
    const right = { ...asked('compute', '= 16 '), question: '/pr 2 hosts 2 channels 4 csvs' };
    const { stdout, stderr, status } = run(
      file(JSON.stringify([right, { ...right, id: 'wrong', mustContain: ['17'] }])),
    );
    expect(stdout).toMatch(
      /^wrong \(compute\): .*\n {2}said {5}2 hosts x .*\n {2}missing {2}17\n\n2 questions: 1 of 2 /,
    );
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  test('says in one sentence when the file cannot be read', () => {
    expect(run('none.json')).toEqual({
      stdout: '',
      stderr: 'The file none.json cannot be read (ENOENT).\n',
      status: 1,
    });
  });
});
