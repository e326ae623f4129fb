import { type Era, editions } from '../core/licensing.ts';
import { n, plural } from '../core/words.ts';
import { inAll, perHost, type Question } from './counts.ts';

/** How the VMs may spread, and what a cap would save. */
export function placementNotes(question: Question, era: Era): string[] {
  const { vms, cap, fail, onOneHost, hosts } = question;
  if (hosts.length === 1) return [];
  if (cap !== undefined)
    return [`Affinity keeps at most ${n(cap)} VMs on one host; one more, however briefly, is not covered.`];
  if (fail !== undefined)
    return [
      `Balanced over the ${plural(hosts.length - fail, 'host')} left when ${n(fail)} ${fail === 1 ? 'is' : 'are'} lost: ${n(vms)} / ${n(hosts.length - fail)} = at most ${plural(onOneHost, 'VM')} on a host. Placement rules must keep it so; one more, however briefly, is not covered.`,
    ];
  const every = `Every VM may land on every host (failover, live migration, maintenance), so each host is covered for all ${n(vms)}.`;
  return [every, ...savingByCap(question, era)];
}

/** What a cap would save: low enough to matter, and above two hosts high enough to lose one host. */
function savingByCap(question: Question, era: Era): string[] {
  const { vms, hosts } = question;
  const left = hosts.length > 2 ? hosts.length - 1 : hosts.length;
  const cap = Math.ceil(vms / left);
  const capped = inAll(era, 'standard', { ...question, onOneHost: cap });
  const uncapped = inAll(era, 'standard', question);
  if (capped === undefined || uncapped === undefined || capped >= uncapped) return [];
  const price =
    left < hosts.length ? 'the loss of one host is still survived' : 'no host could take over the VMs of the other';
  return [
    `A cap of ${plural(cap, 'VM')} per host (affinity; add “cap ${cap}”) would need ${plural(capped, era.noun)} of Standard in all instead of ${n(uncapped)}; then ${price}.`,
  ];
}

/** What is special about one era, with what this question makes of it. */
export function eraNotes(era: Era, question: Question): string[] {
  const enterprise = perHost(era, 'enterprise', question);
  const covered = era.editions.enterprise?.oses;
  const own = question.otherWork ? 1 : 0;
  const capped =
    enterprise && typeof covered === 'number'
      ? [
          `${era.era}, Enterprise: no more than ${n(Math.min(...enterprise) * covered - own)} VMs may ever run on a host with this count.`,
        ]
      : [];
  const named = editions.flatMap((name) => era.editions[name]?.notes ?? []).map((note) => `${era.era}: ${note}`);
  const containers = question.containers && !era.containers ? [`${era.era}: containers are not counted.`] : [];
  const perVm =
    Object.values(era.editions).some((edition) => edition?.unit.of === 'virtual-cores') && !question.virtualCores;
  const assumed = perVm
    ? [`${era.era}: the minimum per VM is assumed; add, for example, “12 vcores” for larger VMs.`]
    : [];
  return [...capped, ...named, ...era.notes.map((note) => `${era.era}: ${note}`), ...containers, ...assumed];
}
