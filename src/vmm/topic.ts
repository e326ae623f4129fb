import type { Answer } from '../answer.ts';
import type { Topic, VmmPack } from '../core/sizing.ts';
import type { Question } from './question.ts';

/** A question that one sentence and a list of facts answer: `before` and `after` are the sentence around the release. */
export function topic(key: Topic, column: string, before: string, after: string): Question {
  return {
    counts: false,
    columns: [column],
    section: (pack) => pack.topics[key],
    answer: (pack) => topicAnswer(pack, key, { column, before, after }),
    row: (pack) => [pack.topics[key]?.answer ?? 'not known'],
  };
}

type Words = { column: string; before: string; after: string };

function topicAnswer({ release, topics, sources }: VmmPack, key: Topic, { column, before, after }: Words): Answer {
  const known = topics[key];
  if (!known)
    return {
      headline: `${column}: not known for VMM ${release}, because no text was found to check it against.`,
      notes: [`The sources are the texts on VMM ${release} that were read; none of them answers this.`],
      sources,
    };
  return {
    headline: `${before}VMM ${release}${after} ${known.answer}${known.certainty ? `; ${known.certainty}` : ''}.`,
    facts: Object.entries(known.facts),
    ...(known.table ? { tables: [known.table] } : {}),
    notes: known.notes,
    sources: known.sources,
  };
}
