import type { Answer, Button } from '../answer.ts';
import type { Context } from '../command.ts';
import { coresCounted, type EditionName, type Era, editions, worstCase } from '../core/licensing.ts';
import { distinct } from '../core/source.ts';
import { listed, n, plural } from '../core/words.ts';
import { UserError } from '../errors.ts';
import { arithmetic } from './arithmetic.ts';
import { type Asked, editionNames, perHost, type Question, same } from './counts.ts';
import type { Hosts } from './design.ts';
import { eraNotes, placementNotes } from './notes.ts';
import { eraTable, hostTable } from './tables.ts';

const productNames = { 'windows-server': 'Windows Server', 'system-center': 'System Center' };
/**
 * Answers a licensing question: the count of the era asked for in full, and one row for every other era.
 * @throws UserError when the VMs do not fit the hosts, or the release has no such edition
 */
export function answerLicensing(asked: Asked, { hosts, reading }: Hosts, context: Context): Answer {
  const vms = asked.vmsPer === 'host' ? asked.vms * hosts.length : asked.vms;
  const question = { ...asked, vms, hosts, onOneHost: mostOnOneHost({ ...asked, vms }, hosts.length) };
  const packs = context.knowledge.licensing;
  const eras = packs
    .filter((pack) => pack.kind === 'era')
    .filter(({ product }) => product === asked.product)
    .sort((a, b) => a.order - b.order);
  const { era, release } = chooseEra(eras, asked, context.defaultRelease);
  const rules = packs.filter((pack) => pack.kind === 'rules').filter(({ product }) => product === asked.product);

  // Licensing by VM belongs to no release; it stands beside the newest era, whose licences it needs.
  const beside = eras.filter(({ releases }) => releases.length === 0 && era === newest(eras));
  const shown = asked.release ? [era, ...beside] : eras;
  return {
    headline: headline(era, question, release),
    facts: arithmetic(era, question),
    tables: [eraTable(shown, question), ...hostTable(era, question)],
    notes: [
      ...placementNotes(question, era),
      ...assumedCores(newest(shown), question),
      ...reading,
      ...(asked.vmsPer === 'host'
        ? [`VMs per host times hosts: ${n(asked.vms)} x ${n(hosts.length)} = ${n(vms)} VMs.`]
        : []),
      ...shown.flatMap((one) => eraNotes(one, question)),
      'The fewest licences are not the lowest price: the licences differ in kind and price.',
      ...rules.flatMap((pack) => [...pack.notes, pack.disclaimer]),
    ],
    // First what the headline rests on.
    sources: distinct([era, ...shown, ...rules].flatMap((pack) => pack.sources)),
    buttons: buttons(asked, hosts.length, eras, context.request.text),
  };
}

function newest(eras: Era[]): Era {
  const latest = eras.findLast(({ releases }) => releases.length > 0);
  if (!latest) throw new Error('the licensing knowledge has no era with releases');
  return latest;
}

/**
 * The era to answer for: that of the release asked for, else that of the release run here, else the newest; of those
 * that have the edition asked for. `release` is absent when the answer is for the era as a whole.
 */
function chooseEra(eras: Era[], { product, release, edition }: Asked, usual: string | undefined) {
  const of = (one: string | undefined) => eras.find(({ releases }) => one !== undefined && releases.includes(one));
  const named = of(release);
  if (release && !named) throw new UserError(`I have no licensing rules for ${productNames[product]} ${release}.`);
  const having = eras.filter(({ releases, editions }) => releases.length > 0 && (!edition || editions[edition]));
  const chosen = named ?? having.find((era) => era === of(usual)) ?? having.at(-1);
  if (!chosen || !having.includes(chosen)) {
    const offered = editions.filter((name) => (named ?? newest(eras)).editions[name]).map((name) => editionNames[name]);
    throw new UserError(
      `${[productNames[product], release].filter(Boolean).join(' ')} has no ${edition ? editionNames[edition] : ''} edition; please choose ${listed(offered, 'or')}.`,
    );
  }
  return { era: chosen, release: release ?? (chosen === of(usual) ? usual : undefined) };
}

function assumedCores({ editions: { datacenter } }: Era, { hosts }: Question): string[] {
  const [host] = hosts;
  if (datacenter?.unit.of !== 'cores' || !host || host.cores > 0) return [];
  const least = coresCounted(datacenter.unit, host);
  return [
    `Cores were not given: the licence minimum of ${n(least)} per host is assumed. Add, for example, “2 procs 16 cores”.`,
  ];
}

function mostOnOneHost({ vms, cap, fail }: Asked, hosts: number): number {
  if (fail !== undefined && fail >= hosts)
    throw new UserError(`With ${plural(fail, 'host')} of ${n(hosts)} lost, no host is left to run the VMs.`);
  const most = worstCase({ hosts, vms, ...(cap !== undefined && { cap }), ...(fail !== undefined && { fail }) });
  if (most === undefined)
    throw new UserError(
      `${plural(vms, 'VM')} do not fit ${plural(hosts - (fail ?? 0), 'host')} with at most ${n(cap ?? 0)} on each.`,
    );
  return most;
}

function headline(era: Era, question: Question, release: string | undefined): string {
  const { product, hosts, vms, edition } = question;
  const name = `${productNames[product]} ${release ?? era.name}`;
  const counts = (one: EditionName) => perHost(era, one, question) ?? [];
  const estate = [plural(hosts.length, 'host'), plural(vms, 'VM')];
  const assumed = release && era.assumed[release] ? `; ${era.assumed[release]}` : '';
  if (edition)
    return `${name} ${editionNames[edition]}: ${inFull(counts(edition), era.noun)} for ${estate.join(' and ')}${assumed}.`;
  const each = editions
    .filter((one) => era.editions[one])
    .map((one) => `${editionNames[one]} ${short(counts(one), era.noun)}`);
  return `${name}, ${estate.join(', ')}: ${listed(each, 'or')}${assumed}.`;
}

function inFull(counts: number[], noun: string): string {
  const [first = 0] = counts;
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (counts.length === 1) return `${plural(first, noun)}`;
  if (same(counts)) return `${plural(first, noun)} per host, ${n(all)} in all,`;
  return counts.length <= 6 ? `${counts.map(n).join(' + ')} = ${plural(all, noun)}` : `${plural(all, noun)} in all`;
}

function short(counts: number[], noun: string): string {
  const [first = 0] = counts;
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (counts.length === 1) return plural(first, noun);
  return same(counts) ? `${plural(first, noun)} per host (${n(all)} in all)` : `${plural(all, noun)} in all`;
}

/** The same question again with one thing changed; not offered for a text too long for a button. */
function buttons({ cap, fail, edition, release, product }: Asked, hosts: number, eras: Era[], text: string): Button[] {
  if (text.length > 300) return [];
  // The newest release of each of the two newest eras.
  const latest = eras
    .flatMap(({ releases }) => releases.slice(-1))
    .slice(-2)
    .reverse();
  const again = (label: string, more: string) => ({ label, ask: `${text.trim()} ${more}` });
  return [
    ...(hosts > 2 && cap === undefined && fail === undefined ? [again('Survive the loss of one host', 'fail 1')] : []),
    ...(release ? [] : latest.map((name) => again(`${productNames[product]} ${name}`, name))),
    ...(edition || !release ? [] : [again('Standard only', 'standard'), again('Datacenter only', 'datacenter')]),
    ...(product === 'windows-server' && !release && !edition ? [again('System Center', 'system-center')] : []),
  ];
}
