import type { Answer } from '../answer.ts';
import { beyond, type VmmPack } from '../core/sizing.ts';
import { n } from '../core/words.ts';
import { counted, type Estate, inWords, type Question } from './question.ts';

/** `limits`: the scale that was tested, and an estate beside it. */
export const limits: Question = {
  counts: true,
  columns: ['Hosts', 'VMs'],
  section: (pack) => pack.limits,
  answer: limitsAnswer,
  row: ({ limits }) => (limits ? [n(limits.hosts), n(limits.vms)] : ['not found', 'not found']),
};

/** An estate beside the tested maximum: "1,500 hosts are 500 beyond what was tested (1,000 hosts)". */
export function compared({ limits }: VmmPack, estate: Estate): { beyond: boolean; words: string } | undefined {
  if (!limits || !inWords(estate)) return undefined;
  const parts = (['hosts', 'vms'] as const).flatMap((what) => {
    const count = estate[what];
    const most = limits[what];
    if (count === undefined) return [];
    const over = beyond(count, most);
    const place = over > 0 ? `${n(over)} beyond` : count === most ? 'exactly' : 'within';
    const words = `${counted(count, what)} ${count === 1 ? 'is' : 'are'} ${place} what was tested (${counted(most, what)})`;
    return [{ over, words }];
  });
  return { beyond: parts.some(({ over }) => over > 0), words: parts.map(({ words }) => words).join(' and ') };
}

/** The tested maximum of a release in a few words, or that none was found. */
export function testedMaximum({ limits }: VmmPack): string {
  return limits ? inWords(limits) : 'no tested maximum was found';
}

function limitsAnswer(pack: VmmPack, estate: Estate): Answer {
  const { release, limits, sources } = pack;
  const asked = inWords(estate);
  if (!limits)
    return {
      headline: `No tested maximum was found for VMM ${release}${asked ? `, so there is nothing to compare ${asked} with` : ''}.`,
      notes: [`None of the texts on VMM ${release} that were read states how many hosts or VMs were tested.`],
      sources,
    };
  const comparison = compared(pack, estate);
  return {
    headline: comparison
      ? `For VMM ${release}, ${comparison.words}.`
      : `VMM ${release} was tested with up to ${testedMaximum(pack)}.`,
    tables: [
      {
        title: `VMM ${release}: what was tested`,
        columns: ['What', 'Most'],
        rows: [
          ['Physical hosts', n(limits.hosts)],
          ['Virtual machines', n(limits.vms)],
          ...Object.entries(limits.others).map(([what, most]) => [what, n(most)]),
        ],
      },
    ],
    notes: ['Microsoft describes these figures as the scale it tested, the recommended maximum.'],
    sources: limits.sources,
  };
}
