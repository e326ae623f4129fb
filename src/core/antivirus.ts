import { z } from 'zod';
import { type WindowsRelease, windowsReleaseNames } from './release.ts';
import { source } from './source.ts';

/** The roles a list exists for, in the order they are shown. */
export const roleNames = ['hyper-v', 'vmm', 'cluster', 'sql', 'domain-controller', 'dpm'] as const;
export type Role = (typeof roleNames)[number];

/** What can be excluded. Folders and files are both paths; they are kept apart so that they can be counted. */
export const kinds = ['extensions', 'folders', 'files', 'processes', 'shares'] as const;
export type Kind = (typeof kinds)[number];

/** The newest release of Windows Server. */
export const newestRelease = windowsReleaseNames.reduce((_, later) => later);

const some = z.array(z.string().min(1)).min(1);
const sources = z.array(source).min(1);
/** The releases a fact holds for: all of them, or those between two, both included. */
const span = { since: z.enum(windowsReleaseNames).optional(), until: z.enum(windowsReleaseNames).optional() };

/** `own`: a place or share in words, or with a placeholder, which only the administrator can fill in. */
const entry = z.strictObject({
  entry: z.string().min(1),
  what: z.string().min(1),
  /** The list that names it, where that is another than the one it stands in. */
  list: z.string().optional(),
  own: z.literal(true).optional(),
  ...span,
});
const entries = z.array(entry).default([]);

const exclusionList = z.strictObject({
  kind: z.literal('exclusions'),
  role: z.enum(roleNames),
  /** How the list is quoted. */
  list: z.string().min(1),
  /** Said beside its name wherever the list is not the article's own text. */
  caution: z.string().optional(),
  /** What the list is and how current, in one line. */
  standing: z.string().min(1),
  /** The servers it is set on. */
  where: z.string().min(1),
  ...span,
  extensions: entries,
  folders: entries,
  files: entries,
  processes: entries,
  shares: entries,
  /** PowerShell lines that find paths by themselves. */
  commands: z.array(z.string()).default([]),
  notes: z.array(z.string()).default([]),
  sources,
});

/** What is known of antivirus: a list for each role and article, where articles disagree, Defender, errors, policy. */
export const antivirusPack = z.discriminatedUnion('kind', [
  exclusionList,
  z.strictObject({
    kind: z.literal('disagreement'),
    about: z.string().min(1),
    roles: z.array(z.enum(roleNames)).min(1),
    positions: z.array(z.strictObject({ list: z.string(), says: z.string() })).min(2),
    notes: some,
    sources,
  }),
  z.strictObject({
    kind: z.literal('defender'),
    since: z.enum(windowsReleaseNames),
    /** The roles that it covers by itself. */
    roles: z.array(z.enum(roleNames)).min(1),
    automatic: z.strictObject({ extensions: some, folders: some, processes: some }),
    scope: some,
    turnOff: z.array(z.strictObject({ method: z.string(), how: z.string() })).min(1),
    parameters: z.array(z.strictObject({ name: z.string(), takes: z.string(), note: z.string() })).min(1),
    mostWildcards: z.int().positive(),
    beforeScript: z.string(),
    check: some,
    notes: some,
    sources,
  }),
  z.strictObject({
    kind: z.literal('errors'),
    codes: z
      .array(
        z.strictObject({
          hresult: z.string().regex(/^0x8007[0-9A-F]{4}$/),
          name: z.string(),
          meaning: z.string(),
          remark: z.string().optional(),
        }),
      )
      .min(1),
    symptoms: some,
    recovery: some,
    notes: some,
    sources,
  }),
  z.strictObject({
    kind: z.literal('policy'),
    position: z.string().min(1),
    against: some,
    counter: some,
    measures: some,
    compromise: z.string(),
    insist: some,
    waiver: z.string().includes('{asker}').includes('{officer}').includes('{date}'),
    notes: some,
    sources,
  }),
]);

export type AntivirusPack = z.output<typeof antivirusPack>;
export type ExclusionList = z.output<typeof exclusionList>;
export type DefenderPack = Extract<AntivirusPack, { kind: 'defender' }>;

/** One thing to exclude and the lists that name it. */
export type Exclusion = { entry: string; what: string; lists: string[] };
export type Exclusions = Record<Kind, Exclusion[]>;

/**
 * Whether something that came with one release and left with another is there on a release; both ends belong to it.
 * @example holds({ since: '2016' }, '2012 R2') // false
 */
export function holds(
  { since, until }: { since?: WindowsRelease | undefined; until?: WindowsRelease | undefined },
  on: WindowsRelease,
): boolean {
  const at = windowsReleaseNames.indexOf(on);
  return (!since || at >= windowsReleaseNames.indexOf(since)) && (!until || at <= windowsReleaseNames.indexOf(until));
}

/**
 * The lists for some roles on a release, in the order of `roleNames`, without the entries that the release does not have.
 * @example listsFor(packs, ['hyper-v'], '2022').map(({ list }) => list) // ['KB3105657']
 */
export function listsFor(
  packs: readonly AntivirusPack[],
  wanted: readonly Role[],
  release: WindowsRelease,
): ExclusionList[] {
  const found = packs.filter((pack) => pack.kind === 'exclusions').filter((list) => holds(list, release));
  const there = ({ since, until }: z.output<typeof entry>) => holds({ since, until }, release);
  return roleNames
    .filter((role) => wanted.includes(role))
    .flatMap((role) => found.filter((list) => list.role === role))
    .map((list) => ({
      ...list,
      ...Object.fromEntries(kinds.map((kind) => [kind, list[kind].filter(there)])),
    }));
}

/**
 * Lists laid over each other: what several of them name stands once, with the names of all of them.
 * Case does not count, as on Windows.
 * @example merged(listsFor(packs, ['hyper-v', 'vmm'], '2022')).extensions[0]?.lists // ['KB3105657', 'KB3119208']
 */
export function merged(lists: readonly ExclusionList[]): Exclusions {
  const merge = (kind: Kind): Exclusion[] => {
    const all = new Map<string, Exclusion>();
    for (const pack of lists)
      for (const { entry, what, list = pack.list } of pack[kind]) {
        const before = all.get(entry.toLowerCase());
        if (!before) all.set(entry.toLowerCase(), { entry, what, lists: [list] });
        else if (!before.lists.includes(list)) before.lists.push(list);
      }
    return [...all.values()];
  };
  return {
    extensions: merge('extensions'),
    folders: merge('folders'),
    files: merge('files'),
    processes: merge('processes'),
    shares: merge('shares'),
  };
}

/** Every entry of all kinds, as written. */
export function named(exclusions: Exclusions): string[] {
  return kinds.flatMap((kind) => exclusions[kind].map(({ entry }) => entry));
}

/**
 * What is on the first of two lists and not on the second, whatever the case.
 * @example lacking(['.vhd', '.vhds'], ['.VHD']) // ['.vhds']
 */
export function lacking(wanted: readonly string[], present: readonly string[]): string[] {
  const there = new Set(present.map((entry) => entry.toLowerCase()));
  return wanted.filter((entry) => !there.has(entry.toLowerCase()));
}
