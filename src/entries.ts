import type { Answer, Button } from './answer.ts';
import type { Entry } from './core/entries.ts';
import { wrongButton } from './feedback.ts';

const eras: Record<Entry['era'], string> = {
  original: 'the articles of 2011 (Windows Server 2008 R2 and before)',
  modern: '2012 and later',
  both: '2011 and today alike',
};

/** Longest label of a button, in characters: Slack’s own limit. */
const LONGEST_LABEL = 75;

/**
 * An entry as an answer.
 * @param beside `related`: the entries that people ask for next; `wrong`: the question to file when the answer is wrong, where
 *   questions can be filed; `other`: the entry that may have been meant instead
 */
export function entryAnswer(
  entry: Entry,
  { related, wrong, other }: { related: readonly Entry[]; wrong?: string | undefined; other?: Entry | undefined },
): Answer {
  const { id, era, answer, details, modern, table, code, sources } = entry;
  const changed = modern === undefined ? [] : [`What changed: ${modern}`];
  const instead = other === undefined ? [] : [`Or did you mean: ${other.question} ${other.answer}`];
  const next = other === undefined ? related : [other, ...related.filter((each) => each !== other)];
  return {
    headline: answer,
    facts: [
      ['Entry', id],
      ['Era', eras[era]],
    ],
    ...(table
      ? { tables: [{ ...(table.title ? { title: table.title } : {}), columns: table.columns, rows: table.rows }] }
      : {}),
    ...(code.length > 0 ? { code } : {}),
    notes: [...details, ...changed, ...instead],
    sources,
    buttons: [...next.map(asking), ...(wrong === undefined ? [] : [wrongButton(wrong)])],
  };
}

/** A button that asks an entry’s own question. */
export function asking({ question }: Entry): Button {
  const label = question.length <= LONGEST_LABEL ? question : `${question.slice(0, LONGEST_LABEL - 1).trimEnd()}…`;
  return { label, ask: question };
}
