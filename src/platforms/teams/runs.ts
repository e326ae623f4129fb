import { codeLine, leaf } from './escape.ts';
import { most } from './limits.ts';
import type { Piece } from './pack.ts';

type Style = { weight?: 'Bolder'; fontType?: 'Monospace'; isSubtle?: true; italic?: true; color?: 'Attention' };
type Run = { type: 'TextRun'; text: string; selectAction?: object } & Style;

/** Text to the letter: a run knows neither Markdown nor markup. */
export const run = (text: string, style: Style = {}): Run => ({ type: 'TextRun', text: leaf(text), ...style });
export const bold = (text: string): Run => run(text, { weight: 'Bolder' });

/** Runs as one paragraph. */
export function paragraph(inlines: Run[], spacing?: 'None' | 'Small' | 'Medium') {
  return { type: 'RichTextBlock', ...(spacing && { spacing }), inlines };
}

/** A paragraph of any length, in as many blocks as it takes; `lead` stands before it. */
export function paragraphs(lead: Run[], text: string, style: Style = {}): Piece[] {
  const [first = '', ...others] = parts(text);
  return [
    { item: paragraph([...lead, run(first, style)], 'Small') },
    ...others.map((part) => ({ item: paragraph([run(part, style)], 'None') })),
  ];
}

/** Code, a line a block: a blank one stays, and so do the blanks that a line begins with. */
export function codePieces(text: string, title: string | undefined): Piece[] {
  const within = (items: object[], continued: boolean) => [
    ...(title && !continued ? [paragraph([bold(title)], 'Medium')] : []),
    { type: 'Container', style: 'emphasis', spacing: 'Small', items },
  ];
  return text
    .split('\n')
    .flatMap((line) => parts(codeLine(line)))
    .map((line) => ({ item: paragraph([run(line, { fontType: 'Monospace' })], 'None'), within }));
}

/** A text in pieces that fit a run, never parted within a character. */
function parts(text: string): string[] {
  const found: string[] = [];
  for (let from = 0; from < text.length || from === 0; ) {
    const to = from + most.text;
    const part = text.slice(from, to).replace(/[\ud800-\udbff]$/, (half) => (to < text.length ? '' : half));
    found.push(part);
    from += part.length || 1;
  }
  return found;
}
