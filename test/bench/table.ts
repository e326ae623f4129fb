/** What was measured, of a bare Bolt, of ours, the two compared, and what is aimed at. */
export type Row = [what: string, bare: string, ours: string, ratio: string, aim: string];

export const headings: Row = ['What', 'Bare Bolt', 'Clusterwise', 'Ratio', 'Aim'];

/** A row about ours alone. */
export const row = (what: string, ours: string, aim = ''): Row => [what, '', ours, '', aim];

export const ms = (value: number) => (value < 0.01 ? `${(value * 1000).toFixed(2)} µs` : `${value.toFixed(3)} ms`);
export const seconds = (value: number) => `${(value / 1000).toFixed(1)} s`;
export const perSecond = (value: number) => `${value.toFixed(0)}/s`;
export const mebibytes = (value: number) => `${value.toFixed(0)} MiB`;

export const sorted = (values: number[]) => values.toSorted((a, b) => a - b);
export const quantile = (values: number[], q: number) => sorted(values)[Math.floor((values.length - 1) * q)] ?? 0;
export const median = (values: number[]) => quantile(values, 0.5);

export function print(rows: Row[]): void {
  const widths = headings.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  for (const cells of rows) {
    const line = cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
    process.stdout.write(`${line.trimEnd()}\n`);
  }
}
