import type { Table } from '../../answer.ts';
import { most } from './limits.ts';
import type { Piece } from './pack.ts';
import { bold, paragraph, run } from './runs.ts';

/** Texts are shortened through this, so that the answer can tell that it was. */
export type Cut = (text: string, length: number) => string;

/** Characters: of a line on a narrow card, beside the text of a cell, and of the longest word and cell that count. */
const NARROW = 46;
const PADDING = 3;
const WORD = 14;
const CELL = 60;

/** A table by its rows. Where it goes on in a further message the headings are there again. */
export function tablePieces({ title, columns, rows }: Table, cut: Cut): Piece[] {
  const width = Math.min(columns.length, most.columns);
  const cells = rows.map((row) => merged(row).map((cell) => cut(cell, Math.floor(most.row / width))));
  const headings = merged(columns).map((heading) => cut(heading, most.heading));
  const heading = tableRow(headings.map(bold));
  const widths = columnWidths([headings, ...cells]).map((width) => ({ width }));
  const above = title ? [paragraph([bold(cut(title, most.label))], 'Medium')] : [];
  const within = (items: object[], continued: boolean) => [
    ...(continued ? [] : above),
    { type: 'Table', spacing: title ? 'Small' : 'Medium', columns: widths, rows: [heading, ...items] },
  ];
  return cells.map((row) => ({ item: tableRow(row.map((cell) => run(cell))), within }));
}

/** A row of no more cells than a table may have: the last one holds all that are left. */
function merged(row: string[]): string[] {
  const last = row.slice(most.columns - 1);
  return [...row.slice(0, most.columns - 1), ...(last.length > 0 ? [last.join(' / ')] : [])];
}

function tableRow(cells: Parameters<typeof paragraph>[0]) {
  return {
    type: 'TableRow',
    cells: cells.map((cell) => ({ type: 'TableCell', items: [paragraph([cell])] })),
  };
}

/**
 * The part of a table that each column takes: room for its longest word, since a client breaks words anywhere; what a narrow
 * card has left over goes to the columns with more to say.
 */
function columnWidths(rows: string[][]): number[] {
  const columns = (rows[0] ?? []).map((_, i) => rows.map((row) => row[i] ?? ''));
  const least = columns.map(
    (cells) =>
      PADDING +
      longest(
        cells.flatMap((cell) => cell.split(/[\s-]+/)),
        WORD,
      ),
  );
  const wish = columns.map((cells) => PADDING + longest(cells, CELL));
  const sum = (parts: number[]) => parts.reduce((a, b) => a + b, 0);
  const spare = Math.max(0, NARROW - sum(least)) / Math.max(1, sum(wish) - sum(least));
  return least.map((part, i) => Math.round(part + spare * ((wish[i] ?? part) - part)));
}

const longest = (texts: string[], limit: number): number =>
  Math.min(limit, Math.max(...texts.map(({ length }) => length)));
