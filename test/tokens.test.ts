import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { clip, listAt, numberAt, type Token, tokens } from '../src/tokens.ts';
import { projectPath } from './ask.ts';

const isUnit = (word: string) => ['host', 'hosts', 'vms', 'node', 'socket', 'core', 'cores'].includes(word);
const read = (text: string) => tokens(text, isUnit);
const words = (text: string) => read(text).map((token) => token.text);
const shown = ({ text, gives, comma, quoted }: Token) =>
  `${quoted ? `"${text}"` : text}${gives ? '=' : ''}${comma ? ',' : ''}`;
const marks = (text: string) => read(text).map(shown);
const number = (text: string) => numberAt(read(text), 0);
const list = (text: string) => listAt(read(text), 0);

describe('words', () => {
  test.each([
    ['2 hosts 8 vms', ['2', 'hosts', '8', 'vms']],
    ['  2\thosts\n8   vms ', ['2', 'hosts', '8', 'vms']],
    ['8vms', ['8', 'vms']],
    ['200-host', ['200', 'host']],
    ['1,000-host cluster', ['1,000', 'host', 'cluster']],
    ['two-node', ['two', 'node']],
    ['thirty-two-core', ['thirty-two', 'core']],
    ['dual-socket', ['dual', 'socket']],
    ['R2-D2', ['R2-D2']],
    ['8hots', ['8hots']],
    ['-3hosts', ['-3hosts']],
    ['hyper-v', ['hyper-v']],
    ['2hosts,8vms', ['2', 'hosts', '8', 'vms']],
    ['(2 hosts), [8 vms]!', ['2', 'hosts', '8', 'vms']],
    ['2 hosts.', ['2', 'hosts']],
    ['D:\\VMs', ['D:\\VMs']],
    ['HKLM:\\SYSTEM', ['HKLM:\\SYSTEM']],
    ['https://example.com/a', ['https://example.com/a']],
    ['😀', ['😀']],
  ])('“%s” is split', (text, expected) => expect(words(text)).toEqual(expected));

  test('keep their letters as typed and can be compared without case', () =>
    expect(read('Hosts')).toEqual([{ text: 'Hosts', word: 'hosts' }]));

  test.each([
    ['hosts=2', ['hosts=', '2']],
    ['hosts: 2', ['hosts=', '2']],
    ['hosts:2', ['hosts=', '2']],
    ['hosts = 2', ['hosts=', '2']],
    ['hosts =2', ['hosts=', '2']],
    ['path=D:\\VMs', ['path=', 'D:\\VMs']],
    ['cores=16,16,32', ['cores=', '16,16,32']],
    ['aa=bb=cc', ['aa=', 'bb=cc']],
  ])('“%s” gives a value', (text, expected) => expect(marks(text)).toEqual(expected));

  test.each([
    ['16, 16 , 32', ['16,', '16,', '32']],
    ['1,000', ['1,000']],
    ['2 hosts,8 vms', ['2', 'hosts,', '8', 'vms']],
    ['a,, b', ['a,', ',', 'b']],
    [', 2', [',', '2']],
    ['???', ['???']],
  ])('in “%s” a comma is a mark of the word before it, and other lone punctuation a word', (text, expected) =>
    expect(marks(text)).toEqual(expected),
  );

  test.each([
    ['array "HP P4000"', ['array', '"HP P4000"']],
    ['array “HP P4000”', ['array', '"HP P4000"']],
    ['array="HP P4000" 2 hosts', ['array=', '"HP P4000"', '2', 'hosts']],
    ['"a" "b, c"', ['"a"', '"b, c"']],
    ['array "HP P4000', ['array', '"HP', 'P4000']],
    ['""', ['""']],
    ['"', ['"']],
  ])('in %s quotation marks hold a value together when they are closed', (text, expected) =>
    expect(marks(text)).toEqual(expected),
  );
});

describe('a number', () => {
  test.each([
    ['2', 2, 1],
    ['007', 7, 1],
    ['1,000', 1000, 1],
    ['1,234,567', 1_234_567, 1],
    ['two', 2, 1],
    ['Two', 2, 1],
    ['zero', 0, 1],
    ['nineteen', 19, 1],
    ['twenty', 20, 1],
    ['twenty-one', 21, 1],
    ['twenty one', 21, 2],
    ['dozen', 12, 1],
    ['half a dozen', 6, 3],
    ['half dozen', 6, 2],
    ['two dozen', 24, 2],
    ['2 dozen', 24, 2],
    ['hundred', 100, 1],
    ['3 hundred', 300, 2],
    ['one hundred and fifty', 150, 4],
    ['one hundred fifty', 150, 3],
    ['two hundred and twenty-one', 221, 4],
    ['one thousand two hundred', 1200, 4],
    ['one thousand and one', 1001, 4],
    ['one hundred and fifty thousand', 150_000, 5],
    ['dual', 2, 1],
    ['single', 1, 1],
    ['quad', 4, 1],
  ])('“%s” is %i', (text, value, length) => expect(number(text)).toEqual({ values: [value], length }));

  test.each([
    ['two three', 2, 1],
    ['twenty twelve', 20, 1],
    ['ten one', 10, 1],
    ['two and three', 2, 1],
    ['two hosts', 2, 1],
    ['hundred hundred', 100, 1],
    ['one hundred and hosts', 100, 2],
    ['dual dual', 2, 1],
  ])('“%s” ends where the next word would not add to it', (text, value, length) =>
    expect(number(text)).toEqual({ values: [value], length }),
  );

  test.each('-3 −3 +3 .5 2.5 1e9 1.000 0x10 1,00 1,0000 00,000,1 ½ ２ ٣ 2k 3+ 2-3 1‚000'.split(' '))(
    '“%s” is found and not accepted',
    (text) => expect(number(text)).toEqual({ values: undefined, length: 1 }),
  );

  test.each(['hosts', 'twenty-one-five', '"2"', '', '~3', 'and'])('%s is none', (text) =>
    expect(number(text)).toBeUndefined(),
  );
});

describe('a list', () => {
  test.each([
    ['16,16,32 cores', [16, 16, 32], 1],
    ['16/32 cores', [16, 32], 1],
    ['16,32', [16, 32], 1],
    ['16, 16, 32 cores', [16, 16, 32], 3],
    ['16, 16 and 32 cores', [16, 16, 32], 4],
    ['16, 16, and 32 cores', [16, 16, 32], 4],
    ['16 and 32 cores', [16, 32], 3],
    ['sixteen and thirty-two cores', [16, 32], 3],
  ])('“%s”', (text, values, length) => expect(list(text)).toEqual({ values, length }));

  test.each(['16 cores', '3, 16 cores', '2 procs and 16 cores', '1,000', '16 32', 'and 16 and 32'])(
    '“%s” is none',
    (text) => expect(list(text)).toBeUndefined(),
  );

  test('takes at most 64 numbers, so that reading each of many lists costs no more than reading one', () =>
    expect(list('1, '.repeat(1000))?.values).toHaveLength(64));
});

describe('what is said back', () => {
  test.each([
    ['short', 'short'],
    ['x'.repeat(40), 'x'.repeat(40)],
    ['x'.repeat(41), `${'x'.repeat(40)}…`],
    ['😀'.repeat(41), `${'😀'.repeat(40)}…`],
    ['a\u0000b\u001bc', 'a\u{fffd}b\u{fffd}c'],
    ['two\nlines', 'two lines'],
    ['\u202etxt', '\u{fffd}txt'],
    ['\ud83d', '\u{fffd}'],
  ])('%j becomes %j', (text, expected) => expect(clip(text)).toBe(expected));
});

describe('the work grows no faster than the text', () => {
  const source = readFileSync(projectPath('src/tokens.ts'), 'utf8');
  const patterns = [...source.matchAll(/^const ([A-Z_]+) = \/(.*)\/[gu i]*;$/gm)].map(([, name = '', of = '']) => ({
    name,
    of,
  }));
  const repeating = patterns.filter(({ of }) => /[+*]|\{\d/.test(of.replace(/\[[^\]]*\]/g, 'x')));

  // A pattern that is looked for at every place must not run far from each of them.
  test.each(repeating)('$name starts at the start, or never fails after its first letter', ({ name, of }) =>
    expect(name === 'PIECES' || of.startsWith('^')).toBe(true),
  );

  // A repeated group begins with a separator that what stands before it cannot take: there is one way to match.
  test.each(repeating)('$name repeats a group only from a separator on', ({ of }) => {
    const groups = [...of.matchAll(/\((?:\?:)?((?:\[[^\]]*\]|[^()[])*)\)[+*]/g)].map(([, group = '']) => group);
    for (const group of groups) expect(group).toMatch(/^(\[[,;/+]+\]|,)/);
  });

  const hostile = [
    '1, ',
    '1 and ',
    'one hundred and ',
    'one ',
    'thousand ',
    'dozen ',
    '1,1 and ',
    '2 dozen, ',
    'and ',
    ', ',
  ];
  test.each(hostile)('however often “%s” is repeated, a number or a list is read from at most 64 places', (piece) => {
    let looked = 0;
    const all = read(piece.repeat(1300).slice(0, 4000));
    const watched = new Proxy(all, {
      get(target, key) {
        looked += 1;
        return Reflect.get(target, key);
      },
    });
    for (const at of [0, 1, 2, 3]) {
      looked = 0;
      listAt(watched, at);
      numberAt(watched, at);
      expect(looked).toBeLessThan(64 * 16);
    }
  });

  test('a word is compared with the units once', () => {
    for (const piece of ['a-', '1-a ', '=', 'aa=', '“', '(', '!', ',', '1,', '"a" ', 'ab:']) {
      let asked = 0;
      const text = piece.repeat(4000).slice(0, 4000);
      const found = tokens(text, () => {
        asked += 1;
        return false;
      });
      expect(asked).toBeLessThanOrEqual(found.length + 1);
    }
  });
});
