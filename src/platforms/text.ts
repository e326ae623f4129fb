import type { Answer, Table } from '../answer.ts';
import type { Person } from '../request.ts';
import { printable } from './printable.ts';

const WIDTH = 100;

/** The whole answer as plain text for a terminal, a notification or a screen reader, at most 100 columns where words allow. */
export function renderText(answer: Answer): string {
  const sources = answer.sources ?? [];
  const parts = [
    wrap(calling(answer.mentions ?? []) + answer.headline).join('\n'),
    (answer.facts ?? []).map(([label, value]) => hang(`${label}: `, value)).join('\n'),
    ...(answer.tables ?? []).map(renderTable),
    ...(answer.code ?? []).map(({ text }) => code(text)),
    (answer.notes ?? []).map((note) => hang('- ', note)).join('\n'),
    sources
      .map(({ title, url, checked }) => hang('Source: ', `${title}, checked ${checked}${url ? `, ${url}` : ''}`))
      .join('\n'),
    (answer.buttons ?? [])
      .map(({ label, ask }) => hang('Next: ', ask === label ? ask : `${ask} (${label})`))
      .join('\n'),
    answer.file ? `${printable(answer.file.filename)}\n${code(answer.file.text.trimEnd())}` : '',
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** The lines of a text that fit a width; a word longer than that keeps its line to itself. */
function wrap(text: string, width = WIDTH): string[] {
  const lines: string[] = [];
  for (const paragraph of printable(text).split('\n')) {
    let line = '';
    for (const word of paragraph.split(/[ \t]+/)) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines;
}

function hang(lead: string, text: string): string {
  const [first = '', ...others] = wrap(text, WIDTH - lead.length);
  return [printable(lead) + first, ...others.map((line) => ' '.repeat(lead.length) + line)].join('\n');
}

function code(text: string): string {
  const lines = printable(text).split('\n');
  return lines.map((line) => (line === '' ? '' : `    ${line}`)).join('\n');
}

/** @example calling([{ id: 'U1', name: 'ann' }]) // '@ann: ' */
function calling(people: Person[]): string {
  return people.length === 0 ? '' : `${people.map(({ id, name }) => `@${name || id}`).join(', ')}: `;
}

function renderTable({ title, columns, rows }: Table): string {
  const widths = columnWidths([columns, ...rows]);
  const line = (cells: string[]) => {
    const wrapped = cells.map((cell, i) => wrap(cell, widths[i]));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, row) =>
      wrapped
        .map((lines, i) => (lines[row] ?? '').padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    ).join('\n');
  };
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [...(title ? [printable(title)] : []), line(columns), rule, ...rows.map(line)].join('\n');
}

/** As wide as the widest cell; when that is too wide in all, the widest columns shrink, never below their longest word. */
function columnWidths(rows: string[][]): number[] {
  const columns = (rows[0] ?? []).map((_, i) => rows.map((row) => printable(row[i] ?? '')));
  const widths = columns.map((cells) =>
    Math.max(1, ...cells.flatMap((cell) => cell.split('\n').map((line) => line.length))),
  );
  const least = columns.map((cells) =>
    Math.max(1, ...cells.flatMap((cell) => cell.split(/\s+/).map((word) => word.length))),
  );
  const room = WIDTH - 2 * (widths.length - 1);
  while (widths.reduce((sum, width) => sum + width, 0) > room) {
    const slack = widths.map((width, i) => (width > (least[i] ?? 1) ? width : 0));
    const widest = slack.indexOf(Math.max(...slack));
    if ((slack[widest] ?? 0) === 0) break;
    widths[widest] = (widths[widest] ?? 1) - 1;
  }
  return widths;
}
