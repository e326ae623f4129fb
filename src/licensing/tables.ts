import type { Table } from '../answer.ts';
import { type EditionName, type Era, editions } from '../core/licensing.ts';
import { listed, n, plural } from '../core/words.ts';
import { editionNames, inAll, perHost, type Question, same } from './counts.ts';

/** One row for every era: its count of each edition, per host and in all. */
export function eraTable(eras: Era[], question: Question): Table {
  return {
    title: 'Licences by era, per host and in all',
    columns: ['Era', ...editions.map((name) => editionNames[name]), 'Fewest licences'],
    rows: eras.map((era) => [era.era, ...editions.map((name) => cell(era, name, question)), fewest(era, question)]),
  };
}

function cell(era: Era, name: EditionName, question: Question): string {
  const edition = era.editions[name];
  const all = inAll(era, name, question);
  // Of licensing by VM only what was read is known; Enterprise had gone ten years before it came.
  if (!edition || all === undefined) return era.releases.length > 0 || name === 'enterprise' ? 'none' : 'not known';
  if (edition.unit.of === 'virtual-cores')
    return `${plural(inAll(era, name, { ...question, vms: 1 }) ?? 0, era.noun)} per VM, ${n(all)} in all`;
  const counts = perHost(era, name, question) ?? [];
  const [first = 0] = counts;
  return same(counts)
    ? `${plural(first, era.noun)} per host, ${n(all)} in all`
    : `${counts.map(n).join(' + ')} = ${n(all)}`;
}

function fewest(era: Era, question: Question): string {
  const counts = editions.flatMap((name) => {
    const all = inAll(era, name, question);
    return all === undefined ? [] : [{ name, all }];
  });
  const least = Math.min(...counts.map(({ all }) => all));
  return `${listed(
    counts.filter(({ all }) => all === least).map(({ name }) => editionNames[name]),
    'or',
  )} (${n(least)})`;
}

/** One row a host, when the hosts differ. */
export function hostTable(era: Era, question: Question): Table[] {
  const names = editions.filter((name) => era.editions[name]);
  const counts = names.map((name) => perHost(era, name, question) ?? []);
  if (counts.every(same)) return [];
  return [
    {
      title: `Host by host, ${era.era}`,
      columns: ['Host', 'Processors', 'Cores', ...names.map((name) => editionNames[name])],
      rows: question.hosts.map(({ processors, cores }, i) => [
        n(i + 1),
        n(processors),
        n(cores),
        ...counts.map((each) => n(each[i] ?? 0)),
      ]),
    },
  ];
}
