import { afterEach, describe, expect, test } from 'vitest';
import type { Answer } from '../src/answer.ts';
import { ask, commands, logged } from './ask.ts';

afterEach(() => expect(logged).toEqual([]));

/** The text without what people typed, which stands in typographic quotation marks. */
const ours = (sentence: string) => sentence.replace(/“[^”]*”/gu, '“”');

/** One sentence: a full stop or a question mark at the end, and none inside. */
const SENTENCE = /^[^.?!\n]+[.?]$/u;

function expectRefusal({ headline, problem, facts = [] }: Answer, usage?: string) {
  expect(problem, headline).toBe('input');
  expect(ours(headline)).toMatch(SENTENCE);
  expect(headline.length).toBeLessThanOrEqual(300);
  expect(headline.isWellFormed()).toBe(true);
  expect(headline).not.toMatch(/[\p{Cc}\p{Bidi_Control}]| at .*:\d+/u);
  if (usage) expect(facts).toContainEqual(['Usage', usage]);
}

const badForAll: [name: string, text: string][] = [
  ...['8 hots', '-3 hosts', '1e9 vms', '2 hosts 2 hosts', '2.5 hosts', '0 hosts', '1,00 hosts', '½ hosts'],
  ...['２ hosts', '٣ hosts', '0x10 hosts', 'hosts hosts hosts', '2 hosts, , ,', '...', '???', ',,,', '/', '//', '()'],
  ...['2017', '2021', '2 hosts 2 channels 1 csv 8 vms 2017', 'hosts=', 'hosts= vms=', '=', ':', '= 2'],
  ...['__proto__ 2 hosts', 'constructor', '/toString', 'hasOwnProperty', '__proto__=2', 'constructor: 2'],
  ...[
    '$' + '{7*7}',
    "'; drop table x;--",
    '"2 hosts',
    '“2 hosts',
    '2 hosts ”',
    '😀',
    '👨‍👩‍👧‍👦 hosts',
    '<!channel> 2 hosts',
  ],
].map((text) => [text, text]);

const badAndOdd: [name: string, text: string][] = [
  ['NUL', '2 hosts\u0000'],
  ['control characters', '\u0001\u0007\u001b[31m 2 hosts'],
  ['a right-to-left override', '\u202e2 hosts'],
  ['half of a character', '\ud83d 2 hosts'],
  ['a very long word', 'x'.repeat(3000)],
  ['a very long number', '9'.repeat(3000)],
  ['1,900 words', 'y '.repeat(1900)],
  ['4,000 words', 'hosts '.repeat(4000)],
  ['40 kB', 'x'.repeat(40_000)],
  ['40 kB of numbers', '1,'.repeat(20_000)],
  ['open brackets', '('.repeat(3900)],
  ['closing punctuation before a letter', `${')!?.'.repeat(900)}a`],
  ['commas before a letter', `${'1,'.repeat(1900)}a`],
  ['hyphens', `1${'-a'.repeat(1900)}-`],
  ['open quotation marks', '“ '.repeat(1901)],
  ['assignments', 'aa='.repeat(1300)],
  ['number words', 'one hundred and '.repeat(240)],
  ['lists', '1, 2 and '.repeat(400)],
];

describe.each(commands)('/$name', ({ name, usage, aliases: [alias = name] = [], grammar }) => {
  // For some commands “hosts” is something to ask about; it may then stand alone, and more than once.
  const isTopic = (word: string) => grammar.values.has(word) && !grammar.units.has(word);
  const bad = badForAll.filter(([text]) => !/^(hosts[ =]*)+$/.test(text) || !isTopic('hosts'));

  test.each([...bad, ...badAndOdd])('refuses %s in one sentence, with its usage', async (_, text) => {
    expectRefusal(await ask(`/${name} ${text}`), usage);
    expectRefusal(await ask(`${alias.toUpperCase()} ${text}`), usage);
  });

  const units = [...grammar.units.keys()];
  if (units.length > 0)
    test.each(units)('refuses “%s=” without its number', async (unit) => {
      expectRefusal(await ask(`/${name} ${unit}=`), usage);
      expectRefusal(await ask(`/${name} ${unit}: ${unit}`), usage);
    });

  const leads = [...grammar.leads.keys()];
  if (leads.length > 0)
    test.each(leads)('refuses “%s” without its value', async (lead) => {
      expectRefusal(await ask(`/${name} ${lead}`), usage);
      expectRefusal(await ask(`/${name} 2 hosts ${lead}=`), usage);
    });
});

describe('without a command', () => {
  test.each([...badForAll, ...badAndOdd, ['nothing', ''], ['blanks', ' \n ']])(
    '%s is refused in one sentence',
    async (_, text) => {
      const answer = await ask(text);
      expectRefusal(answer);
      expect(answer.buttons?.length).toBeGreaterThan(0);
    },
  );
});

test('whatever is typed, a refusal is short', async () => {
  for (const { name } of commands)
    for (const [, text] of badAndOdd) {
      const { headline, buttons } = await ask(`/${name} ${text}`);
      expect(headline.length + JSON.stringify(buttons).length).toBeLessThan(2000);
    }
});

/** The same numbers in every run: mulberry32 with a fixed seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('2,000 random sentences', () => {
  const numbers = [
    '0',
    '1',
    '2',
    '3',
    '8',
    '16',
    '64',
    '1,000',
    '100000',
    '2012',
    '2022',
    '16,16,32',
    'two',
    'a dozen',
    '1e9',
    '-1',
  ];
  const garbage = [
    '=',
    ':',
    ',',
    '"',
    '“',
    '…',
    '😀',
    '__proto__',
    'D:\\VMs',
    '0x800704C8',
    '\u0000',
    '\ud800',
    'per host',
    'and',
    '/',
  ];
  const random = generator(20_261_122);
  const pick = <T>(among: readonly T[]): T | undefined => among[Math.floor(random() * among.length)];

  const part = (words: readonly string[]) => {
    const kind = random();
    if (kind < 0.5) return `${pick(numbers)} ${pick(words)}`;
    return kind < 0.92 ? pick(words) : pick(garbage);
  };

  /** A sentence of the command's own words, or one of its examples with up to three words changed. */
  function sentence(words: readonly string[], examples: readonly string[]): string {
    const invented = Array.from({ length: 1 + Math.floor(random() * 9) }, () => part(words));
    if (random() < 0.5) return invented.join(pick([' ', ' ', ' ', ', ', '=']));
    const known = (pick(examples) ?? '').split(' ').slice(1);
    for (let change = Math.floor(random() * 4); change > 0; change -= 1) {
      const at = Math.floor(random() * known.length);
      const isNumber = /^\d+$/.test(known[at] ?? '');
      known.splice(at, Math.floor(random() * 2) + (isNumber ? 1 : 0), (isNumber ? pick(numbers) : part(words)) ?? '');
    }
    return known.join(' ');
  }

  test.each(commands)(
    'to /$name are all answered or refused, never with a fault',
    async ({ name, grammar, examples }) => {
      const words = grammar.words.length > 0 ? grammar.words : commands.map((command) => command.name);
      const asked = examples.map((example) => example.ask);
      const each = Math.ceil(2000 / commands.length);
      let answered = 0;
      for (let i = 0; i < each; i += 1) {
        const text = `/${name} ${sentence(words, asked)}`;
        const answer = await ask(text);
        expect(answer.problem, JSON.stringify({ text, logged: logged.map(String) })).not.toBe('fault');
        expect(ours(answer.headline), text).not.toMatch(/NaN|undefined|null|Infinity|\[object/);
        expect(JSON.stringify(answer.tables ?? []) + JSON.stringify(answer.facts ?? []), text).not.toMatch(
          /NaN|undefined|Infinity|\[object/,
        );
        if (answer.problem === undefined) answered += 1;
        else expectRefusal(answer);
      }
      expect(answered).toBeGreaterThan(0);
    },
  );
});
