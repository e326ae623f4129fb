import { describe, expect, test } from 'vitest';
import {
  antivirusPack,
  holds,
  lacking,
  listsFor,
  merged,
  named,
  newestRelease,
  type Role,
} from '../../src/core/antivirus.ts';
import type { WindowsRelease } from '../../src/core/release.ts';
import { knowledge } from '../ask.ts';

const packs = knowledge.antivirus;
const on = (release: WindowsRelease, ...roles: Role[]) => merged(listsFor(packs, roles, release));
const names = (entries: { entry: string }[]) => entries.map(({ entry }) => entry);
const listNames = (release: WindowsRelease, ...roles: Role[]) =>
  listsFor(packs, roles, release).map(({ list }) => list);

describe('which list holds', () => {
  // Reference, sections 2 and 3: KB961804 is the 2008 and 2008 R2 list, KB3105657 that of 2012 and later.
  test('Hyper-V has KB961804 on 2008 R2 and KB3105657 from 2012 on', () => {
    expect(listNames('2008 R2', 'hyper-v')).toEqual(['KB961804']);
    expect(listNames('2012', 'hyper-v')).toEqual(['KB3105657']);
    expect(listNames('2025', 'hyper-v')).toEqual(['KB3105657']);
  });

  test('the order is that of the roles, not that of asking', () => {
    expect(listNames('2022', 'cluster', 'hyper-v')).toEqual(['KB3105657', 'KB250355']);
  });

  test('both ends of a span of releases belong to it', () => {
    expect(holds({ since: '2012', until: '2016' }, '2012')).toBe(true);
    expect(holds({ since: '2012', until: '2016' }, '2016')).toBe(true);
    expect(holds({ since: '2012', until: '2016' }, '2008 R2')).toBe(false);
    expect(holds({ since: '2012', until: '2016' }, '2019')).toBe(false);
    expect(holds({}, '2008 R2')).toBe(true);
  });

  test('2012 R2 comes after 2012 and before 2016', () => {
    expect(holds({ since: '2012 R2' }, '2012')).toBe(false);
    expect(holds({ since: '2012 R2' }, '2016')).toBe(true);
    expect(newestRelease).toBe('2025');
  });
});

describe('the Hyper-V list', () => {
  // Reference, section 3.1: 15 extensions.
  test('has the fifteen extensions of KB3105657 from 2016 on', () => {
    const all = '.vhd .vhdx .avhd .avhdx .vhds .vhdpmem .iso .rct .mrt .vsv .bin .xml .vmcx .vmrs .vmgs'.split(' ');
    expect(names(on('2016', 'hyper-v').extensions)).toEqual(all);
    expect(names(on('2025', 'hyper-v').extensions)).toEqual(all);
  });

  // Reference, section 3.1: .vmcx and .vmrs are the 2016 and later format, .xml the one before.
  test('has .xml and neither .vmcx nor .vmrs before 2016', () => {
    const extensions = names(on('2012 R2', 'hyper-v').extensions);
    expect(extensions).toContain('.xml');
    expect(extensions).toContain('.vhdx');
    expect(extensions).not.toContain('.vmcx');
    expect(extensions).not.toContain('.vmrs');
  });

  // Reference, section 3.3: Vmsp.exe since 2016, Vmcompute.exe since 2019.
  test.each([
    ['2008 R2', ['Vmms.exe', 'Vmwp.exe']],
    ['2012', ['Vmms.exe', 'Vmwp.exe']],
    ['2012 R2', ['Vmms.exe', 'Vmwp.exe']],
    ['2016', ['Vmms.exe', 'Vmwp.exe', 'Vmsp.exe']],
    ['2019', ['Vmms.exe', 'Vmwp.exe', 'Vmsp.exe', 'Vmcompute.exe']],
    ['2022', ['Vmms.exe', 'Vmwp.exe', 'Vmsp.exe', 'Vmcompute.exe']],
    ['2025', ['Vmms.exe', 'Vmwp.exe', 'Vmsp.exe', 'Vmcompute.exe']],
  ] as const)('names the processes of %s', (release, expected) => {
    expect(names(on(release, 'hyper-v').processes)).toEqual(expected.map((name) => `%SystemRoot%\\System32\\${name}`));
  });

  // Reference, section 2: VHD, AVHD, VFD, VSV, ISO, BIN, XML; VHDX arrived with 2012.
  test('has seven extensions on 2008 R2, VHDX not among them', () => {
    const extensions = names(on('2008 R2', 'hyper-v').extensions);
    expect(extensions.toSorted()).toEqual(['.avhd', '.bin', '.iso', '.vfd', '.vhd', '.vsv', '.xml']);
  });
});

describe('lists of several roles', () => {
  // Reference, sections 3.1 and 3.4: both articles name VHD.
  test('name an entry once, with every list that has it', () => {
    const vhd = on('2022', 'hyper-v', 'vmm').extensions.filter(({ entry }) => entry === '.vhd');
    expect(vhd).toEqual([{ entry: '.vhd', what: 'virtual hard disk, old format', lists: ['KB3105657', 'KB3119208'] }]);
  });

  // Reference, section 4.1: the cluster row for CSVs comes from KB3105657.
  test('give C:\\ClusterStorage the article that names it', () => {
    const csv = on('2022', 'cluster').folders.find(({ entry }) => entry === 'C:\\ClusterStorage');
    expect(csv?.lists).toEqual(['KB3105657']);
  });

  // Reference, section 4.3: KB822158 warns against bare extensions on domain controllers.
  test('never turn an entry of a domain controller into an extension', () => {
    const all = on('2022', 'domain-controller');
    expect(all.extensions).toEqual([]);
    expect(names(all.files)).toContain('%windir%\\Ntds\\ntds.dit');
    expect(names(all.files).filter((file) => !file.includes('\\') && !file.includes('DBCC'))).toEqual([]);
  });

  test('differ in nothing from themselves', () => {
    expect(lacking(named(on('2022', 'hyper-v')), named(on('2019', 'hyper-v')))).toEqual([]);
  });
});

// Reference, section 5.1: extensions .vhds .vhdpmem .mrt .bin .xml .vmgs, processes Vmsp.exe Vmcompute.exe.
test('Defender leaves out six extensions and two processes of KB3105657', () => {
  const automatic = packs.flatMap((pack) => (pack.kind === 'defender' ? Object.values(pack.automatic).flat() : []));
  const list = on('2022', 'hyper-v');
  expect(lacking(names(list.extensions), automatic)).toEqual(['.vhds', '.vhdpmem', '.mrt', '.bin', '.xml', '.vmgs']);
  expect(lacking(names(list.processes), automatic)).toEqual([
    '%SystemRoot%\\System32\\Vmsp.exe',
    '%SystemRoot%\\System32\\Vmcompute.exe',
  ]);
});

test('entries are compared whatever their case', () => {
  expect(lacking(['.VHD', '.vhds'], ['.vhd'])).toEqual(['.vhds']);
});

test('a pack with an unknown release or without a source is refused', () => {
  const list = { kind: 'exclusions', role: 'sql', list: 'X', standing: 'x', where: 'x' };
  const sources = [{ title: 'X', checked: '2026-11-22' }];
  expect(antivirusPack.safeParse({ ...list, sources }).success).toBe(true);
  expect(antivirusPack.safeParse({ ...list, sources, since: '2013' }).success).toBe(false);
  expect(antivirusPack.safeParse({ ...list, sources: [] }).success).toBe(false);
  expect(antivirusPack.safeParse({ ...list, sources, extension: [] }).success).toBe(false);
});
