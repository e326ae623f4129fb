import type { Answer, Table } from '../../src/answer.ts';
import { plural } from '../../src/core/words.ts';
import { printable, shorten } from '../../src/platforms/printable.ts';
import { renderText } from '../../src/platforms/text.ts';
import type { Verdict } from './verdict.ts';

/** The figures and, before them, every wrong answer. */
export function report(verdicts: readonly Verdict[]): string {
  const wrong = verdicts.filter(({ right }) => !right);
  return [...wrong.map(lines), renderText(figures(verdicts))].join('\n\n');
}

function lines({ question, headline, missing }: Verdict): string {
  const said = shorten(headline.replace(/\s+/g, ' '), 200);
  return printable(
    [
      `${question.id} (${question.kind}): ${question.question}`,
      `  said     ${said}`,
      `  missing  ${missing.map((must) => shorten(must, 100)).join('  and  ') || 'an answer'}`,
    ].join('\n'),
  );
}

function figures(verdicts: readonly Verdict[]): Answer {
  const { beyond = [], known = [] } = Object.groupBy(verdicts, ({ question }) =>
    question.kind === 'out-of-scope' ? 'beyond' : 'known',
  );
  const guessed = beyond.filter(({ right, declined }) => !right && !declined).length;
  const declined = known.filter((one) => one.declined).length;
  return {
    headline: `${plural(verdicts.length, 'question')}: ${share(verdicts.filter(({ right }) => right).length, verdicts.length)} right.`,
    facts: [
      ['Out of scope and answered as if known', share(guessed, beyond.length)],
      ['Known and declined', share(declined, known.length)],
    ],
    tables: [accuracy('Topic', verdicts, 'topic'), accuracy('Kind', verdicts, 'kind')],
  };
}

function accuracy(column: string, verdicts: readonly Verdict[], by: 'topic' | 'kind'): Table {
  const groups = Object.entries(Object.groupBy(verdicts, ({ question }) => question[by]));
  const rows = groups.map(([name, some = []]) => {
    const right = some.filter((one) => one.right).length;
    return { name, right, of: some.length };
  });
  rows.sort((a, b) => a.right / a.of - b.right / b.of || a.name.localeCompare(b.name, 'en'));
  return { columns: [column, 'Right'], rows: rows.map(({ name, right, of }) => [name, share(right, of)]) };
}

/** @example share(19, 20) // '19 of 20 (95.0%)' */
export function share(part: number, whole: number): string {
  return `${part} of ${whole}${whole > 0 ? ` (${((100 * part) / whole).toFixed(1)}%)` : ''}`;
}
