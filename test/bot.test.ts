import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { count, rest } from '../src/arguments.ts';
import { createBot } from '../src/bot.ts';
import { type Command, command } from '../src/command.ts';
import { UserError } from '../src/errors.ts';
import { ask, bot, commands, knowledge, request } from './ask.ts';

type Logged = { err: unknown; reference: string };
const log: Logged[] = [];
afterEach(() => log.splice(0));

const examples: Command['examples'] = [{ ask: '/it', headline: 'It.' }];
const free = z.object({ words: rest({ label: 'words', show: 'WORDS' }).optional() });
const its = (name: string, answer: Parameters<typeof command<typeof free>>[0]['answer'], aliases: string[] = []) =>
  command({ name, aliases, summary: `the command ${name}`, args: free, examples, answer });

const own = createBot({
  commands: [
    ...commands.filter(({ name }) => name === 'help'),
    its('echo', ({ words = '' }, { request: { user } }) => ({ headline: `${user.name}: ${words}.` }), ['say']),
    its('refuse', () => {
      throw new UserError('Please ask for something else.', [{ label: 'Else', ask: '/echo else' }]);
    }),
    its('late', async () => await Promise.reject(new UserError('Too late.'))),
    its('throw', () => {
      throw new TypeError('the disk is on fire');
    }),
    its('reject', async () => await Promise.reject(new Error('the network is down'))),
    its('odd', async () => await Promise.reject('a string')),
    command({
      name: 'size',
      summary: 'counts hosts',
      args: z.object({ hosts: count({ label: 'hosts', show: 'N hosts', units: ['hosts'], max: 9 }) }),
      examples,
      answer: ({ hosts }) => ({ headline: `${hosts}.` }),
    }),
  ],
  knowledge,
  log: { error: ({ err, reference }) => log.push({ err, reference }) },
});
const askOwn = (text: string) => own.ask(request(text));

describe('a command is found', () => {
  test.each([
    ['/echo hello', 'hello'],
    ['echo hello', 'hello'],
    ['/ECHO hello', 'hello'],
    ['  /Echo   hello  ', 'hello'],
    ['/say hello', 'hello'],
    ['SAY hello', 'hello'],
    ['/echo\nhello\nyou', 'hello\nyou'],
    ['/echo', ''],
  ])('by name or alias in any case: %j', async (text, words) =>
    expect(await askOwn(text)).toEqual({ headline: `the person who asks: ${words}.` }),
  );

  test('by every name and alias of this installation', async () => {
    for (const { name, aliases = [] } of commands)
      for (const word of [name, ...aliases])
        expect((await ask(`/${word.toUpperCase()} help`)).headline).toMatch(new RegExp(`^/${name}: `));
  });

  test('without looking at the other commands', async () => {
    let looked = 0;
    const many = Array.from({ length: 200 }, (_, i) => its(`command-${'x'.repeat(i)}`, () => ({ headline: 'Yes.' })));
    const get = (one: Command, key: string | symbol) => {
      looked += 1;
      return Reflect.get(one, key);
    };
    const watched = many.map((one) => new Proxy(one, { get }));
    const large = createBot({ commands: watched, knowledge, log: { error: () => undefined } });
    looked = 0;
    expect((await large.ask(request(`/command-${'x'.repeat(150)}`))).headline).toBe('Yes.');
    expect(looked).toBeLessThanOrEqual(2);
  });
});

describe('an unknown word', () => {
  test('is answered with the nearest command and a button that keeps the rest of the text', async () => {
    const answer = await ask('/lisence cluster 2 hosts 8 vms');
    expect(answer.headline).toBe('I don’t know the command “lisence”; did you mean /license?');
    expect(answer.buttons?.[0]).toEqual({ label: 'Try /license', ask: '/license cluster 2 hosts 8 vms' });
    expect(answer.problem).toBe('input');
  });

  test('is answered with a command that knows the word, where no command is like it', async () => {
    for (const text of ['csvs 2 hosts', '/csvs 2 hosts']) {
      const { headline, buttons } = await ask(text);
      expect(headline).toBe('I don’t know the command “csvs”; did you mean /pr?');
      expect(buttons?.[0]).toEqual({ label: 'Try /pr', ask: '/pr csvs 2 hosts' });
    }
  });

  test('is answered with the way to the help where nothing is like it', async () =>
    expect(await ask('/xylophone 2 hosts')).toEqual({
      headline: 'I don’t know the command “xylophone”.',
      buttons: [{ label: 'What can I ask?', ask: '/help' }],
      problem: 'input',
    }));

  test('leaves the button out where the rest is too long for one', async () => {
    const { buttons } = await ask(`/lisence ${'x'.repeat(1500)}`);
    expect(buttons?.map(({ label }) => label)).toEqual(['What can I ask?']);
  });

  test.each(['', '   ', '/'])('is missing in %j', async (text) =>
    expect((await ask(text)).headline).toBe('Please ask me something.'),
  );
});

describe('help behind a command', () => {
  test.each([
    '/license help',
    '/license HELP',
    '/licence --help',
    'license -h',
    '/license ?',
    '/help license',
    '/help /LICENSE',
  ])('“%s” is the help of that command', async (text) => {
    const answer = await ask(text);
    expect(answer.headline).toMatch(/^\/license: /);
    expect(answer.problem).toBeUndefined();
    expect(answer).toEqual(await ask('/help license'));
  });

  test('is the command’s own business where more follows', async () =>
    expect((await askOwn('/echo help me')).headline).toBe('the person who asks: help me.'));

  test('of an unknown command suggests the nearest one', async () => {
    const { headline, buttons } = await ask('/help lisence');
    expect(headline).toBe('I have no help on “lisence”; did you mean “license”?');
    expect(buttons).toEqual([{ label: 'Help on /license', ask: '/help license' }]);
  });
});

describe('what a person can change', () => {
  test('is said in the command’s own sentence, with usage, example and buttons, and is not logged', async () => {
    expect(await askOwn('/refuse it')).toEqual({
      headline: 'Please ask for something else.',
      facts: [
        ['Usage', '/refuse [WORDS]'],
        ['Example', '/it'],
      ],
      buttons: [{ label: 'Else', ask: '/echo else' }],
      problem: 'input',
    });
    expect((await askOwn('/late')).headline).toBe('Too late.');
    expect(log).toEqual([]);
  });

  test('comes with a button to the help where the command has none of its own', async () => {
    const { headline, buttons } = await askOwn('/size');
    expect(headline).toBe('Please add hosts, for example “N hosts”.');
    expect(buttons).toEqual([{ label: 'Help on /size', ask: '/help size' }]);
  });

  test('includes the length of the text: 4,000 characters are read, more are not', async () => {
    const fits = `/echo ${'x'.repeat(3994)}`;
    expect((await askOwn(fits)).problem).toBeUndefined();
    expect(await askOwn(`${fits}x`)).toMatchObject({
      headline: 'That is too long for me to read: please ask in one or two lines.',
      facts: [
        ['Usage', '/echo [WORDS]'],
        ['Example', '/it'],
      ],
      problem: 'input',
    });
    expect(await askOwn('x'.repeat(40_000))).toMatchObject({ problem: 'input' });
  });
});

describe('a fault of ours', () => {
  const secret = 'my-private-words 4711';

  test.each([
    ['/throw', new TypeError('the disk is on fire')],
    ['/reject', new Error('the network is down')],
    ['/odd', 'a string'],
  ])('%s is logged whole, with the reference that the answer shows', async (name, err) => {
    const answer = await askOwn(`${name} ${secret}`);
    expect(log).toEqual([{ err, reference: expect.stringMatching(/^[0-9a-f]{8}$/) }]);
    expect(answer).toEqual({
      headline: `Sorry, that went wrong on my side. Please tell whoever runs me the reference ${log[0]?.reference}.`,
      problem: 'fault',
    });
  });

  test('has another reference each time', async () => {
    await askOwn('/throw');
    await askOwn('/throw');
    expect(log[0]?.reference).not.toBe(log[1]?.reference);
  });

  test('says nothing of the error to people, and nothing of what they typed to the log', async () => {
    const answer = await askOwn(`/throw ${secret}`);
    const entry = log.map(
      ({ err, reference }) => `${reference} ${err instanceof Error ? err.stack : err} ${JSON.stringify(err)}`,
    );
    expect(JSON.stringify(answer)).not.toContain('fire');
    expect(entry.join()).toContain('the disk is on fire');
    expect(entry.join()).not.toContain('my-private-words');
  });
});

test('the commands can be read from the bot', () => expect(bot.commands).toBe(commands));

describe('what an installation sets', () => {
  const ours = createBot({
    commands,
    knowledge,
    log: { error: () => {} },
    defaultRelease: '2012 R2',
    timeZone: 'Pacific/Auckland',
  });

  test('the release answers where none is named, and every other release keeps its row', async () => {
    const { headline, tables } = await ours.ask(request('/license 2 hosts 8 vms'));
    expect(headline).toBe(
      'Windows Server 2012 R2, 2 hosts, 8 VMs: Standard 4 licences per host (8 in all) or Datacenter 1 licence per host (2 in all).',
    );
    expect(tables?.[0]?.rows).toHaveLength(4);
    expect((await ours.ask(request('/vmm databases'))).headline).toContain('VMM 2012 R2');
    expect((await ours.ask(request('/av exclusions'))).headline).toContain('Windows Server 2012 R2');
    expect((await ours.ask(request('/license 2 hosts 8 vms 2022'))).headline).toContain('Windows Server 2022');
  });

  test('the time zone decides the day', async () => {
    // 22 November, 20:00 in UTC, is the 23rd in Auckland.
    const asked = { ...request('/av policy'), now: new Date('2026-11-22T20:00:00Z') };
    expect((await ours.ask(asked)).code?.[0]?.text).toContain('Date: 23 November 2026');
  });
});
