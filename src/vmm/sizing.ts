import type { Answer, Table } from '../answer.ts';
import { type Hardware, type Span, type Tier, thatCover, type VmmPack } from '../core/sizing.ts';
import { n } from '../core/words.ts';
import { compared, testedMaximum } from './limits.ts';
import { type Estate, inWords, type Question } from './question.ts';

/** `sizing`: the hardware of each role, and where to place the roles. */
export const sizing: Question = {
  counts: true,
  columns: ['Management server, minimum', 'Management server, recommended', 'Tested maximum'],
  section: (pack) => pack.hardware,
  answer: sizingAnswer,
  row: sizingRow,
};

const roles = [
  ['management', 'Management server'],
  ['database', 'Database'],
  ['library', 'Library'],
  ['portal', 'Self-service portal'],
  ['console', 'Console'],
] as const;
const levels = ['minimum', 'recommended'] as const;

function sizingAnswer(pack: VmmPack, estate: Estate): Answer {
  const { release, hardware, placement } = pack;
  const tiers = thatCover(hardware.tiers, estate.hosts);
  const comparison = compared(pack, estate);
  return {
    headline: `${lead(pack, estate)} ${tiers.map((tier) => needs(tier, tiers.length > 1)).join('; ')}${hardware.certainty ? `; ${hardware.certainty}` : ''}.`,
    facts: [['Tested maximum', comparison?.words ?? testedMaximum(pack)]],
    tables: [
      ...tiers.map((tier) => hardwareTable(release, tier)),
      {
        title: `VMM ${release}: placement advice`,
        columns: ['For', 'Advice'],
        rows: thatCover(placement.advice, estate.hosts).map(({ advice, ...span }) => [spanInWords(span), advice]),
      },
    ],
    notes: [
      ...(comparison?.beyond
        ? ['Beyond what was tested, the hardware table is the only figure there is: treat it as a starting point.']
        : []),
      ...(estate.vms
        ? ['The number of VMs does not change the hardware; it is compared with the tested maximum only.']
        : []),
      ...hardware.notes,
    ],
    sources: [...hardware.sources, ...placement.sources],
  };
}

function lead(pack: VmmPack, estate: Estate): string {
  const comparison = compared(pack, estate);
  if (comparison?.beyond)
    return `For VMM ${pack.release}, ${comparison.words}; up to there, the management server needs`;
  const asked = inWords(estate);
  return `${asked ? `For ${asked}, the` : 'The'} VMM ${pack.release} management server needs`;
}

/** What a tier asks of the management server, minimum and recommended. */
function needs({ roles, ...span }: Tier, spanned: boolean): string {
  const { minimum, recommended } = roles.management;
  const least = `a CPU of at least ${amounts(minimum)}; recommended is ${amounts(recommended)}`;
  return spanned ? `for ${spanInWords(span)} ${least}` : least;
}

function amounts({ cpu, memory, disk, diskWithDatabase }: Hardware): string {
  const local = diskWithDatabase ? ` (${diskWithDatabase} with a local database)` : '';
  return `${cpu}, with ${memory} of memory and ${disk} of disk${local}`;
}

function spanInWords({ from, upTo }: Span): string {
  if (upTo) return `up to ${n(upTo)} hosts`;
  return from === 1 ? 'any number of hosts' : `more than ${n(from - 1)} hosts`;
}

function hardwareTable(release: string, tier: Tier): Table {
  return {
    title: `VMM ${release}: hardware for ${spanInWords(tier)}`,
    columns: ['Role', 'Level', 'CPU', 'Memory', 'Disk', 'Disk with a local database'],
    rows: roles.flatMap(([key, label]) => {
      const role = tier.roles[key];
      if (!role) return [[label, 'both', 'not listed', 'not listed', 'not listed', 'not applicable']];
      return levels.map((level) => {
        const { cpu, memory, disk, diskWithDatabase = 'not given' } = role[level];
        return [label, level, cpu, memory, disk, key === 'management' ? diskWithDatabase : 'not applicable'];
      });
    }),
  };
}

function sizingRow(pack: VmmPack, { hosts }: Estate): string[] {
  const tiers = thatCover(pack.hardware.tiers, hosts);
  const cell = (level: (typeof levels)[number]) =>
    tiers
      .map((tier) => `${tiers.length > 1 ? `${spanInWords(tier)}: ` : ''}${amounts(tier.roles.management[level])}`)
      .join('; ');
  return [cell('minimum'), cell('recommended'), testedMaximum(pack)];
}
