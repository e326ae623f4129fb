import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/answer.ts';
import { renderTeams } from '../../../src/platforms/teams/cards.ts';
import { ask, commands, projectPath } from '../../ask.ts';
import { all, faultsOf, shown } from './card-faults.ts';

const golden = (name: string) => projectPath(`test/golden/teams/${name}.json`);

/** JSON whose small values keep to one line. */
function json(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value);
  if (flat.length + indent.length <= 160 || typeof value !== 'object' || value === null) return flat;
  const inner = `${indent} `;
  const lines = Array.isArray(value)
    ? value.map((one) => inner + json(one, inner))
    : Object.entries(value).map(([key, one]) => `${inner}${JSON.stringify(key)}: ${json(one, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

/** Everything an answer can hold. */
const full: Answer = {
  mentions: [
    { id: '29:1abc-DEF_g', name: 'Ann O’Neill' },
    { id: 'bob@example.com', name: 'bob' },
  ],
  headline: 'Two hosts need 4 licences.',
  facts: [
    ['Release', 'Windows Server 2025'],
    ['Reading', '2 processors x 16 cores'],
  ],
  tables: [
    {
      title: 'By release',
      columns: ['Release', 'Licences'],
      rows: [
        ['2025', '4'],
        ['2022', ''],
      ],
    },
    { columns: ['Edition', 'Licences'], rows: [['Standard', '4']] },
  ],
  code: [{ language: 'powershell', filename: 'check.ps1', text: 'Get-VMHost |\n\n  Select-Object  Name' }],
  notes: ['I am not a licensing lawyer.'],
  sources: [
    { title: 'Product Terms', url: 'https://example.com/terms', checked: '2026-11-22' },
    { title: 'A printed book', checked: '2026-11-22' },
  ],
  buttons: [
    { label: 'The same for 2022', ask: '/license 2 hosts 2022', style: 'primary' },
    { label: 'Help', ask: '/help license' },
  ],
};

const form: Answer = {
  headline: 'Say what and when.',
  form: {
    title: 'Add a reminder',
    submit: 'Preview',
    ask: '/reminder add',
    fields: [
      {
        name: 'what',
        label: 'Chore',
        kind: 'choice',
        options: [
          { label: 'CSV defrag', value: 'defrag' },
          { label: 'AD backup', value: 'ad-backup' },
        ],
        initial: 'ad-backup',
      },
      { name: 'when', label: 'When', kind: 'words', hint: 'Such as every saturday 02:00.' },
      { name: 'owner', label: 'Owner', kind: 'person', lead: 'owner', initial: '<@29:1|ann>', optional: true },
      { name: 'note', label: 'Anything else?', kind: 'text', initial: 'No.', optional: true, long: true },
    ],
  },
};

describe.each([
  ['everything', full],
  ['form', form],
  ['refusal', await ask('/pr 8 hots')],
  ['reminder-form', await ask('/reminder add')],
])('the rendering of %s', (name, answer) => {
  test('is the one in the golden file', async () => {
    await expect(`${json(renderTeams(answer, { asked: '/again' }))}\n`).toMatchFileSnapshot(golden(name));
  });

  test('has no fault', () => expect(renderTeams(answer).flatMap(faultsOf)).toEqual([]));
});

/** What an answer says, in its order, as it is to be read on cards. */
function said({ headline, facts = [], tables = [], code = [], notes = [], sources = [], buttons = [] }: Answer) {
  return [
    headline,
    ...facts.flatMap(([label, value]) => [`${label}: `, value]),
    ...tables.flatMap(({ title, columns, rows }) => [...(title ? [title] : []), ...columns, ...rows.flat()]),
    ...code.flatMap(({ filename, text }) => [...(filename ? [filename] : []), ...text.split('\n')]),
    ...notes.flatMap((note) => ['• ', note]),
    ...(sources.length > 0 ? ['Sources'] : []),
    ...sources.flatMap(({ title, checked }) => ['• ', title, `, checked ${checked}`]),
    ...buttons.map(({ label }) => label),
  ];
}

/** Blanks that do not break stand for others, and for nothing. */
const plain = (texts: string[]) => texts.map((text) => text.replaceAll('\u00a0', ' ').trim());

describe.each(commands.flatMap(({ examples }) => examples))('the answer to “$ask”', ({ ask: text }) => {
  test('is one message without fault that says all of it, to the letter', async () => {
    const answer = await ask(text);
    const messages = renderTeams(answer);
    expect(messages.flatMap(faultsOf)).toEqual([]);
    expect(messages).toHaveLength(1);
    expect(plain(shown(messages[0]?.card))).toEqual(plain(said(answer)));
  });

  test('is the one in the golden file', async () => {
    const name = text.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '');
    await expect(`${json(renderTeams(await ask(text)))}\n`).toMatchFileSnapshot(golden(name));
  });
});

describe('people who are called', () => {
  const called = (...people: [id: string, name: string][]) => {
    const mentions = people.map(([id, name]) => ({ id, name }));
    const [{ card } = { card: undefined }] = renderTeams({ mentions, headline: 'CSV defrag is due.' });
    return { texts: shown(card), msteams: card?.msteams };
  };

  test('are mentioned before the headline', () => {
    const { texts, msteams } = called(['29:1', 'Ann'], ['0f0f0f0f-1111-4222-8333-444444444444', 'Bo']);
    expect(texts).toEqual(['<at>Ann</at>, <at>Bo</at>:', 'CSV defrag is due.']);
    expect(msteams).toEqual({
      width: 'Full',
      entities: [
        { type: 'mention', text: '<at>Ann</at>', mentioned: { id: '29:1', name: 'Ann' } },
        { type: 'mention', text: '<at>Bo</at>', mentioned: { id: '0f0f0f0f-1111-4222-8333-444444444444', name: 'Bo' } },
      ],
    });
  });

  test.each(['U1', 'ann@example.com', '29:', '29:a b', '19:abc@thread.tacv2', ''])('are only named by “%s”', (id) => {
    const { texts, msteams } = called([id, '<at>ann</at>']);
    expect(texts).toEqual(['@<at>ann</at>: ', 'CSV defrag is due.']);
    expect(msteams).toEqual({ width: 'Full' });
  });

  test.each([
    ['Ann</at> <at>Everyone', '<at>Ann at at Everyone</at>:'],
    ['**Ann** [x](https://evil.example) `y`', '<at>Ann x https evil.example y</at>:'],
    ['# Ann_Lee & <b>', '<at>Ann Lee b</at>:'],
    ['Ann &lt;at&gt;', '<at>Ann lt at gt</at>:'],
    ['O’Neill, Zoë-Ann Jr.', '<at>O’Neill, Zoë-Ann Jr.</at>:'],
    ['\u202e\u0007', '<at>somebody</at>:'],
  ])('cannot be anything else through the name “%s”', (name, text) => {
    expect(called(['29:1', name]).texts[0]).toBe(text);
  });

  test('are called once each, and by texts that differ', () => {
    const { texts } = called(['29:1', 'Ann'], ['29:1', 'Ann'], ['29:2', 'Ann']);
    expect(texts[0]).toBe('<at>Ann</at>, <at>Ann 2</at>:');
  });
});

describe('a table', () => {
  const rows = [['CSV1', 'a cell of somewhat more than forty characters in all', '']];
  const [message] = renderTeams({ headline: 'H.', tables: [{ title: 'T', columns: ['Name', 'Why', 'At'], rows }] });
  const [table] = all(message?.card, 'Table');

  test('gives a column the room of its longest word, and what is left to the one with more to say', () => {
    expect(table?.columns).toEqual([{ width: 7 }, { width: 34 }, { width: 5 }]);
  });

  test('of many columns has room for words alone', () => {
    const columns = ['Role', 'Level', 'CPU', 'Memory', 'Disk', 'With a local database'];
    const rows = [['Management server', 'recommended', '16-core, 2.66 GHz', '16 GB', '10 GB', 'not applicable']];
    const [wide] = renderTeams({ headline: 'H.', tables: [{ columns, rows }] });
    expect(all(wide?.card, 'Table')[0]?.columns).toEqual([13, 14, 8, 9, 7, 13].map((width) => ({ width })));
  });

  test('has runs in every cell, and a no-break space where one is empty', () => {
    expect(all(table, 'TableCell').map((cell) => all(cell, 'TextRun').map(({ text }) => text))).toEqual([
      ...[['Name'], ['Why'], ['At']],
      ...[['CSV1'], ['a cell of somewhat more than forty characters in all'], ['\u00a0']],
    ]);
  });
});

describe('code', () => {
  test('keeps its blank lines, and its blanks as wide as they are', () => {
    const text = 'if ($a) {\n\n  "b  c"\n\t# d\n}';
    const [message] = renderTeams({ headline: 'H.', code: [{ language: 'powershell', text }] });
    expect(shown(all(message?.card, 'Container'))).toEqual([
      ...['if ($a) {', '\u00a0', '\u00a0\u00a0"b\u00a0\u00a0c"', '\u00a0\u00a0\u00a0\u00a0# d', '}'],
    ]);
    expect(all(message?.card, 'TextRun').filter(({ fontType }) => fontType === 'Monospace')).toHaveLength(5);
  });
});

describe('a source', () => {
  const links = (url: string) =>
    all(renderTeams({ headline: 'H.', sources: [{ title: 'T', url, checked: '2026-11-22' }] }), 'Action.OpenUrl');

  test.each(['https://example.com/a?b=c#d', 'http://example.com'])('is a link to %s', (url) => {
    expect(links(url)).toEqual([{ type: 'Action.OpenUrl', url }]);
  });

  test.each(['javascript:alert(1)', 'msteams://x', 'https://a b', 'https://', `https://a/${'b'.repeat(2000)}`, ''])(
    'is no link to “%s”',
    (url) => expect(links(url)).toEqual([]),
  );
});

describe('buttons', () => {
  const buttons = Array.from({ length: 8 }, (_, i) => ({ label: `B${i}`, ask: `/pr ${i}` }));
  const [message] = renderTeams({ headline: 'H.', buttons });

  test('are in rows of six at most', () => {
    expect(all(message?.card, 'ActionSet').map(shown)).toEqual([
      ['B0', 'B1', 'B2', 'B3', 'B4', 'B5'],
      ['B6', 'B7'],
    ]);
  });

  test('carry the text they ask, for older clients too, and send nothing else of the card', () => {
    const data = { ask: '/pr 7' };
    expect(all(message?.card, 'Action.Execute').at(-1)).toEqual({
      type: 'Action.Execute',
      verb: 'ask',
      title: 'B7',
      data,
      associatedInputs: 'none',
      fallback: { type: 'Action.Submit', title: 'B7', data, associatedInputs: 'none' },
    });
  });

  test('are not offered for a text that is too long', () => {
    expect(all(renderTeams({ headline: 'H.', buttons: [{ label: 'B', ask: 'x'.repeat(1001) }] }), 'ActionSet')).toEqual(
      [],
    );
  });
});

describe('a form', () => {
  const [message] = renderTeams(form);

  test('takes the place of the answer, which is in the plain text', () => {
    expect(shown(message?.card)).not.toContain('Say what and when.');
    expect(message?.summary).toBe('Say what and when.');
  });

  test('says what is wrong in it above its button', () => {
    const [again] = renderTeams({ ...form, headline: 'Please say when.', problem: 'input' });
    const [wrong, submit] = again?.card.body.slice(-2) ?? [];
    expect(wrong).toEqual({
      type: 'RichTextBlock',
      spacing: 'Medium',
      inlines: [{ type: 'TextRun', text: 'Please say when.', color: 'Attention' }],
    });
    expect(submit).toMatchObject({ type: 'ActionSet' });
  });

  test('sends itself, to be put again with what was filled in', () => {
    const [submit] = all(message?.card, 'Action.Execute');
    expect(submit).toMatchObject({ verb: 'form', title: 'Preview', fallback: { type: 'Action.Submit' } });
    expect(submit).not.toHaveProperty('associatedInputs');
    expect(submit?.data).toEqual({
      form: {
        title: 'Add a reminder',
        submit: 'Preview',
        ask: '/reminder add',
        fields: [
          {
            name: 'what',
            label: 'Chore',
            kind: 'choice',
            options: [
              { label: 'CSV defrag', value: 'defrag' },
              { label: 'AD backup', value: 'ad-backup' },
            ],
          },
          { name: 'when', label: 'When', kind: 'words', hint: 'Such as every saturday 02:00.' },
          { name: 'owner', label: 'Owner', kind: 'person', lead: 'owner', optional: true },
          { name: 'note', label: 'Anything else?', kind: 'text', optional: true, long: true },
        ],
      },
    });
  });
});

describe('the plain text of a message', () => {
  test('says who is called, what was asked and the answer', () => {
    const [message] = renderTeams(
      { mentions: [{ id: '29:1', name: 'ann' }], headline: 'H.' },
      { asked: '/pr 2 hosts' },
    );
    expect(message?.summary).toBe('Asked: /pr 2 hosts\n\n@ann: H.');
    expect(shown(message?.card)).toEqual(['Asked: ', '/pr 2 hosts', '<at>ann</at>:', 'H.']);
  });
});
