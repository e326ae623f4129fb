import type { Answer, Source } from '../answer.ts';
import type { VmmPack } from '../core/sizing.ts';
import { plural } from '../core/words.ts';

/** What a person manages, or wants to. */
export type Estate = { hosts?: number | undefined; vms?: number | undefined };

/** One question about VMM: how a release answers it in full, and in one row beside other releases. */
export type Question = {
  /** True when hosts and VMs change the answer. */
  counts: boolean;
  /** The columns behind the release, in the table of the other releases. */
  columns: string[];
  /** Where the answer stands in a pack; undefined when it is not known for that release. */
  section(pack: VmmPack): { certainty?: string | undefined; sources: Source[] } | undefined;
  answer(pack: VmmPack, estate: Estate): Answer;
  row(pack: VmmPack, estate: Estate): string[];
};

const nouns = { hosts: 'host', vms: 'VM' };

/** @example counted(200, 'hosts') // '200 hosts' */
export function counted(count: number, what: keyof Estate): string {
  return plural(count, nouns[what]);
}

/** "200 hosts and 5,000 VMs", or nothing when neither was given. */
export function inWords({ hosts, vms }: Estate): string {
  return [hosts && counted(hosts, 'hosts'), vms && counted(vms, 'vms')].filter(Boolean).join(' and ');
}
