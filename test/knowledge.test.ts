import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { loadKnowledge } from '../src/knowledge.ts';
import { knowledge } from './ask.ts';

const sources = 'sources: [{ title: A document, checked: 2026-11-22 }]';
const limit = `kind: limit\nproduct: An array\nnames: [array]\nstatement: It has none.\n${sources}\n`;
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder with every topic, and these files in it. */
function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'knowledge-'));
  folders.push(folder);
  for (const topic of Object.keys(knowledge)) mkdirSync(join(folder, topic));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  return folder;
}

function complaint(files: Record<string, string>): string[] {
  try {
    loadKnowledge(folderWith(files));
    return [];
  } catch (error) {
    return error instanceof Error ? error.message.split('\n') : [];
  }
}

describe('the knowledge of this installation', () => {
  test('loads, and every topic has packs', () => {
    for (const [topic, packs] of Object.entries(knowledge)) expect(packs.length, topic).toBeGreaterThan(0);
  });

  test('names a source for every pack', () => {
    const { understanding: _, topics, ...figures } = knowledge;
    for (const pack of [...Object.values(figures).flat(), ...topics.flatMap(({ entries }) => entries)])
      expect(pack.sources.length).toBeGreaterThan(0);
  });
});

describe('loading', () => {
  test('gives the packs of a topic in the order of their file names, and only YAML files', () => {
    const named = (name: string) => limit.replace('An array', name);
    const folder = folderWith({
      'reservations/b.yaml': named('second'),
      'reservations/a.yaml': named('first'),
      'reservations/notes.txt': 'no pack',
    });
    const packs = loadKnowledge(folder).reservations;
    expect(packs.map((pack) => pack.kind === 'limit' && pack.product)).toEqual(['first', 'second']);
  });

  test('reports every fault of every file at once, each with its path', () => {
    const lines = complaint({
      'reservations/good.yaml': limit,
      'reservations/broken.yaml': 'kind: [limit',
      'reservations/kind.yaml': `kind: rumour\n${sources}\n`,
      'reservations/two.yaml': limit.replace('product: An array', 'product: ""').replace('names: [array]', 'names: []'),
      'vmm/empty.yaml': '',
    });
    const of = (file: string) => lines.filter((line) => line.includes(`/${file}: `));
    expect(lines[0]).toMatch(/^The knowledge has \d+ faults:$/);
    expect(of('reservations/good.yaml')).toEqual([]);
    expect(of('reservations/broken.yaml').length).toBeGreaterThan(0);
    expect(of('reservations/kind.yaml')).toHaveLength(1);
    expect(of('reservations/two.yaml').map((line) => line.split(': ')[1])).toEqual(['product', 'names']);
    expect(of('vmm/empty.yaml')).toHaveLength(1);
  });

  test.each([
    ['an unknown field', `${limit}colour: red\n`],
    ['no source', limit.replace(/sources.*\n/, 'sources: []\n')],
    ['a day that does not exist', limit.replace('2026-11-22', '2026-02-30')],
    ['an address that is none', limit.replace('title: A document', 'title: A document, url: somewhere')],
    ['the same field twice', `${limit}kind: limit\n`],
  ])('refuses a pack with %s', (_, text) =>
    expect(complaint({ 'reservations/pack.yaml': text }).join()).toContain('/reservations/pack.yaml: '),
  );

  test('a fault of the whole pack has no path inside it', () => {
    const lines = complaint({ 'reservations/pack.yaml': `${limit}colour: red\n` });
    expect(lines.join()).toContain('/reservations/pack.yaml: Unrecognized key: "colour"');
  });

  test('a fault shows one line for each file even where the parser’s message has several', () => {
    const [count = '', ...lines] = complaint({ 'reservations/broken.yaml': 'a: b: c\n  - d' });
    expect(count).toBe('The knowledge has 1 fault:');
    expect(lines).toHaveLength(1);
  });
});
