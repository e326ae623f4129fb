import { z } from 'zod';
import { choice, count, counts, flag, groups, question } from '../src/arguments.ts';
import { command } from '../src/command.ts';
import { editions } from '../src/core/licensing.ts';
import { windowsReleases } from '../src/core/release.ts';
import { UserError } from '../src/errors.ts';
import { answerLicensing } from '../src/licensing/answer.ts';
import { readHosts } from '../src/licensing/design.ts';
import { hostUnits, perHost, vmUnits } from '../src/units.ts';

const perProcessor = ['processor', 'proc', 'socket', 'cpu'].flatMap((noun) => [
  `per ${noun}`,
  `each ${noun}`,
  `a ${noun}`,
]);
const inAll = ['in all', 'in total', 'total', 'altogether'];
const each = { '': ['each', 'apiece', ...perHost] };
const coresAfter = { '': ['each', 'apiece'], processor: perProcessor, host: perHost, all: inAll };

const coresPer = choice(
  { processor: [], host: [], all: [] },
  { label: 'what the cores are counted over', show: 'per processor|per host|in all' },
);
const processors = count({
  label: 'processors (sockets) of one host',
  show: 'N procs',
  units: ['procs', 'proc', 'processors', 'processor', 'sockets', 'socket', 'cpus', 'cpu'],
  after: each,
  max: 64,
});
const cores = { units: ['cores', 'core', 'physical cores'], after: coresAfter, setsKey: 'coresPer', max: 4096 };

const args = z.object({
  product: choice(
    {
      'windows-server': ['windows server', 'windows-server'],
      'system-center': ['system-center', 'system center', 'systemcenter', 'sysctr'],
    },
    { label: 'the product (Windows Server unless said)', show: 'system-center' },
  ).default('windows-server'),
  scope: choice(
    { cluster: ['cluster', 'failover cluster'], host: ['host', 'server', 'standalone', 'standalone host'] },
    { label: 'a cluster, or one host', show: 'cluster|host' },
  ).optional(),
  hosts: count({
    label: 'hosts',
    show: 'N hosts',
    question: 'How many hosts does the cluster have, for example “2 hosts”?',
    units: hostUnits,
    max: 1000,
  }).optional(),
  vms: count({
    label: 'Windows Server VMs, all together',
    show: 'N vms',
    question: 'How many Windows Server VMs run there, for example “8 vms”?',
    units: vmUnits,
    after: { host: perHost, all: inAll },
    setsKey: 'vmsPer',
    min: 0,
    max: 100_000,
  }),
  vmsPer: choice({ host: [], all: [] }, { label: 'VMs of one host instead', show: 'per host' }).optional(),
  processors: processors.optional(),
  cores: counts({
    label: 'physical cores, or a list with the cores of each host',
    show: 'N cores',
    ...cores,
  }).optional(),
  coresPer: coresPer.optional(),
  each: groups(
    z.object({
      processors: processors.optional(),
      cores: count({ label: 'physical cores', show: 'N cores', ...cores }).optional(),
      coresPer: coresPer.optional(),
    }),
    {
      label: 'one host of an unequal cluster, once for each',
      show: 'host N procs N cores',
      leads: ['host', 'server', 'node'],
    },
  ).optional(),
  release: choice(windowsReleases, { label: 'the release', show: 'RELEASE' }).optional(),
  edition: choice(
    {
      standard: ['standard', 'std'],
      enterprise: ['enterprise', 'ent'],
      datacenter: ['datacenter', 'data center', 'datacentre', 'dc'],
    },
    { label: 'the edition', show: editions.join('|') },
  ).optional(),
  cap: count({
    label: 'the most VMs that affinity allows on one host',
    show: 'cap N',
    leads: ['cap', 'capped at', 'affinity'],
    after: { '': ['vms', 'vms per host', 'per host'] },
    max: 100_000,
  }).optional(),
  fail: count({
    label: 'hosts whose loss must be survived, the VMs balanced over the rest',
    show: 'fail N',
    leads: ['fail', 'survive', 'tolerate'],
    after: { '': ['hosts', 'host', 'nodes', 'node'] },
    max: 1000,
  }).optional(),
  containers: count({
    label: 'containers with Hyper-V isolation on one host',
    show: 'N containers',
    units: ['containers', 'container', 'hyper-v containers', 'isolated containers', 'hyper-v isolated containers'],
    after: each,
    max: 100_000,
  }).optional(),
  virtualCores: count({
    label: 'virtual cores of one VM, for licensing by VM',
    show: 'N vcores',
    units: ['vcores', 'vcore', 'vcpus', 'vcpu', 'virtual cores', 'virtual processors'],
    after: { '': ['each', 'apiece', 'per vm', 'a vm'] },
    max: 4096,
  }).optional(),
  otherWork: flag(['other work', 'host with other work', 'hosts with other work', 'other roles'], {
    label: 'the hosts do more than run VMs',
    show: 'other work',
  }).default(false),
});

export default command({
  name: 'license',
  aliases: ['licence', 'licenses', 'licences', 'licensing', 'lic'],
  summary: 'how many Windows Server or System Center licences a host or a cluster needs',
  args,
  examples: [
    {
      ask: '/license cluster 2 hosts 8 vms',
      headline:
        'Windows Server 2016 and later, 2 hosts, 8 VMs: Standard 64 core licences per host (128 in all) or Datacenter 16 core licences per host (32 in all).',
    },
    {
      ask: '/license cluster 2 hosts 8 vms 2008 R2 enterprise',
      headline: 'Windows Server 2008 R2 Enterprise: 2 licences per host, 4 in all, for 2 hosts and 8 VMs.',
    },
    {
      ask: '/license 2 hosts 8 vms 2 procs 16 cores 2022 standard',
      headline: 'Windows Server 2022 Standard: 128 core licences per host, 256 in all, for 2 hosts and 8 VMs.',
    },
    {
      ask: '/license 4 hosts 12 vms fail 1 2025 standard',
      headline: 'Windows Server 2025 Standard: 32 core licences per host, 128 in all, for 4 hosts and 12 VMs.',
    },
    {
      ask: '/license host 2 procs 18 cores host 4 procs 8 cores 4 vms 2025 standard',
      headline: 'Windows Server 2025 Standard: 72 + 64 = 136 core licences for 2 hosts and 4 VMs.',
    },
    {
      ask: '/license system-center 3 hosts 10 vms 2019 datacenter',
      headline: 'System Center 2019 Datacenter: 16 core licences per host, 48 in all, for 3 hosts and 10 VMs.',
    },
  ],
  answer(asked, context) {
    const hosts = readHosts(asked);
    if (!hosts) throw new UserError(question(args.shape.hosts));
    return answerLicensing(asked, hosts, context);
  },
});
