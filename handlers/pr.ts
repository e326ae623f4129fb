import { z } from 'zod';
import type { Answer } from '../src/answer.ts';
import { count, question, text } from '../src/arguments.ts';
import { command } from '../src/command.ts';
import { type Design, mostThatFit, reservations } from '../src/core/reservations.ts';
import { n, plural } from '../src/core/words.ts';
import { UserError } from '../src/errors.ts';
import type { Knowledge } from '../src/knowledge.ts';
import { clip } from '../src/tokens.ts';
import { hostUnits, perHost } from '../src/units.ts';

const each = { '': ['each', 'per module', ...perHost] };

const args = z.object({
  hosts: count({
    label: 'hosts',
    show: 'N hosts',
    question: 'How many hosts does the cluster have, for example “2 hosts”?',
    units: hostUnits,
    max: 1000,
  }).optional(),
  modules: count({
    label: 'storage modules of the array (1 unless said)',
    show: 'N modules',
    units: ['modules', 'module', 'storage modules', 'storage module'],
    max: 1000,
  }).default(1),
  connections: count({
    label: 'iSCSI connections (channels) of one host',
    show: 'N channels',
    question: 'How many iSCSI connections (channels) does each host have, for example “2 channels”?',
    units: [
      ...['channels', 'channel', 'connections', 'connection', 'conns', 'conn', 'paths', 'path', 'nics', 'nic'],
      ...['iscsi channels', 'iscsi channel', 'iscsi connections', 'iscsi connection', 'iscsi nics', 'iscsi paths'],
    ],
    after: each,
    max: 1000,
  }).optional(),
  csvs: count({
    label: 'Cluster Shared Volumes',
    show: 'N csvs',
    question: 'How many CSVs does the cluster have, for example “4 csvs”?',
    units: ['csvs', 'csv', 'cluster shared volumes', 'volumes', 'volume', 'luns', 'lun'],
    max: 10_000,
  }).optional(),
  limit: count({
    label: 'the most reservations that the array supports',
    show: 'limit N',
    leads: ['limit', 'pr limit', 'max', 'maximum'],
    after: { '': ['prs', 'pr', 'reservations', 'persistent reservations', 'registrations'] },
    max: 100_000_000,
  }).optional(),
  array: text({ label: 'the product, to look its limit up', show: 'array "NAME"', leads: ['array', 'san'] }).optional(),
});

type Asked = z.output<typeof args>;
type Factor = 'hosts' | 'connections' | 'csvs';
const factors: Factor[] = ['hosts', 'connections', 'csvs'];
const singular = { hosts: 'host', connections: 'connection', csvs: 'CSV' };
type Limit = Extract<Knowledge['reservations'][number], { kind: 'limit' }>;

export default command({
  name: 'pr',
  aliases: ['prs', 'reservations'],
  summary: 'how many persistent reservations a cluster needs, and how many CSVs fit a limit',
  args,
  examples: [
    {
      ask: '/pr 2 hosts 2 channels 4 csvs',
      headline: '2 hosts x 1 module x 2 connections x 4 CSVs = 16 persistent reservations.',
    },
    {
      ask: '/pr 2 hosts 2 modules 2 channels 4 csvs',
      headline: '2 hosts x 2 modules x 2 connections x 4 CSVs = 32 persistent reservations.',
    },
    {
      ask: '/pr 2 hosts 4 modules 2 channels 8 csvs limit 100',
      headline: '2 hosts x 4 modules x 2 connections x 8 CSVs = 128 persistent reservations, 28 over the limit of 100.',
    },
    {
      ask: '/pr 4 hosts 4 channels limit 100',
      headline: 'At most 6 CSVs within a limit of 100: 4 hosts x 1 module x 4 connections x 6 CSVs = 96.',
    },
  ],
  answer: (asked, { knowledge }) => {
    const [missing, another] = factors.filter((factor) => asked[factor] === undefined);
    if (missing && (another || asked.limit === undefined)) throw new UserError(question(args.shape[missing]));
    const { hosts = 1, modules, connections = 1, csvs = 1 } = asked;
    const design = { hosts, modules, connections, csvs };
    if (!missing) return { ...counted(design, asked), ...background(asked, design, knowledge) };
    const limit = asked.limit ?? 0;
    const fitted = { ...design, [missing]: Math.max(1, mostThatFit(limit, missing, design)) };
    return { ...fitting(design, missing, limit), ...background(asked, fitted, knowledge) };
  },
});

function counted(design: Design, { limit }: Asked): Answer {
  const total = reservations(design);
  const headline = `${product(design)} = ${plural(total, 'persistent reservation')}`;
  const channels = design.modules * design.connections;
  const channelsFact: [string, string] = [
    'Channels per host',
    `${plural(design.modules, 'module')} x ${plural(design.connections, 'connection')} = ${n(channels)}`,
  ];
  if (limit === undefined) return { headline: `${headline}.`, facts: [channelsFact] };
  const fits = factors.map((factor): [string, string] => [
    `Most ${singular[factor]}s within ${n(limit)}, the rest as given`,
    roundedDown(limit, factor, design),
  ]);
  return { headline: `${headline}, ${verdict(total, limit)}.`, facts: [channelsFact, ...fits] };
}

function fitting(design: Design, factor: Factor, limit: number): Answer {
  const most = mostThatFit(limit, factor, design);
  const shown = { ...design, [factor]: Math.max(1, most) };
  const said = most > 0 ? `At most ${plural(most, singular[factor])} within` : `Not even one ${singular[factor]} fits`;
  return {
    headline: `${said} a limit of ${n(limit)}: ${product(shown)} = ${n(reservations(shown))}.`,
    facts: [['Arithmetic', roundedDown(limit, factor, design)]],
  };
}

/** What is known besides the sum: the limit of the array, how the words were read, what happens beyond. */
function background({ array, limit }: Asked, design: Design, { reservations: packs }: Knowledge) {
  const formula = packs.filter((pack) => pack.kind === 'formula');
  const limits = packs.filter((pack) => pack.kind === 'limit');
  const words = array?.toLowerCase().replace(/\s+/g, ' ').trim();
  const known = limits.find(({ names }) => words !== undefined && names.includes(words));
  const arrayNote =
    array === undefined
      ? `I was not told the array. Limits I know: ${limits.map((pack) => pack.product).join('; ')}. Ask for one with “array NAME”.`
      : known
        ? `${known.product}: ${known.statement}${compared(known.limit, design)}`
        : `I don’t know the limit of “${clip(array)}”: ask its vendor for the SCSI-3 persistent reservation registrations per LUN, per port and per array.`;
  return {
    notes: [arrayNote, ...formula.flatMap((pack) => [...pack.notes, ...pack.overLimit])],
    sources: [...formula, ...(known ? [known] : [])].flatMap((pack) => pack.sources),
    buttons: [{ label: 'What if the CSVs double?', ask: spelled({ ...design, csvs: design.csvs * 2 }, limit) }],
  };
}

/** A limit beside what this design asks of it, where both count the same thing. */
function compared(limit: Limit['limit'], design: Design): string {
  if (limit?.counts === 'lun') {
    const perLun = reservations({ ...design, csvs: 1 });
    return ` This design puts ${n(perLun)} on each CSV: ${verdict(perLun, limit.most)}.`;
  }
  if (limit?.counts === 'connections') {
    const all = reservations(design);
    return ` This design opens ${n(all)} connections: ${verdict(all, limit.most)}.`;
  }
  return '';
}

function verdict(count: number, limit: number): string {
  if (count === limit) return `exactly the limit of ${n(limit)}`;
  return count > limit
    ? `${n(count - limit)} over the limit of ${n(limit)}`
    : `${n(limit - count)} under the limit of ${n(limit)}`;
}

function product({ hosts, modules, connections, csvs }: Design): string {
  return [
    plural(hosts, 'host'),
    plural(modules, 'module'),
    plural(connections, 'connection'),
    plural(csvs, 'CSV'),
  ].join(' x ');
}

function roundedDown(limit: number, factor: Factor, design: Design): string {
  const each = reservations({ ...design, [factor]: 1 });
  return `${n(limit)} / ${n(each)} = ${n(mostThatFit(limit, factor, design))}${limit % each === 0 ? '' : ', rounded down'}`;
}

function spelled({ hosts, modules, connections, csvs }: Design, limit: number | undefined): string {
  const words = [plain(hosts, 'host'), plain(modules, 'module'), plain(connections, 'channel'), plain(csvs, 'csv')];
  return `/pr ${words.join(' ')}${limit === undefined ? '' : ` limit ${limit}`}`;
}

function plain(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
