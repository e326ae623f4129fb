import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, load as parseYaml } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { type Entry, topicPack } from '../src/core/entries.ts';
import { upkeepAnswer, upkeepOf } from '../src/upkeep.ts';
import { knowledge, projectPath } from './ask.ts';

type Given = Partial<Omit<Entry, 'sources'>> & { checked?: string[]; url?: string };

function pack(topic: string, given: Given[]) {
  const entries = given.map(({ checked = ['2026-11-01'], url, ...rest }, index) => ({
    id: `entry-${index}`,
    question: 'How many?',
    era: 'both',
    answer: 'Two.',
    sources: checked.map((day) => ({ title: `Document of ${day}`, checked: day, ...(url && { url }) })),
    ...rest,
  }));
  return topicPack.parse({ topic, entries });
}

describe('the upkeep of entries', () => {
  test('names the one checked longest ago first, by the oldest of its sources', () => {
    const { entries } = upkeepOf([
      pack('A', [{ id: 'new', checked: ['2026-11-20'] }]),
      pack('B', [
        { id: 'old', checked: ['2026-11-22', '2026-01-05'] },
        { id: 'middle', checked: ['2026-06-30'] },
      ]),
    ]);
    expect(entries.map(({ entry, topic, checked }) => [entry.id, topic, checked])).toEqual([
      ['old', 'B', '2026-01-05'],
      ['middle', 'B', '2026-06-30'],
      ['new', 'A', '2026-11-20'],
    ]);
  });

  test('finds what is original and does not say what changed', () => {
    const one = pack('A', [
      { id: 'told', era: 'original', modern: 'Today three.' },
      { id: 'untold', era: 'original' },
      { id: 'modern', era: 'modern' },
    ]);
    expect(upkeepOf([one]).unmodern).toEqual(['untold']);
  });

  test('finds references to nothing and ids given twice, also across topics', () => {
    const { dead, twice } = upkeepOf([
      pack('A', [{ id: 'one', related: ['two', 'gone'] }]),
      pack('B', [{ id: 'two', related: ['one'] }, { id: 'one' }]),
    ]);
    expect(dead).toEqual([{ from: 'one', to: 'gone' }]);
    expect(twice).toEqual(['one']);
  });

  test('counts each source once', () => {
    const packs = [
      pack('A', [{ checked: ['2026-11-01', '2026-11-02'] }, { checked: ['2026-11-02'] }]),
      pack('B', [{ checked: ['2026-11-03'], url: 'https://example.com/' }]),
    ];
    expect(upkeepOf(packs).sources).toEqual({ all: 3, withoutUrl: 2 });
  });

  test('is told with ages in days', () => {
    const upkeep = upkeepOf([
      pack('DKM', [{ id: 'dkm-what', era: 'original', checked: ['2026-11-13'], related: ['gone'] }]),
    ]);
    expect(upkeepAnswer(upkeep, new Date('2026-11-23T09:00:00Z'))).toEqual({
      headline: 'Entries: 1, the one checked longest ago first.',
      tables: [
        {
          columns: ['Checked', 'Days', 'Era', 'Entry'],
          rows: [['2026-11-13', '10', 'original', 'dkm-what']],
        },
      ],
      facts: [
        ['Original without a modern note', 'dkm-what'],
        ['Dead references', 'dkm-what to gone'],
        ['Ids given twice', 'none'],
        ['Sources without an address', '1 of 1'],
      ],
    });
  });
});

describe('the entries of this installation', () => {
  const { entries, dead, twice, unmodern } = upkeepOf(knowledge.topics);

  test('refer to entries that exist', () => expect(dead).toEqual([]));
  test('have each an id of its own', () => expect(twice).toEqual([]));
  test('say what changed since, where they are of the original era', () => expect(unmodern).toEqual([]));
  test('have ids of small words with hyphens between them', () => {
    const odd = entries.map(({ entry }) => entry.id).filter((id) => !/^[a-z\d]+(-[a-z\d]+)*$/.test(id));
    expect(odd).toEqual([]);
  });
});

describe('what contributors read', () => {
  const readme = readFileSync(projectPath('knowledge/README.md'), 'utf8');
  const [, example = ''] = /```yaml\n(.*?)```/s.exec(readme) ?? [];

  test('has a worked example that would load', () =>
    expect(topicPack.safeParse(parseYaml(example, { schema: CORE_SCHEMA })).error?.issues).toBeUndefined());

  test('tells of every field', () => {
    const fields = Object.keys(topicPack.shape.entries.element.shape);
    expect(fields.filter((field) => !readme.includes(`\n| \`${field}\` |`))).toEqual([]);
  });
});
