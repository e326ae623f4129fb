import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/answer.ts';
import { filesOf, renderSlack } from '../../../src/platforms/slack/blocks.ts';
import { ask, commands, projectPath } from '../../ask.ts';
import { faultsOf, leaves } from './block-limits.ts';

const golden = (name: string) => projectPath(`test/golden/slack/${name}.json`);
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** Everything an answer can hold. */
const full: Answer = {
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
    { title: 'By edition', columns: ['Edition', 'Licences'], rows: [['Standard', '4']] },
  ],
  code: [{ language: 'powershell', filename: 'check.ps1', text: 'Get-VMHost |\n  Select-Object Name' }],
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

const hostile = '<!channel> <@U1> <https://evil.example|your bank> &lt; *bold* `code` \u0007\u202e';

describe.each([
  ['everything', full],
  ['refusal', await ask('/pr 8 hots')],
  ['reservations', await ask('/pr 2 hosts 2 channels 4 csvs')],
  ['licences', await ask('/license cluster 2 hosts 8 vms')],
  ['sizing', await ask('/vmm sizing 200 hosts')],
  ['antivirus', await ask('/av exclusions')],
  ['help', await ask('/help pr')],
])('the rendering of %s', (name, answer) => {
  test('is the one in the golden file', async () => {
    await expect(json(renderSlack(answer, { show: '/again' }))).toMatchFileSnapshot(golden(name));
  });
});

describe.each(commands.flatMap(({ examples }) => examples))('the answer to “$ask”', ({ ask: text }) => {
  test('is within every limit of Slack and needs no shortening', async () => {
    const { messages, attachment } = renderSlack(await ask(text), { show: text });
    expect(messages.flatMap(faultsOf)).toEqual([]);
    expect(messages.length).toBeLessThanOrEqual(5);
    expect(attachment).toBeUndefined();
  });
});

const repeat = <Item>(count: number, item: (i: number) => Item) => Array.from({ length: count }, (_, i) => item(i));
const nasty = (length: number) => '"\\<&😀\u0007'.repeat(length).slice(0, length);

describe.each<[string, Answer]>([
  ['a long headline', { headline: nasty(20_000) }],
  ['a thousand facts', { headline: 'H.', facts: repeat(1000, (i) => [`Fact ${i}`, nasty(100)]) }],
  ['a long fact', { headline: 'H.', facts: [[nasty(5000), nasty(50_000)]] }],
  ['a long table', { headline: 'H.', tables: [{ columns: ['A', 'B'], rows: repeat(1000, () => [nasty(9), '']) }] }],
  ['wide cells', { headline: 'H.', tables: [{ columns: ['A', 'B'], rows: repeat(9, () => [nasty(9999), nasty(9)]) }] }],
  [
    'many columns',
    { headline: 'H.', tables: [{ columns: repeat(50, String), rows: repeat(5, () => repeat(50, () => nasty(300))) }] },
  ],
  ['many tables', { headline: 'H.', tables: repeat(12, () => ({ columns: ['A'], rows: [['1']] })) }],
  ['a long script', { headline: 'H.', code: [{ language: 'powershell', text: `${nasty(79)}\n`.repeat(2000) }] }],
  ['a script of one line', { headline: 'H.', code: [{ language: 'text', text: nasty(40_000) }] }],
  ['many long notes', { headline: 'H.', notes: repeat(200, () => nasty(4000)) }],
  ['many sources', { headline: 'H.', sources: repeat(300, () => ({ title: nasty(900), checked: '2026-11-22' })) }],
  [
    'many buttons',
    { headline: 'H.', buttons: repeat(60, (i) => ({ label: nasty(200), ask: `/pr ${nasty(i * 50)}` })) },
  ],
  ['empty strings', { headline: '', facts: [['', '']], notes: [''], tables: [{ columns: [''], rows: [['']] }] }],
])('%s', (_, answer) => {
  const rendered = renderSlack(answer, { show: nasty(2000), asked: { userId: 'U1', text: nasty(4000) } });

  test('is within every limit of Slack', () => {
    expect(rendered.messages.flatMap(faultsOf)).toEqual([]);
    expect(rendered.messages.length).toBeLessThanOrEqual(5);
  });

  test('keeps the buttons, on the last message', () => {
    expect(rendered.messages.at(-1)?.blocks.at(-1)?.type).toBe('actions');
  });
});

describe('an answer that is too long', () => {
  const rows = repeat(1000, (i) => [`host-${i}`]);
  const rendered = renderSlack({ headline: 'Many hosts.', tables: [{ columns: ['Host'], rows }] });

  test('says that it was shortened and where the whole of it is', () => {
    expect(JSON.stringify(rendered.messages.at(-1)?.blocks)).toContain('clusterwise-answer.txt');
  });

  test('is attached whole', () => {
    expect(rendered.attachment?.filename).toBe('clusterwise-answer.txt');
    expect(rendered.attachment?.content).toContain('host-0');
    expect(rendered.attachment?.content).toContain('host-999');
  });

  test('uses no more posts than it is given', () => {
    const { messages } = renderSlack({ headline: 'H.', tables: [{ columns: ['Host'], rows }] }, { posts: 4 });
    expect(messages).toHaveLength(4);
  });
});

describe('a table', () => {
  test('of 150 rows goes on in a second message, with its headings', () => {
    const rows = repeat(150, (i) => [`${i}`]);
    const { messages, attachment } = renderSlack({ headline: 'H.', tables: [{ columns: ['Host'], rows }] });
    const tables = messages.flatMap(({ blocks }) => blocks).filter(({ type }) => type === 'table');
    expect(tables.map((table) => leaves(table)[0])).toEqual(['Host', 'Host']);
    expect(tables.flatMap((table) => leaves(table).slice(1))).toEqual(rows.flat());
    expect(attachment).toBeUndefined();
  });

  test('shows an empty cell as a no-break space, since Slack takes no empty one', () => {
    const { messages } = renderSlack({ headline: 'H.', tables: [{ columns: ['A', 'B'], rows: [['1', '']] }] });
    expect(leaves(messages[0]?.blocks[1])).toEqual(['A', 'B', '1', '\u00a0']);
  });
});

describe('code', () => {
  test('keeps its empty lines and its indents', () => {
    const text = 'if ($a) {\n\n  "b"\n}\n';
    const { messages } = renderSlack({ headline: 'H.', code: [{ language: 'powershell', text }] });
    expect(leaves(messages[0]?.blocks[1])).toEqual([text]);
  });
});

describe('of five tables', () => {
  const table = (name: string) => ({ title: name, columns: ['Path', 'Why'], rows: [[`${name}-path`, `${name}-why`]] });
  const { messages } = renderSlack({ headline: 'H.', tables: ['A', 'B', 'C', 'D', 'E'].map(table) });

  test('three are tables, each in its own message', () => {
    expect(messages.map(({ blocks }) => blocks.filter(({ type }) => type === 'table').length)).toEqual([1, 1, 1]);
  });

  test('the others are lists that lose nothing', () => {
    const all = messages.flatMap(({ blocks }) => leaves(blocks)).join('|');
    expect(all).toContain('D|D-path|; Why: D-why|E|E-path|; Why: E-why');
  });
});

describe('text that a person typed', () => {
  const { messages } = renderSlack({
    headline: hostile,
    facts: [[hostile, hostile]],
    tables: [{ title: hostile, columns: [hostile], rows: [[hostile]] }],
    code: [{ language: 'text', text: hostile }],
    notes: [hostile],
    buttons: [{ label: hostile, ask: hostile }],
  });

  test('stands only where Slack parses nothing', () => {
    const kinds = new Set(JSON.stringify(messages.map(({ blocks }) => blocks)).match(/"type":"[a-z_]+"/g));
    expect([...kinds].map((kind) => kind.slice(8, -1)).sort()).toEqual([
      ...['actions', 'button', 'plain_text', 'raw_text', 'rich_text', 'rich_text_list', 'rich_text_preformatted'],
      ...['rich_text_section', 'table', 'text'],
    ]);
  });

  test('is escaped in the text beside the blocks', () => {
    expect(messages[0]?.text).toContain('&lt;!channel&gt; &lt;@U1&gt;');
    expect(messages.flatMap(faultsOf)).toEqual([]);
  });
});

describe('an answer that calls people', () => {
  const mentions = [
    { id: 'U1', name: 'ann' },
    { id: 'bob@example.com', name: 'bob' },
  ];
  const { messages } = renderSlack({ mentions, headline: 'CSV defrag is due.' });

  test('calls those whom Slack knows before the headline, and names the others', () => {
    expect(messages[0]?.blocks[0]).toEqual({
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'user', user_id: 'U1' },
            { type: 'text', text: ', ' },
            { type: 'text', text: '@bob' },
            { type: 'text', text: ': ' },
            { type: 'text', text: 'CSV defrag is due.', style: { bold: true } },
          ],
        },
      ],
    });
    expect(messages[0]?.text).toBe('@ann, @bob: CSV defrag is due.');
  });
});

describe('an answer with a file', () => {
  const file = { filename: 'history.csv', text: 'when,who\r\n' };

  test('goes with it to the letter, and is not written out beside it', () => {
    const rendered = renderSlack({ headline: 'The history.', file });
    expect(rendered.file).toEqual({ filename: 'history.csv', content: 'when,who\r\n' });
    expect(rendered.attachment).toBeUndefined();
    expect(rendered.messages[0]?.text).toBe('The history.');
  });

  test('may need a second one for the rest of the answer', () => {
    const long = renderSlack({ headline: 'H.', notes: repeat(200, () => nasty(4000)), file });
    expect(filesOf(long).map(({ filename }) => filename)).toEqual(['clusterwise-answer.txt', 'history.csv']);
  });
});

describe('a source', () => {
  test('is a link only when its address is one of the web', () => {
    const source = (url: string) => ({ title: 'T', url, checked: '2026-11-22' });
    const links = (url: string) => JSON.stringify(renderSlack({ headline: 'H.', sources: [source(url)] }).messages);
    expect(links('https://example.com/a')).toContain('"type":"link","url":"https://example.com/a"');
    expect(links('javascript:alert(1)')).not.toContain('"type":"link"');
  });
});
