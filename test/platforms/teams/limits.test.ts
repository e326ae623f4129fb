import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/answer.ts';
import { renderTeams } from '../../../src/platforms/teams/cards.ts';
import { all, faultsOf, shown } from './card-faults.ts';

const repeat = <Item>(count: number, item: (i: number) => Item) => Array.from({ length: count }, (_, i) => item(i));
const nasty = (length: number) => '"\\<&😀\u0007'.repeat(length).slice(0, length);
const word = (length: number) => 'x'.repeat(length);
const NOTICE = 'Shortened to fit Teams: ask a narrower question to see the rest.';

const hostile = [
  '<at>x</at>',
  '<script>alert(1)</script>',
  '**bold** _it_ `code` [a](https://evil.example) # h',
  '- a\n- b',
  '&lt;b&gt; &amp;',
  'שלום עולם',
  '😀👩‍👩‍👧',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the notation of card templates, as text
  '${data} {{x}}',
];

describe.each(hostile)('the text “%s”', (text) => {
  const messages = renderTeams({
    headline: text,
    facts: [[text, text]],
    tables: [{ title: text, columns: [text], rows: [[text]] }],
    notes: [text],
    sources: [{ title: text, url: text, checked: '2026-11-22' }],
    buttons: [{ label: text, ask: text }],
  });

  test('stands to the letter wherever it is shown', () => {
    expect(shown(messages.map(({ card }) => card))).toEqual([
      ...[text, `${text}: `, text, text, text, text, '• ', text, 'Sources', '• ', text, ', checked 2026-11-22', text],
    ]);
    expect(messages.flatMap(faultsOf)).toEqual([]);
  });
});

test('control characters and changes of the writing direction are taken out', () => {
  const [message] = renderTeams({ headline: 'a\u0007\u202eb\u0000\ud800', notes: ['\u001b[31m'] });
  expect(shown(message?.card)).toEqual(['ab\ufffd', '• ', '[31m']);
});

test('a date in the notation of cards is not read as one', () => {
  const [message] = renderTeams({ headline: 'At {{DATE(2026-11-22T09:00:00Z, SHORT)}}.' });
  expect(shown(message?.card)).toEqual(['At {\u2060{DATE(2026-11-22T09:00:00Z, SHORT)}}.']);
});

const rows = (count: number, ...cells: string[]) => repeat(count, (i) => [`host-${i}`, ...cells]);

/** All that is said in runs, but for the headings that a table repeats. */
const joined = (answer: Answer) => shown(renderTeams(answer).map(({ card }) => card)).join('');

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
  ['wide headings', { headline: 'H.', tables: [{ columns: repeat(9, () => nasty(999)), rows: [repeat(9, String)] }] }],
  ['many tables', { headline: 'H.', tables: repeat(12, () => ({ columns: ['A'], rows: [['1']] })) }],
  ['a long script', { headline: 'H.', code: [{ language: 'powershell', text: `${nasty(79)}\n`.repeat(2000) }] }],
  ['a script of one line', { headline: 'H.', code: [{ language: 'text', text: nasty(90_000) }] }],
  ['many long notes', { headline: 'H.', notes: repeat(200, () => nasty(4000)) }],
  ['many sources', { headline: 'H.', sources: repeat(900, () => ({ title: nasty(900), checked: '2026-11-22' })) }],
  [
    'many people',
    { mentions: repeat(40, (i) => ({ id: `29:${i}${word(190)}`, name: word(500) })), headline: nasty(9000) },
  ],
  ['many people of no id', { mentions: repeat(400, () => ({ id: nasty(300), name: nasty(300) })), headline: 'H.' }],
  ['empty strings', { headline: '', facts: [['', '']], notes: [''], tables: [{ columns: [''], rows: [['']] }] }],
  ['a long file', { headline: 'H.', file: { filename: nasty(400), text: `${nasty(70)}\r\n`.repeat(3000) } }],
  ['an empty file', { headline: 'H.', file: { filename: '', text: '' } }],
  ['many dates', { headline: '{{DATE('.repeat(5000) }],
])('%s', (_, answer) => {
  const buttons = repeat(60, (i) => ({ label: nasty(200), ask: `/pr ${nasty(i * 50)}` }));

  test.each([1, 4])('has no fault in at most %i messages, and keeps its buttons on the last', (messages) => {
    const rendered = renderTeams({ ...answer, buttons }, { asked: nasty(4000), messages });
    expect(rendered.flatMap(faultsOf)).toEqual([]);
    expect(rendered.length).toBeLessThanOrEqual(messages);
    expect(all(rendered.at(-1)?.card.body.at(-1), 'ActionSet')).toHaveLength(1);
  });
});

describe('a long text is all there, to the letter:', () => {
  test.each<[string, Answer, string]>([
    ['a word of 40 kB as the headline', { headline: word(40_000) }, word(40_000)],
    ['a word of 40 kB as a fact', { headline: 'H.', facts: [['F', word(40_000)]] }, `H.F: ${word(40_000)}`],
    ['a word of 40 kB as a note', { headline: 'H.', notes: [word(40_000)] }, `H.• ${word(40_000)}`],
    ['a line of 40 kB', { headline: 'H.', code: [{ language: 'text', text: word(40_000) }] }, `H.${word(40_000)}`],
    [
      'emoji',
      { headline: 'H.', notes: ['a'.repeat(2499) + '😀'.repeat(5000)] },
      `H.• ${'a'.repeat(2499)}${'😀'.repeat(5000)}`,
    ],
  ])('%s', (_, answer, text) => expect(joined(answer)).toBe(text));

  test('a table of 500 rows, which goes on in further messages with its headings', () => {
    const messages = renderTeams({
      headline: 'H.',
      tables: [{ title: 'Hosts', columns: ['Host', 'Why'], rows: rows(500, 'ok') }],
    });
    const tables = messages.map(({ card }) => all(card, 'Table'));
    expect(tables.map((found) => found.length)).toEqual(messages.map(() => 1));
    expect(messages.length).toBeGreaterThan(1);
    expect(tables.map((found) => shown(found).slice(0, 2))).toEqual(messages.map(() => ['Host', 'Why']));
    expect(tables.flatMap((found) => shown(found).slice(2))).toEqual(rows(500, 'ok').flat());
    expect(shown(messages.map(({ card }) => card)).filter((text) => text === 'Hosts')).toHaveLength(1);
    expect(shown(messages.at(-1)?.card)).not.toContain(NOTICE);
  });

  test('more columns than a table may have, in its last one', () => {
    const columns = repeat(12, (i) => `c${i}`);
    const [message] = renderTeams({ headline: 'H.', tables: [{ columns, rows: [columns] }] });
    expect(shown(message?.card).slice(1)).toEqual([
      ...columns.slice(0, 9),
      'c9 / c10 / c11',
      ...columns.slice(0, 9),
      'c9 / c10 / c11',
    ]);
  });
});

describe('an answer that is too long', () => {
  const answer: Answer = {
    headline: 'Many hosts.',
    tables: [{ columns: ['Host'], rows: rows(2000) }],
    buttons: [{ label: 'Help', ask: '/help' }],
  };

  test.each([1, 2, 4])('is shortened to %i messages, and says so above its buttons', (messages) => {
    const rendered = renderTeams(answer, { messages });
    expect(rendered).toHaveLength(messages);
    expect(shown(rendered.at(-1)?.card).slice(-2)).toEqual([NOTICE, 'Help']);
    expect(shown(rendered.map(({ card }) => card)).filter((text) => text === NOTICE)).toHaveLength(1);
  });

  test('names each message by its part', () => {
    expect(
      renderTeams(answer)
        .map(({ summary }) => summary)
        .slice(1),
    ).toEqual(['Many hosts. (part 2 of 4)', 'Many hosts. (part 3 of 4)', 'Many hosts. (part 4 of 4)']);
  });

  test('says so as well when only a cell was', () => {
    const messages = renderTeams({ headline: 'H.', tables: [{ columns: ['A'], rows: [[word(40_000)]] }] });
    expect(messages).toHaveLength(1);
    expect(shown(messages[0]?.card)).toEqual(['H.', 'A', `${word(3999)}…`, NOTICE]);
  });
});

describe('a file', () => {
  const texts = (text: string) =>
    shown(renderTeams({ headline: 'H.', file: { filename: 'history.csv', text } }).map(({ card }) => card));

  test('is shown as code, whole where it is short', () => {
    expect(texts('when,who\r\nmonday,ann\r\n')).toEqual(['H.', 'history.csv', 'when,who', 'monday,ann']);
  });

  test('is shown by its first lines where it is over 15,000 characters, which says so', () => {
    const lines = repeat(1000, (i) => `${i} `.padEnd(49, 'x'));
    const [, , ...others] = texts(lines.join('\n'));
    expect(others.slice(0, -1)).toEqual(lines.slice(0, 300));
    expect(others.at(-1)).toBe(
      'Too long to show in Teams: these are the first 300 of 1000 lines; ask a narrower question to see the rest.',
    );
  });
});
