import type { Host } from '../core/licensing.ts';
import { n, plural } from '../core/words.ts';
import { UserError } from '../errors.ts';

type CoresPer = 'processor' | 'host' | 'all';
type Described = { processors?: number | undefined; cores?: number | undefined; coresPer?: CoresPer | undefined };

/** What somebody said of the hosts, as it was read. */
export type HostWords = {
  hosts?: number | undefined;
  scope?: 'cluster' | 'host' | undefined;
  each?: Described[] | undefined;
  processors?: number | undefined;
  cores?: number[] | undefined;
  coresPer?: CoresPer | undefined;
};

/** The hosts, one by one, and how the words about them were read. A host without cores has 0: the licence minimum applies. */
export type Hosts = { hosts: Host[]; reading: string[] };

/**
 * Turns words about hosts into hosts. Bare cores are per processor where processors are named, else per host.
 * Undefined when nothing says how many hosts there are.
 * @throws UserError when the words contradict each other
 */
export function readHosts(words: HostWords): Hosts | undefined {
  const { each, cores = [], processors, coresPer } = words;
  if (each && (cores.length > 0 || processors !== undefined))
    throw new UserError('Please describe all hosts the same way: either each one, or all at once.');
  const described: Described[] | undefined =
    each ?? (cores.length > 1 ? cores.map((one) => ({ processors, cores: one, coresPer })) : undefined);
  const count = described?.length ?? words.hosts ?? (words.scope === 'host' ? 1 : undefined);
  if (count === undefined) return undefined;
  if (words.scope === 'host' && count > 1)
    throw new UserError('Several hosts that share no VMs are counted one by one: please ask for one host at a time.');
  if (described && words.hosts !== undefined && words.hosts !== described.length)
    throw new UserError(
      `You named ${plural(words.hosts, 'host')} and described ${n(described.length)}: please say which one counts.`,
    );
  const all = described ?? Array.from({ length: count }, () => ({ processors, cores: cores[0], coresPer }));
  return { hosts: all.map((host) => readHost(host, count)), reading: reading(all[0] ?? {}, all.length) };
}

function readHost({ processors, cores, coresPer }: Described, hosts: number): Host {
  // Not said: one, the least there is; every licence unit then counts its own minimum.
  const sockets = processors ?? 1;
  if (cores === undefined) return { processors: sockets, cores: 0 };
  if (coresPer === 'all') {
    if (cores % hosts !== 0)
      throw new UserError(
        `${n(cores)} cores in all do not divide evenly over ${plural(hosts, 'host')}: please say the cores of each host.`,
      );
    return { processors: sockets, cores: cores / hosts };
  }
  if (coresPer === 'processor' && processors === undefined)
    throw new UserError('How many processors does each host have, for example “2 procs”?');
  const perProcessor = coresPer === 'processor' || (coresPer === undefined && processors !== undefined);
  return { processors: sockets, cores: perProcessor ? cores * sockets : cores };
}

function reading({ processors, cores, coresPer }: Described, hosts: number): string[] {
  const said: string[] = [];
  if (processors === undefined)
    said.push(
      'Processors were not given: one or two per host are assumed, which count the same; more may need more licences.',
    );
  if (cores === undefined) return said;
  const perProcessor = coresPer === undefined && processors !== undefined;
  if (perProcessor)
    said.push('The cores are read as the cores of one processor; add “per host” or “in all” if they are not.');
  else if (coresPer === undefined) said.push('The cores are read as the cores of one host.');
  if (!perProcessor && coresPer !== 'processor' && processors !== 1)
    said.push('The cores of a host are taken to be spread evenly over its processors.');
  if (coresPer === 'all' && hosts > 1) said.push('The cores in all are divided evenly over the hosts.');
  return said;
}
