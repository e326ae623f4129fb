import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ask, commands, knowledge, projectPath } from './ask.ts';

const NAME = /^[a-z][a-z-]*$/;

/** What is wrong with a sentence that people read. */
function faults(sentence: string): string[] {
  const found = [];
  if (!/[.?]$/.test(sentence)) found.push('ends with neither a full stop nor a question mark');
  if (!/^(\p{Lu}|\d|\/[a-z]|“)/u.test(sentence)) found.push('starts with no capital, digit or command');
  return [...found, ...slips(sentence)];
}

/** What is wrong with any text that people read, sentence or not. */
function slips(text: string): string[] {
  const found = [];
  if (/\S {2}/.test(text)) found.push('has two blanks in a row');
  if (/—/.test(text)) found.push('has an em dash');
  if (/\w'\w|(^|\s)["'][^"']+["'](?=[\s.,;:?)]|$)/.test(text))
    found.push('has straight quotation marks or apostrophes');
  if (/undefined|NaN|\[object/.test(text)) found.push('shows a value of the program');
  return found;
}

describe('the rules of style', () => {
  test.each([
    ['Two hosts.', []],
    ['2 hosts x 4 CSVs = 8.', []],
    ['/pr: how many there are.', []],
    ['Did you mean “hosts”?', []],
    ['Two hosts', ['ends with neither a full stop nor a question mark']],
    ['two hosts.', ['starts with no capital, digit or command']],
    ['Two  hosts.', ['has two blanks in a row']],
    ['Two hosts — or four.', ['has an em dash']],
    ['Did you mean "hosts"?', ['has straight quotation marks or apostrophes']],
    ["I don't know.", ['has straight quotation marks or apostrophes']],
    ['NaN hosts.', ['shows a value of the program']],
  ])('are told of “%s”', (sentence, expected) => expect(faults(sentence)).toEqual(expected));
});

/** What is shown as it is typed, where straight quotation marks belong. */
const typed = new Set(
  commands.flatMap(({ usage, grammar }) => [usage, ...[...grammar.args.values()].map(({ show }) => show)]),
);

describe.each(commands)('/$name', (command) => {
  const { name, aliases = [], summary, examples, usage, grammar } = command;

  test.each(examples)('says “$headline” in good style', ({ headline }) => expect(faults(headline)).toEqual([]));

  test.each(examples)('answers “$ask” in good style throughout', async ({ ask: text }) => {
    const { facts = [], notes = [], tables = [], buttons = [], sources = [], problem } = await ask(text);
    expect(problem).toBeUndefined();
    for (const note of notes) expect([note, faults(note)]).toEqual([note, []]);
    const cells = tables.flatMap(({ title = '', columns, rows }) => [title, ...columns, ...rows.flat()]);
    const texts = [
      ...facts.flat(),
      ...cells,
      ...buttons.map(({ label }) => label),
      ...sources.map(({ title }) => title),
    ];
    for (const one of texts) if (!typed.has(one)) expect([one, slips(one)]).toEqual([one, []]);
    for (const { columns, rows } of tables) for (const row of rows) expect(row).toHaveLength(columns.length);
  });

  test('is asked for by each of its examples', () => {
    for (const { ask: text } of examples) expect(text.split(' ')[0]).toBe(`/${name}`);
  });

  test('has a summary of one line, begun small and without a full stop', () => {
    expect(summary).toMatch(/^[a-z].*[^.\s]$/);
    expect(slips(summary)).toEqual([]);
  });

  test('has a name and aliases that every platform can take', () => {
    for (const word of [name, ...aliases]) expect(word).toMatch(NAME);
    expect(name.length).toBeLessThanOrEqual(31);
  });

  test('has a label and a way to show it for every argument', () => {
    for (const [key, { label, show }] of grammar.args) {
      expect(label, key).toMatch(/\S/);
      expect(show, key).toMatch(/\S/);
      expect(slips(label), key).toEqual([]);
    }
  });

  test('asks for what is missing in one sentence', () => {
    for (const [key, arg] of grammar.args) if (arg.question) expect([key, faults(arg.question)]).toEqual([key, []]);
  });

  test('lists its usage, its aliases and all its examples in its help', async () => {
    const { headline, facts = [], tables = [] } = await ask(`/help ${name}`);
    expect(headline).toBe(`/${name}: ${summary}.`);
    expect(facts).toContainEqual(['Usage', usage]);
    for (const alias of aliases) expect(facts.flat().join()).toContain(`/${alias}`);
    expect(tables.flatMap(({ rows }) => rows)).toEqual(
      expect.arrayContaining(examples.map((e) => [e.ask, e.headline])),
    );
  });

  test('is listed in the overview', async () => {
    const { tables = [] } = await ask('/help');
    expect(tables[0]?.rows).toContainEqual([`/${name}`, summary, examples[0].ask]);
  });
});

test('names and aliases of all commands differ', () => {
  const words = commands.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
});

test('every file in handlers/ default-exports a command', () => {
  const files = readdirSync(projectPath('handlers'));
  expect(files.filter((file) => !file.endsWith('.ts'))).toEqual([]);
  expect(commands).toHaveLength(files.length);
});

test('every pack of knowledge names its sources and the day each was checked', () => {
  const { understanding: _, topics, ...figures } = knowledge;
  const packs = [...Object.values(figures).flat(), ...topics.flatMap(({ entries }) => entries)];
  const sources = packs.map((pack) => pack.sources);
  for (const source of sources) expect(source.length).toBeGreaterThan(0);
  for (const { title, checked } of sources.flat()) {
    expect(checked, title).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(new Date(`${checked}T00:00:00Z`).toISOString().slice(0, 10), title).toBe(checked);
  }
});

const code = ['src', 'handlers', 'manifest']
  .filter((folder) => existsSync(projectPath(folder)))
  .flatMap((folder) =>
    readdirSync(projectPath(folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  )
  .filter((path) => /\.[jt]s$/.test(path));

test('every code file fits in 250 lines', () => {
  const lines = code.map((path) => ({ path, lines: readFileSync(projectPath(path), 'utf8').split('\n').length - 1 }));
  expect(lines.length).toBeGreaterThan(20);
  expect(lines.filter((file) => file.lines > 250)).toEqual([]);
});
