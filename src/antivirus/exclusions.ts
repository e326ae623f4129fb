import type { Answer, Button, Table } from '../answer.ts';
import {
  type AntivirusPack,
  type DefenderPack,
  type ExclusionList,
  type Exclusions,
  holds,
  type Kind,
  kinds,
  lacking,
  listsFor,
  merged,
  named,
  type Role,
  roleNames,
} from '../core/antivirus.ts';
import { type WindowsRelease, windowsReleaseNames } from '../core/release.ts';
import { distinct } from '../core/source.ts';
import { listed } from '../core/words.ts';
import { gapTable } from './defender.ts';
import { cell, counted, short } from './listed.ts';
import { scripts } from './script.ts';

export type Wanted = {
  roles: Role[];
  /** The release shown in full, and whether the person named it. */
  release: WindowsRelease;
  releaseNamed: boolean;
  rolesNamed: boolean;
  /** Folders that the person typed, checked. */
  folders: string[];
};

/** The lists for some roles on a release, laid over each other, with the script, the gaps and the other releases. */
export function exclusions(packs: readonly AntivirusPack[], defender: DefenderPack, wanted: Wanted): Answer {
  const lists = listsFor(packs, wanted.roles, wanted.release);
  const all = merged(lists);
  const disagreements = packs
    .filter((pack) => pack.kind === 'disagreement')
    .filter((pack) => pack.roles.some((role) => wanted.roles.includes(role)));
  const others = otherReleases(packs, wanted, named(all));
  const automatic = holds(defender, wanted.release);
  const covered = wanted.roles.some((role) => defender.roles.includes(role));
  return {
    headline: headline(lists, all, wanted),
    facts: lists.map((list): [string, string] => [quoted(list), `${list.standing} Set it on ${list.where}.`]),
    tables: [
      ...kindTables(all, wanted.folders),
      ...(automatic && wanted.roles.includes('hyper-v') ? [gapTable(packs, defender, wanted.release)] : []),
      ...disagreements.map(({ about, positions }) => ({
        title: `${about}: two articles disagree`,
        columns: ['Article', 'Says'],
        rows: positions.map(({ list, says }) => [list, says]),
      })),
      ...(wanted.releaseNamed ? [] : [otherReleasesTable(others, wanted.release, covered ? defender : undefined)]),
    ],
    code: scripts(lists, wanted.release, defender),
    notes: [
      ...lists.flatMap((list) => list.notes),
      ...disagreements.flatMap((pack) => pack.notes),
      ...(automatic || !covered
        ? []
        : [`Defender excludes nothing for these roles by itself before Windows Server ${defender.since}.`]),
      ...(wanted.rolesNamed ? [] : [`You named no role, so this is for ${roles['hyper-v']} alone. ${MORE_ROLES}`]),
    ],
    sources: distinct([...lists, ...disagreements, defender].flatMap((pack) => pack.sources)),
    buttons: buttons(wanted, others),
  };
}

/** The roles as a sentence names them. */
const roles: Record<Role, string> = {
  'hyper-v': 'Hyper-V',
  vmm: 'VMM',
  cluster: 'failover clusters',
  sql: 'SQL Server',
  'domain-controller': 'domain controllers',
  dpm: 'DPM',
};
const MORE_ROLES = 'Add cluster, vmm, sql, dc or dpm to lay their lists over it.';

function headline(lists: readonly ExclusionList[], all: Exclusions, { roles: wanted, release, folders }: Wanted) {
  const processes = all.processes.map(({ entry }) => short(entry).toLowerCase());
  const shown = processes.length > 2 ? [...processes.slice(0, 2), `${processes.length - 2} more`] : processes;
  const counts = [
    [all.processes.length, 'process', 'processes', ` (${listed(shown)})`],
    [all.extensions.length, 'file extension', 'file extensions', ''],
    [all.folders.length + folders.length, 'folder', 'folders', ''],
    [all.files.length, 'file by path', 'files by path', ''],
    [all.shares.length, 'kind of share', 'kinds of share', ''],
  ] as const;
  const said = counts.filter(([count]) => count > 0).map(([n, one, many, more]) => counted(n, one, many) + more);
  const by = listed(lists.map(quoted));
  const what = listed(roleNames.filter((role) => wanted.includes(role)).map((role) => roles[role]));
  return `For ${what} on Windows Server ${release}, exclude ${listed(said)}, by ${by}.`;
}

/** How a list is quoted wherever it is named, with its caution. */
function quoted({ list, caution }: ExclusionList): string {
  return caution ? `${list} (${caution})` : list;
}

const kindTitles: Record<Kind, [title: string, column: string]> = {
  extensions: ['File extensions (-ExclusionExtension)', 'Extension'],
  folders: ['Folders, with all below them (-ExclusionPath)', 'Folder'],
  files: ['Files by path, never by bare extension (-ExclusionPath)', 'File'],
  processes: ['Processes (-ExclusionProcess)', 'Process'],
  shares: ['Shares', 'Share'],
};

function kindTables(all: Exclusions, folders: readonly string[]): Table[] {
  return kinds
    .map((kind) => {
      const rows = all[kind].map(({ entry, what, lists }) => [entry, what, lists.join(', ')]);
      const own = kind === 'folders' ? folders.map((folder) => [folder, 'custom folder', 'named by you']) : [];
      const [title, column] = kindTitles[kind];
      return { title, columns: [column, 'What it is', 'List'], rows: [...rows, ...own] };
    })
    .filter(({ rows }) => rows.length > 0);
}

type Other = { release: WindowsRelease; lists: string; without: string[]; also: string[] };

/** The other releases, newest first, with what each lacks of the entries shown and what it has besides. */
function otherReleases(packs: readonly AntivirusPack[], wanted: Wanted, shown: readonly string[]): Other[] {
  return windowsReleaseNames
    .filter((release) => release !== wanted.release)
    .toReversed()
    .map((release) => {
      const lists = listsFor(packs, wanted.roles, release);
      const there = named(merged(lists));
      return {
        release,
        lists: lists.map(quoted).join(', '),
        without: lacking(shown, there),
        also: lacking(there, shown),
      };
    });
}

function otherReleasesTable(others: readonly Other[], shown: WindowsRelease, defender?: DefenderPack): Table {
  return {
    title: `Other releases, compared with Windows Server ${shown}`,
    columns: ['Windows Server', 'List', 'Without', 'Also', ...(defender ? ['Defender’s own list'] : [])],
    rows: others.map(({ release, lists, without, also }) => [
      release,
      lists,
      cell(without, 'nothing, the same'),
      cell(also, 'nothing'),
      ...(defender ? [holds(defender, release) ? 'yes' : 'no'] : []),
    ]),
  };
}

/** What to ask next. Folders that a person typed are left out on purpose: they stand in the folder table only. */
function buttons({ roles: wanted, release }: Wanted, others: readonly Other[]): Button[] {
  const ask = (some: readonly Role[], on: WindowsRelease) => `/av exclusions ${some.join(' ')} ${on}`;
  const different = others.find(({ without, also }) => without.length + also.length > 0) ?? others[0];
  const addable = (['cluster', 'vmm'] as const).filter((role) => !wanted.includes(role));
  return [
    ...addable.map((role) => ({ label: `Add ${roles[role]}`, ask: ask([...wanted, role], release) })),
    ...(different ? [{ label: `On Windows Server ${different.release}`, ask: ask(wanted, different.release) }] : []),
    { label: 'Should there be antivirus at all?', ask: '/av policy' },
    { label: 'Defender’s own list', ask: `/av defender ${release}` },
  ];
}
