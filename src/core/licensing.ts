import { z } from 'zod';
import { source } from './source.ts';

/** The unit a licence of an edition is sold in, and the least of them one host (or one VM) takes. */
const unit = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('server') }),
  z.strictObject({ of: z.literal('processors'), each: z.int().positive(), least: z.int().positive() }),
  z.strictObject({ of: z.literal('cores'), perProcessor: z.int().positive(), perServer: z.int().positive() }),
  z.strictObject({ of: z.literal('virtual-cores'), perVm: z.int().positive() }),
]);

const edition = z.strictObject({
  unit,
  /** OSEs that one licence covers (or, for cores, one licensing of the whole host). */
  oses: z.union([z.int().positive(), z.literal('unlimited')]),
  notes: z.array(z.string()).default([]),
});

export const editions = ['standard', 'enterprise', 'datacenter'] as const;
export type EditionName = (typeof editions)[number];

/**
 * The knowledge of licensing: one `era` for the releases that share rules, and the `rules` of all releases of a product.
 * An era without releases is a way of licensing beside the others (by VM).
 */
export const licensingPack = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('era'),
    product: z.enum(['windows-server', 'system-center']),
    /** Place in the table, oldest first. */
    order: z.int(),
    era: z.string().min(1),
    /** Its releases behind the name of the product: “2016 and later”. */
    name: z.string().min(1),
    releases: z.array(z.string()),
    /** Why a release is counted with the others although no text was found that says so. */
    assumed: z.record(z.string(), z.string()).default({}),
    /** What one licence is called. */
    noun: z.string().min(1),
    editions: z.partialRecord(z.enum(editions), edition),
    /** Whether containers with Hyper-V isolation exist and count. */
    containers: z.boolean().default(false),
    notes: z.array(z.string()).default([]),
    sources: z.array(source).min(1),
  }),
  z.strictObject({
    kind: z.literal('rules'),
    product: z.enum(['windows-server', 'system-center']),
    notes: z.array(z.string()).min(1),
    disclaimer: z.string().min(1),
    sources: z.array(source).min(1),
  }),
]);

export type LicensingPack = z.output<typeof licensingPack>;
export type Era = Extract<LicensingPack, { kind: 'era' }>;
export type Edition = z.output<typeof edition>;

/** Processors and physical cores of one host, the cores spread evenly over the processors. */
export type Host = { processors: number; cores: number };

/** What one host must be covered for: `oses` is the most Windows Server OSEs that can ever run on it. */
export type HostLoad = Host & { oses: number };

/**
 * Licences that one host needs of one edition, in the unit of that edition (servers, processors or pairs of them, cores).
 * Source: the licensing reference, formulas of sections 2.2, 3, 4 and 7.
 * @throws RangeError for an edition that is licensed by VM, which no host count can answer
 * @example licencesForHost({ unit: { of: 'cores', perProcessor: 8, perServer: 16 }, oses: 2, notes: [] },
 *   { processors: 2, cores: 16, oses: 8 }) // 64
 */
export function licencesForHost({ unit, oses }: Edition, load: HostLoad): number {
  const sets = oses === 'unlimited' ? 1 : Math.max(1, Math.ceil(load.oses / oses));
  switch (unit.of) {
    case 'server':
      return sets;
    case 'processors':
      return Math.max(sets, unit.least, Math.ceil(load.processors / unit.each));
    case 'cores':
      return coresCounted(unit, load) * sets;
    case 'virtual-cores':
      throw new RangeError('licences by virtual core are counted per VM, not per host');
  }
}

/**
 * The core licences that cover a host once: all cores, at least so many a processor and so many a server.
 * @example coresCounted({ perProcessor: 8, perServer: 16 }, { processors: 4, cores: 24 }) // 32
 */
export function coresCounted(floor: { perProcessor: number; perServer: number }, host: Host): number {
  return Math.max(floor.perServer, host.processors * floor.perProcessor, host.cores);
}

/**
 * Core licences for VMs that are licensed one by one: their virtual cores, at least so many a VM.
 * Source: the licensing reference, section 5.
 * @example licencesForVms({ perVm: 8 }, { vms: 8, virtualCores: 4 }) // 64
 */
export function licencesForVms({ perVm }: { perVm: number }, of: { vms: number; virtualCores: number }): number {
  return of.vms * Math.max(perVm, of.virtualCores);
}

/** How VMs may spread over the hosts of a cluster. */
export type Placement = { hosts: number; vms: number; cap?: number; fail?: number };

/**
 * The most VMs that can ever run on one host: all of them, unless `cap` (affinity) or `fail` (hosts whose loss is
 * survived, the VMs balanced over the rest) says less. Undefined when the VMs do not fit the hosts that are left.
 * Source: the licensing reference, section 1, "worst case per host".
 * @example worstCase({ hosts: 4, vms: 12, fail: 1 }) // 4
 */
export function worstCase({ hosts, vms, cap, fail = 0 }: Placement): number | undefined {
  const left = hosts - fail;
  if (left < 1 || (cap !== undefined && cap * left < vms)) return undefined;
  if (cap !== undefined) return Math.min(cap, vms);
  return fail > 0 ? Math.ceil(vms / left) : vms;
}
