import { describe, expect, test } from 'vitest';
import { renderText } from '../../src/platforms/text.ts';
import { ask, commands, projectPath } from '../ask.ts';

describe('the plain text of an answer', () => {
  test('leads with the headline and keeps the fields in their order', () => {
    const text = renderText({
      buttons: [{ label: 'More', ask: '/help' }],
      sources: [{ title: 'A document', url: 'https://example.com/a', checked: '2026-11-22' }],
      notes: ['A note.'],
      code: [{ language: 'powershell', text: 'Get-ClusterNode\n\nGet-VM' }],
      tables: [
        {
          title: 'Hosts',
          columns: ['Name', 'Cores'],
          rows: [
            ['one', '16'],
            ['another', '8'],
          ],
        },
      ],
      facts: [['Fact', 'value']],
      headline: 'The answer.',
    });
    expect(text).toBe(`The answer.

Fact: value

Hosts
Name     Cores
-------  -----
one      16
another  8

    Get-ClusterNode

    Get-VM

- A note.

Source: A document, checked 2026-11-22, https://example.com/a

Next: /help (More)`);
  });

  test('names whom it calls before the headline', () => {
    const people = [
      { id: 'U1', name: 'ann' },
      { id: 'U2', name: '' },
    ];
    expect(renderText({ mentions: people, headline: 'CSV defrag is due.' })).toBe('@ann, @U2: CSV defrag is due.');
  });

  test('ends with the file of the answer, its text indented', () => {
    const file = { filename: 'history.csv', text: 'when,who\r\nmonday,ann\r\n' };
    expect(renderText({ headline: 'The history.', file })).toBe(
      'The history.\n\nhistory.csv\n    when,who\n    monday,ann',
    );
  });

  test('wraps long cells so that a table stays within 100 columns', () => {
    const cell = 'word '.repeat(30).trim();
    const text = renderText({ headline: 'H.', tables: [{ columns: ['A', 'B'], rows: [[cell, cell]] }] });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(text.match(/word/g)).toHaveLength(60);
  });

  test('lets no terminal escape, control character or change of writing direction through', () => {
    const text = renderText({ headline: 'a\u001b[31mred\u0007\u0000b\u202ec', notes: ['\u009b2J'] });
    expect(text).toBe('a[31mredbc\n\n- 2J');
  });
});

// Looked at by eye; a change here is a change of what people read.
describe('golden text', () => {
  test.each(commands.map(({ name, examples: [example] }) => ({ name, text: example.ask })))(
    'of $text',
    async ({ name, text }) => {
      await expect(`${renderText(await ask(text))}\n`).toMatchFileSnapshot(projectPath(`test/golden/text/${name}.txt`));
    },
  );
});
