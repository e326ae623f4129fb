import { z } from 'zod';
import type { Button, Table } from '../src/answer.ts';
import { choice, count } from '../src/arguments.ts';
import { type Context, command } from '../src/command.ts';
import { type VmmRelease, vmmReleases } from '../src/core/release.ts';
import { oldestFirst, type VmmPack } from '../src/core/sizing.ts';
import { distinct } from '../src/core/source.ts';
import { listed } from '../src/core/words.ts';
import { UserError } from '../src/errors.ts';
import { hostUnits, vmUnits } from '../src/units.ts';
import { limits } from '../src/vmm/limits.ts';
import { type Estate, inWords, type Question } from '../src/vmm/question.ts';
import { sizing } from '../src/vmm/sizing.ts';
import { topic } from '../src/vmm/topic.ts';

const questions = {
  sizing,
  limits,
  requirements: topic('requirements', 'Software for the management server', 'The ', ' management server needs'),
  databases: topic('databases', 'Databases', '', ' keeps its database on'),
  hosts: topic('hosts', 'Hosts it manages', '', ' manages'),
  'bare-metal': topic('bare-metal', 'For bare-metal deployment', 'To deploy hosts to bare metal, ', ' needs'),
  updates: topic('updates', 'Update server', 'To update its hosts, ', ' needs'),
  ha: topic('ha', 'A clustered management server', 'A clustered ', ' management server'),
} satisfies Record<string, Question>;

type Name = keyof typeof questions;

const phrases: Record<Name, string[]> = {
  sizing: ['sizing', 'size', 'sizes', 'hardware'],
  limits: ['limits', 'limit', 'capacity', 'maximum', 'maximums', 'scale'],
  requirements: ['requirements', 'requirement', 'prerequisites', 'prerequisite', 'software'],
  databases: ['databases', 'database', 'db', 'sql', 'sql server'],
  hosts: ['hosts', 'managed hosts', 'supported hosts', 'fabric'],
  'bare-metal': ['bare-metal', 'bare metal', 'baremetal', 'pxe', 'bmc'],
  updates: ['updates', 'update', 'update server', 'update servers', 'wsus'],
  ha: ['ha', 'high availability', 'high-availability', 'highly available', 'cluster', 'clustering', 'dkm'],
};

const args = z.object({
  question: choice(phrases, {
    label: 'the question',
    show: Object.keys(phrases).join('|'),
  }).optional(),
  hosts: count({
    label: 'managed hosts',
    show: 'N hosts',
    units: [...hostUnits, 'hyper-v hosts', 'managed hosts', 'physical hosts'],
    max: 1_000_000,
  }).optional(),
  vms: count({
    label: 'managed VMs',
    show: 'N vms',
    units: vmUnits,
    max: 10_000_000,
  }).optional(),
  release: choice(vmmReleases, {
    label: 'the release of VMM',
    show: 'RELEASE',
  }).optional(),
});

export default command({
  name: 'vmm',
  aliases: ['scvmm'],
  summary: 'what Virtual Machine Manager needs, supports and was tested with, per release',
  args,
  examples: [
    {
      ask: '/vmm sizing 200 hosts',
      headline:
        'For 200 hosts, the VMM 2025 management server needs a CPU of at least 8-core Pentium 4, 2 GHz (x64), with 4 GB of memory and 4 GB of disk; recommended is 16-core, 2.66 GHz, with 16 GB of memory and 10 GB of disk.',
    },
    {
      ask: '/vmm sizing 150 hosts 2012',
      headline:
        'For 150 hosts, the VMM 2012 management server needs a CPU of at least Pentium 4, 2 GHz (x64), with 2 GB of memory and 2 GB of disk (80 GB with a local database); recommended is dual-processor, dual-core, 2.8 GHz (x64) or greater, with 4 GB of memory and 40 GB of disk (150 GB with a local database); the only source is an article of July 2011 on pre-release documents.',
    },
    {
      ask: '/vmm limits 1500 hosts 20000 vms',
      headline:
        'For VMM 2025, 1,500 hosts are 500 beyond what was tested (1,000 hosts) and 20,000 VMs are within what was tested (25,000 VMs).',
    },
    {
      ask: '/vmm databases 2022',
      headline:
        'VMM 2022 keeps its database on SQL Server 2016, 2017 or 2019, with 2022 from UR1 (Standard, Enterprise or Datacenter, 64-bit).',
    },
    {
      ask: '/vmm hosts 2016',
      headline:
        'VMM 2016 manages Hyper-V on Windows Server 2012 R2 and 2016, and VMware ESX and ESXi 5.1, 5.5 and 6.0, with 6.5 from UR6.',
    },
    {
      ask: '/vmm updates',
      headline:
        'To update its hosts, VMM 2025 needs a WSUS root or downstream server, version 4.0 or later, never a replica.',
    },
    {
      ask: '/vmm ha 2025',
      headline:
        'A clustered VMM 2025 management server has at most 16 nodes on Windows Server 2025, one of them active, and needs Distributed Key Management.',
    },
  ],
  answer: ({ question: asked, hosts, vms, release }, context) => {
    const name = asked ?? (hosts || vms ? 'sizing' : undefined);
    if (!name) throw whichQuestion(release);
    const packs = oldestFirst(context.knowledge.vmm);
    const chosen = packs.find((pack) => pack.release === (release ?? context.defaultRelease)) ?? packs.at(-1);
    if (!chosen) throw new Error('there is no knowledge of VMM');
    const others = packs.filter((pack) => pack !== chosen);
    const estate = { hosts, vms };
    const question = questions[name];
    const answer = question.answer(chosen, estate);
    return {
      ...answer,
      facts: [['Release', release ? `VMM ${release}` : unnamed(chosen, context)], ...(answer.facts ?? [])],
      tables: [...(answer.tables ?? []), ...(release ? [] : [otherReleases(question, others, estate)])],
      notes: [...unused(question, estate), ...(answer.notes ?? [])],
      sources: distinct([
        ...(answer.sources ?? []),
        ...(release ? [] : others.flatMap((pack) => question.section(pack)?.sources ?? [])),
      ]),
      buttons: others.map((pack) => ({ label: `VMM ${pack.release}`, ask: spelled(name, estate, pack.release) })),
    };
  },
});

/** The releases that were not asked for, one row each. */
function otherReleases(question: Question, others: VmmPack[], estate: Estate): Table {
  const rows = others.map((pack) => {
    const certainty = question.section(pack)?.certainty;
    return [`VMM ${pack.release}${certainty ? ` (${certainty})` : ''}`, ...question.row(pack, estate)];
  });
  return { title: 'The other releases', columns: ['Release', ...question.columns], rows };
}

function unnamed({ release }: VmmPack, { defaultRelease }: Context): string {
  return `VMM ${release}, ${release === defaultRelease ? 'the one set here' : 'the newest'}, because none was named`;
}

/** A count that was given and does not change the answer is said to have been left out. */
function unused({ counts }: Question, estate: Estate): string[] {
  const given = inWords(estate);
  return given && !counts
    ? [`This answer is the same for any number of hosts and VMs; for ${given}, ask for “sizing” or “limits”.`]
    : [];
}

function whichQuestion(release: VmmRelease | undefined): UserError {
  const names = Object.keys(phrases);
  const asks = names.map((name): Button => ({ label: name, ask: `/vmm ${name}${release ? ` ${release}` : ''}` }));
  return new UserError(
    `What would you like to know about VMM${release ? ` ${release}` : ''}: ${listed(names, 'or')}?`,
    asks,
  );
}

function spelled(name: Name, { hosts, vms }: Estate, release: VmmRelease): string {
  const counts = questions[name].counts ? [hosts && `${hosts} hosts`, vms && `${vms} vms`] : [];
  return ['/vmm', name, ...counts, release].filter(Boolean).join(' ');
}
