import { type EditionName, type Era, licencesForHost, licencesForVms } from '../core/licensing.ts';
import type { Hosts } from './design.ts';

export type Asked = {
  product: Era['product'];
  vms: number;
  vmsPer?: 'host' | 'all' | undefined;
  release?: string | undefined;
  edition?: EditionName | undefined;
  cap?: number | undefined;
  fail?: number | undefined;
  containers?: number | undefined;
  virtualCores?: number | undefined;
  otherWork: boolean;
};

/** One question, with what every row of the answer needs. */
export type Question = Asked & { hosts: Hosts['hosts']; onOneHost: number };

export const editionNames = { standard: 'Standard', enterprise: 'Enterprise', datacenter: 'Datacenter' };

/** The most OSEs that one host must be covered for: VMs, containers where they count, and the host itself when it does more. */
export function osesOnOneHost(era: Era, { onOneHost, containers = 0, otherWork }: Question): number {
  return onOneHost + (era.containers ? containers : 0) + (otherWork ? 1 : 0);
}

/** Licences of each host; undefined where the edition is licensed by VM. */
export function perHost(era: Era, name: EditionName, question: Question): number[] | undefined {
  const edition = era.editions[name];
  if (!edition || edition.unit.of === 'virtual-cores') return undefined;
  const oses = osesOnOneHost(era, question);
  return question.hosts.map((host) => licencesForHost(edition, { ...host, oses }));
}

/** Licences in all; undefined where the era does not have the edition. */
export function inAll(era: Era, name: EditionName, question: Question): number | undefined {
  const edition = era.editions[name];
  if (edition?.unit.of === 'virtual-cores')
    return licencesForVms(edition.unit, { vms: question.vms, virtualCores: question.virtualCores ?? 0 });
  return perHost(era, name, question)?.reduce((sum, count) => sum + count, 0);
}

export const same = (counts: number[]) => counts.every((count) => count === counts[0]);
