import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { choice, choices, count, counts, flag, groups, question, rest, text, texts, usage } from '../src/arguments.ts';
import { UserError } from '../src/errors.ts';
import { grammar } from '../src/grammar.ts';
import { nearest, readArguments } from '../src/reader.ts';

const named = (label: string) => ({ label, show: label });
const perHost = ['per host', 'each', 'a host'];
const processors = count({ ...named('processors'), units: ['procs', 'proc', 'sockets', 'socket'], max: 64 });
const cores = {
  ...named('cores'),
  units: ['cores', 'core', 'physical cores'],
  after: { '': ['each'], processor: ['per processor'], host: ['per host'], all: ['in all'] },
  setsKey: 'coresPer',
  max: 1024,
};
const coresPer = choice({ processor: [], host: [], all: [] }, named('what the cores are counted over'));

const args = z.object({
  hosts: count({
    label: 'hosts',
    show: 'N hosts',
    question: 'How many hosts are there, for example “2 hosts”?',
    units: ['hosts', 'host', 'nodes', 'node'],
    max: 3000,
  }).optional(),
  vms: count({
    ...named('VMs'),
    units: ['vms', 'vm', 'virtual machines'],
    after: { '': perHost },
    min: 0,
    max: 9999,
  }).optional(),
  processors: processors.optional(),
  cores: counts(cores).optional(),
  coresPer: coresPer.optional(),
  each: groups(z.object({ processors, cores: count(cores).optional(), coresPer: coresPer.optional() }), {
    ...named('unequal hosts'),
    leads: ['host'],
  }).optional(),
  limit: count({ ...named('limit'), leads: ['limit', 'pr limit'], after: { '': ['prs'] }, max: 10_000 }).optional(),
  cap: count({ ...named('cap'), leads: ['cap'], after: { '': ['vms', 'vms per host'] }, max: 100 }).optional(),
  topic: choice({ sizing: ['sizing'], hosts: ['hosts'], ha: ['ha', 'high availability'] }, named('topic')).optional(),
  release: choice(
    {
      '2008 R2': ['2008 r2', '2008r2'],
      '2012': ['2012'],
      '2012 R2': ['2012 r2', '2012r2'],
      '2022': ['2022', 'server 2022'],
    },
    named('release'),
  ).optional(),
  roles: choices({ vmm: ['vmm'], sql: ['sql', 'sql server'] }, named('roles')).optional(),
  bare: flag(['bare metal', 'bare-metal'], named('bare metal')).default(false),
  array: text({ ...named('array'), leads: ['array'], max: 20 }).optional(),
  paths: texts({ ...named('folders'), leads: ['path'], shape: /^[a-z]:\\/i, max: 30 }).optional(),
  code: text({ ...named('error code'), leads: ['error'], shape: /^0[x×][0-9a-f]{8}$/i }).optional(),
});
const known = grammar(args);

function read(words: string) {
  const { bare, ...given } = readArguments(words, args, known);
  return bare ? { ...given, bare } : given;
}

/** The sentence that a text is refused with. */
function refusal(words: string, schema: z.ZodObject = args): string {
  try {
    return `understood: ${JSON.stringify(readArguments(words, schema, grammar(schema)))}`;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

describe('a number takes the unit that follows it', () => {
  test.each([
    ['2 hosts 8 vms', { hosts: 2, vms: 8 }],
    ['8 VMs, 2 Nodes', { hosts: 2, vms: 8 }],
    ['1 host', { hosts: 1 }],
    ['200-host', { hosts: 200 }],
    ['8vms', { vms: 8 }],
    ['1,000 hosts', { hosts: 1000 }],
    ['a dozen hosts', { hosts: 12 }],
    ['two dozen hosts', { hosts: 24 }],
    ['one hundred and fifty hosts and two hundred vms', { hosts: 150, vms: 200 }],
    ['a two-node', { hosts: 2 }],
    ['dual socket', { processors: 2 }],
    ['dual-socket', { processors: 2 }],
    ['4 virtual machines', { vms: 4 }],
    ['2 x hosts', { hosts: 2 }],
    ['0 vms', { vms: 0 }],
    ['8 vms per host', { vms: 8 }],
    ['2022 hosts 5 vms', { release: '2022', topic: 'hosts', vms: 5 }],
  ])('“%s”', (words, expected) => {
    expect(read(words)).toEqual(expected);
  });
});

describe('a unit takes the number that it gives with “=” or “:”', () => {
  test.each([
    ['hosts=2 vms=8', { hosts: 2, vms: 8 }],
    ['hosts: 2, vms: 8', { hosts: 2, vms: 8 }],
    ['hosts = 2 vms =8', { hosts: 2, vms: 8 }],
    ['hosts=two', { hosts: 2 }],
    ['virtual machines=4', { vms: 4 }],
    ['hosts=2, 8 vms', { hosts: 2, vms: 8 }],
    ['cores=16 per host', { cores: [16], coresPer: 'host' }],
    ['cores=16,16,32', { cores: [16, 16, 32] }],
    ['hosts=3, 16 cores', { hosts: 3, cores: [16] }],
    ['2022 hosts=2', { release: '2022', hosts: 2 }],
    ['release=2022 hosts=2', { release: '2022', hosts: 2 }],
  ])('“%s”', (words, expected) => expect(read(words)).toEqual(expected));
});

describe('words of a value find their key', () => {
  test.each([
    ['2022', { release: '2022' }],
    ['2012', { release: '2012' }],
    ['2012 r2', { release: '2012 R2' }],
    ['2012R2', { release: '2012 R2' }],
    ['2 hosts 2012 R2 8 vms', { hosts: 2, release: '2012 R2', vms: 8 }],
    ['windows server 2022', { release: '2022' }],
    ['2022, 2 hosts, 8 vms', { release: '2022', hosts: 2, vms: 8 }],
    ['2 hosts 2022, 16 and 32 cores', { hosts: 2, release: '2022', cores: [16, 32] }],
    ['High Availability', { topic: 'ha' }],
    ['sql server and vmm, sql', { roles: ['sql', 'vmm'] }],
    ['bare-metal', { bare: true }],
    ['bare metal', { bare: true }],
    ['2022 2022', { release: '2022' }],
  ])('“%s”', (words, expected) => expect(read(words)).toEqual(expected));
});

describe('a word that is a unit and a value', () => {
  test.each([
    ['2022 hosts', { release: '2022', topic: 'hosts' }],
    ['sizing 2022 hosts', { topic: 'sizing', hosts: 2022 }],
    ['sizing 2022 hosts 2012', { topic: 'sizing', hosts: 2022, release: '2012' }],
    ['200 hosts', { hosts: 200 }],
    ['hosts 2022', { topic: 'hosts', release: '2022' }],
    ['2012 r2 hosts', { release: '2012 R2', topic: 'hosts' }],
    ['sizing 2012r2 5 hosts', { topic: 'sizing', release: '2012 R2', hosts: 5 }],
    ['hosts=2', { hosts: 2 }],
  ])('“%s”', (words, expected) => expect(read(words)).toEqual(expected));
});

describe('cores', () => {
  test.each([
    ['16 cores', { cores: [16] }],
    ['16 cores each', { cores: [16] }],
    ['16 cores per processor', { cores: [16], coresPer: 'processor' }],
    ['16-core per host', { cores: [16], coresPer: 'host' }],
    ['16 physical cores in all 2 hosts', { cores: [16], coresPer: 'all', hosts: 2 }],
    ['2 procs x 16 cores', { processors: 2, cores: [16] }],
    ['hosts 16,16,32 cores', { hosts: 3, cores: [16, 16, 32] }],
    ['hosts 16, 16 and 32 cores per host', { hosts: 3, cores: [16, 16, 32], coresPer: 'host' }],
    ['hosts 16 and 32 cores', { hosts: 2, cores: [16, 32] }],
    ['2022 hosts 16,16,32 cores', { release: '2022', hosts: 3, cores: [16, 16, 32] }],
    ['3 hosts 16,16,32 cores', { hosts: 3, cores: [16, 16, 32] }],
    ['3 hosts, 16, 16, 32 cores', { hosts: 3, cores: [16, 16, 32] }],
    ['2 hosts and 16 cores', { hosts: 2, cores: [16] }],
  ])('“%s”', (words, expected) => expect(read(words)).toEqual(expected));
});

describe('groups', () => {
  const two = [
    { processors: 2, cores: 18 },
    { processors: 4, cores: 8 },
  ];
  test.each([
    ['host 2 procs 18 cores host 4 procs 8 cores', { each: two }],
    ['host with 2 procs and 18 cores, host with 4 procs and 8 cores', { each: two }],
    ['host procs=2 cores=18; host 4 procs 8 cores', { each: two }],
    ['host 2 procs 18 cores host 4 procs 8 cores 12 vms', { each: two, vms: 12 }],
    ['2022 host 2 procs 18 cores host 4 procs 8 cores', { each: two, release: '2022' }],
    ['host 2 procs 36 cores per host', { each: [{ processors: 2, cores: 36, coresPer: 'host' }] }],
    ['1 host 2 procs 18 cores', { hosts: 1, processors: 2, cores: [18] }],
  ])('“%s”', (words, expected) => expect(read(words)).toEqual(expected));

  test.each([
    ['host 2 procs 2 procs', 'You gave processors twice: please say which one counts.'],
    ['host 99 procs', 'For processors, please give a whole number from 1 to 64.'],
    ['host 2 procs 18', 'Please say what “18” counts: no unit follows it.'],
    ['host 2 procs 16,16 cores', 'Please give one number instead of the list “16,16 cores”.'],
    ['host 2 procs '.repeat(65), 'For unequal hosts, please give at most 64.'],
    ['host', '“host” needs its number in front of it, for example “2 host”.'],
  ])('“%s” is refused', (words, sentence) => expect(refusal(words)).toBe(sentence));
});

describe('words that stand in front of their value', () => {
  test.each([
    ['limit 128', { limit: 128 }],
    ['limit of 128 prs', { limit: 128 }],
    ['limit=128', { limit: 128 }],
    ['limit: 1,000', { limit: 1000 }],
    ['pr limit 128', { limit: 128 }],
    ['limit 128, 2 hosts', { limit: 128, hosts: 2 }],
    ['cap 10 vms', { cap: 10 }],
    ['cap 10 vms per host 40 vms', { cap: 10, vms: 40 }],
    ['cap ten 40 vms', { cap: 10, vms: 40 }],
    ['array istgt', { array: 'istgt' }],
    ['array "HP P4000"', { array: 'HP P4000' }],
    ['array=“the HP” 2 hosts', { array: 'the HP', hosts: 2 }],
    ['array "windows"', { array: 'windows' }],
    ['path "D:\\My VMs" path E:\\VMs', { paths: ['D:\\My VMs', 'E:\\VMs'] }],
    ['path=D:\\VMs', { paths: ['D:\\VMs'] }],
    ['error 0x800704C8', { code: '0x800704C8' }],
    ['error=0x800704C8', { code: '0x800704C8' }],
  ])('“%s”', (words, expected) => expect(read(words)).toEqual(expected));

  test.each([
    ['limit', '“limit” needs a number behind it, for example “limit 2”.'],
    ['limit prs', '“limit” needs a number behind it, for example “limit 2”.'],
    ['array', '“array” needs a value behind it.'],
    ['array ""', 'For array, please give at least one character and at most 20.'],
    [`array ${'x'.repeat(21)}`, 'For array, please give at least one character and at most 20.'],
    [Array.from({ length: 21 }, (_, i) => `path D:\\${i}`).join(' '), 'For folders, please give at most 20.'],
    ['limit 1 limit 1', 'You gave limit twice: please say which one counts.'],
    ['array istgt array freenas', 'You gave array twice: please say which one counts.'],
  ])('“%s” is refused', (words, sentence) => {
    expect(refusal(words)).toBe(sentence);
  });
});

describe('a text that is known by its look needs no word in front', () => {
  test.each([
    ['0x800704C8', { code: '0x800704C8' }],
    ['0×800704C8.', { code: '0×800704C8' }],
    ['D:\\VMs, E:\\VMs', { paths: ['D:\\VMs', 'E:\\VMs'] }],
    ['"D:\\My VMs"', { paths: ['D:\\My VMs'] }],
  ])('“%s”', (words, expected) => expect(read(words)).toEqual(expected));
});

describe('nothing is dropped silently', () => {
  test.each([
    ['8 hots', 'I don’t know what “hots” means here; did you mean “hosts”?'],
    ['8 of hots', 'I don’t know what “hots” means here; did you mean “hosts”?'],
    ['2 hosts banana', 'I don’t know what “banana” means here.'],
    ['2 hosts 😀', 'I don’t know what “😀” means here.'],
    ['2 hosts ???', 'I don’t know what “???” means here.'],
    ['2 hosts, , ,', 'I don’t know what “,” means here.'],
    ['2 hosts "quoted"', 'I don’t know what “quoted” means here.'],
    ['"2" hosts', 'I don’t know what “2” means here.'],
    ['2 hosts __proto__', 'I don’t know what “__proto__” means here.'],
    ['2 hosts constructor', 'I don’t know what “constructor” means here.'],
    ['128', 'Please say what “128” counts: no unit follows it.'],
    ['8 2 hosts', 'Please say what “8” counts: no unit follows it.'],
    ['8 sizing', 'Please say what “8” counts: no unit follows it.'],
    ['two three hosts', 'Please say what “two” counts: no unit follows it.'],
    ['hosts 3, 16 cores sizing', 'Please say what “3” counts: no unit follows it.'],
    ['vms 8', '“vms” needs its number in front of it, for example “2 vms”.'],
    ['hosts=', '“hosts” needs a number behind it, for example “hosts 2”.'],
    ['hosts= vms', '“hosts” needs a number behind it, for example “hosts 2”.'],
    ['hosts hosts hosts', '“hosts” needs its number in front of it, for example “2 hosts”.'],
    ['hosts=2,3', 'Please give one number instead of the list “2,3”.'],
    ['vms 16,32 cores 8 vms', 'You gave VMs twice: please say which one counts.'],
  ])('“%s”', (words, sentence) => expect(refusal(words)).toBe(sentence));
});

describe('values that cannot be', () => {
  const plain = 'please write a plain whole number, such as “2” or “1,000”.';
  test.each([
    ['-3 hosts', `I can’t use “-3 hosts”: ${plain}`],
    ['1e9 vms', `I can’t use “1e9 vms”: ${plain}`],
    ['2.5 hosts', `I can’t use “2.5 hosts”: ${plain}`],
    ['1,00 hosts', `I can’t use “1,00 hosts”: ${plain}`],
    ['½ hosts', `I can’t use “½ hosts”: ${plain}`],
    ['２ hosts', `I can’t use “２ hosts”: ${plain}`],
    ['٣ hosts', `I can’t use “٣ hosts”: ${plain}`],
    ['0x10 hosts', `I can’t use “0x10 hosts”: ${plain}`],
    ['hosts=-3', `I can’t use “-3”: ${plain}`],
    ['-3 hots', `I can’t use “-3”: ${plain}`],
    ['0 hosts', 'For hosts, please give a whole number from 1 to 3,000.'],
    [`${'9'.repeat(400)} hosts`, 'For hosts, please give a whole number from 1 to 3,000.'],
    ['16,0 cores', `I can’t use “16,0 cores”: ${plain}`],
    ['16,4000 cores', 'For cores, please give a whole number from 1 to 1,024.'],
    ['2 hosts 2 hosts', 'You gave hosts twice: please say which one counts.'],
    ['2 hosts hosts=3', 'You gave hosts twice: please say which one counts.'],
    ['sizing ha', 'You gave topic twice: please say which one counts.'],
    ['2012 2022', 'You gave release twice: please say which one counts.'],
    ['16 cores per host per processor', 'You gave what the cores are counted over twice: please say which one counts.'],
    ['2017', 'I know no release “2017” here, only 2008 R2, 2012, 2012 R2 and 2022.'],
    ['2 hosts 2021 8 vms', 'I know no release “2021” here, only 2008 R2, 2012, 2012 R2 and 2022.'],
  ])('“%s”', (words, sentence) => expect(refusal(words)).toBe(sentence));
});

describe('a missing value is asked for', () => {
  test('by its own question', () =>
    expect(refusal('', z.object({ hosts: count({ ...named('hosts'), question: 'How many?', max: 9 }) }))).toBe(
      'How many?',
    ));

  test('or by its name and how it is written', () => {
    expect(refusal('', z.object({ hosts: count({ label: 'the hosts', show: 'N hosts', max: 9 }) }))).toBe(
      'Please add the hosts, for example “N hosts”.',
    );
    expect(question(args.shape.hosts)).toBe('How many hosts are there, for example “2 hosts”?');
  });
});

test('a command with a rest takes all that was typed, unread', () => {
  const schema = z.object({ topic: rest({ label: 'a topic', show: 'TOPIC' }).optional() });
  const of = (words: string) => readArguments(words, schema, grammar(schema)).topic;
  expect(of('  2 hots, "x  ')).toBe('2 hots, "x');
  expect(of('  ')).toBeUndefined();
});

test('the usage line shows each argument, those that may be left out in brackets', () =>
  expect(
    usage('pr', z.object({ a: count({ ...named('N a'), max: 2 }), b: flag(['b'], named('b')).default(false) })),
  ).toBe('/pr N a [b]'));

test('a schema that the builders did not make is refused when the command is defined', () =>
  expect(() => grammar(z.object({ a: z.string() }))).toThrow('an argument was not made by arguments.ts'));

describe('the nearest word', () => {
  test.each([
    ['hots', 'hosts'],
    ['lisence', 'license'],
    ['hst', 'hosts'],
    ['pr', 'pr'],
    ['px', undefined],
    ['banana', undefined],
    ['', undefined],
    ['hosts'.repeat(9), undefined],
  ])('to “%s” is %s', (word, expected) => expect(nearest(word, ['hosts', 'license', 'pr'])).toBe(expected));

  test('among no words is none', () => expect(nearest('hosts', [])).toBeUndefined());
});
