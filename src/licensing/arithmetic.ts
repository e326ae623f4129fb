import { coresCounted, type Edition, type EditionName, type Era, editions, type HostLoad } from '../core/licensing.ts';
import { n, plural } from '../core/words.ts';
import { editionNames, osesOnOneHost, perHost, type Question } from './counts.ts';

/** The arithmetic of one era, edition by edition; for unequal hosts, of each kind of host. */
export function arithmetic(era: Era, question: Question): [label: string, value: string][] {
  const oses = osesOnOneHost(era, question);
  const kinds = new Map(question.hosts.map((host, i) => [`${host.processors} ${host.cores}`, { host, i }]));
  const sums = [...kinds.values()].flatMap(({ host, i }) =>
    editions.flatMap((name): [string, string][] => {
      const edition = era.editions[name];
      if (!edition) return [];
      const count = perHost(era, name, question)?.[i] ?? 0;
      return [[label(name, kinds.size, host), `${sum(edition, { ...host, oses })} = ${plural(count, era.noun)}`]];
    }),
  );
  return [['OSEs on one host', osesSum(era, question, oses)], ...sums];
}

function label(name: EditionName, kinds: number, { processors, cores }: { processors: number; cores: number }): string {
  const which = kinds > 1 ? `host with ${plural(processors, 'processor')} and ${plural(cores, 'core')}` : 'per host';
  return `${editionNames[name]}, ${which}`;
}

function osesSum(era: Era, { onOneHost, containers, otherWork }: Question, oses: number): string {
  const parts = [
    plural(onOneHost, 'VM'),
    ...(containers && era.containers ? [plural(containers, 'container')] : []),
    ...(otherWork ? ['1 for the other work of the host'] : []),
  ];
  return parts.length === 1 ? `${parts[0]} at most` : `${parts.join(' + ')} = ${n(oses)}`;
}

function sum({ unit, oses: covered }: Edition, load: HostLoad): string {
  const share =
    covered === 'unlimited'
      ? undefined
      : `${plural(load.oses, 'OSE')} / ${n(covered)}${load.oses % covered === 0 ? '' : ' rounded up'}`;
  switch (unit.of) {
    case 'server':
      return share ?? 'one';
    case 'processors': {
      const sockets = `${plural(load.processors, 'processor')} / ${n(unit.each)}${load.processors % unit.each === 0 ? '' : ' rounded up'}`;
      return `the largest of the minimum ${n(unit.least)}, ${sockets}${share ? `, ${share}` : ''}`;
    }
    case 'cores': {
      const counted = coresCounted(unit, load);
      const floor = counted > load.cores ? ' (licence minimum)' : '';
      const sets = typeof covered === 'number' ? Math.max(1, Math.ceil(load.oses / covered)) : 1;
      return `${plural(counted, 'core')}${floor}${share ? ` x ${n(sets)} (${share})` : ''}`;
    }
    case 'virtual-cores':
      return `at least ${plural(unit.perVm, 'virtual core')} per VM`;
  }
}
