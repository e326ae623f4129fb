import type { Answer } from './answer.ts';
import type { Command } from './command.ts';
import type { Entry, TopicPack } from './core/entries.ts';
import { asking } from './entries.ts';

const whatNext = { label: 'What can I ask?', ask: '/help' };

/** The answer to a sentence that nothing answers: what comes near it to choose from, or else what there is to ask about. */
export function notKnown(near: readonly Entry[], topics: readonly TopicPack[]): Answer {
  if (near.length > 0)
    return {
      headline: 'I don’t know exactly that: did you mean one of these?',
      buttons: [...near.map(asking), whatNext],
      problem: 'input',
    };
  return {
    headline: 'I don’t know that, and I don’t guess: please ask about Hyper-V clusters and what goes with them.',
    notes: [
      `What I know about: ${topics.map(({ topic }) => topic).join('; ')}; and what the commands of /help compute.`,
    ],
    buttons: [whatNext],
    problem: 'input',
  };
}

/** That a sum cannot be told from a sentence, and how to type it. */
export function notCounted({ name, usage, examples: [example] }: Command): Answer {
  const headline = `I don’t know how to count that for /${name}: please type it, for example “${example.ask}”.`;
  return { headline, facts: [['Usage', usage]], problem: 'input' };
}
