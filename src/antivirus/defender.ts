import type { Answer, Table } from '../answer.ts';
import { type AntivirusPack, type DefenderPack, holds, kinds, lacking, listsFor, merged } from '../core/antivirus.ts';
import type { WindowsRelease } from '../core/release.ts';
import { distinct } from '../core/source.ts';
import { listed } from '../core/words.ts';
import { cell, counted } from './listed.ts';

/** What Defender excludes for Hyper-V by itself, what it leaves out, and how to turn it off and check it. */
export function defenderAnswer(
  packs: readonly AntivirusPack[],
  defender: DefenderPack,
  release: WindowsRelease,
): Answer {
  const { extensions, folders, processes } = defender.automatic;
  const there = holds(defender, release);
  const counts = listed([
    counted(extensions.length, 'file extension', 'file extensions'),
    counted(folders.length, 'folder', 'folders'),
    counted(processes.length, 'process', 'processes'),
  ]);
  return {
    headline: there
      ? `On Windows Server ${release} Defender excludes ${counts} for Hyper-V by itself, at default paths and in real-time scans only.`
      : `On Windows Server ${release} Defender excludes nothing for Hyper-V by itself: its automatic list came with Windows Server ${defender.since}.`,
    tables: [
      ...(there
        ? [
            {
              title: 'Defender’s automatic list for Hyper-V',
              columns: ['Kind', 'Entries'],
              rows: [
                ['Extensions', extensions.join(', ')],
                ['Folders', folders.join(', ')],
                ['Processes', processes.join(', ')],
              ],
            },
            gapTable(packs, defender, release),
            { title: 'How far it reaches', columns: ['Rule'], rows: defender.scope.map((rule) => [rule]) },
            {
              title: 'To turn the automatic list off',
              columns: ['With', 'How'],
              rows: defender.turnOff.map(({ method, how }) => [method, how]),
            },
          ]
        : []),
      {
        title: 'To add exclusions of your own with Add-MpPreference',
        columns: ['Parameter', 'Takes', 'Note'],
        rows: defender.parameters.map(({ name, takes, note }) => [name, takes, note]),
      },
    ],
    code: [{ language: 'powershell', filename: 'check-exclusions.ps1', text: defender.check.join('\n') }],
    notes: defender.notes,
    sources: distinct([defender, ...listsFor(packs, ['hyper-v'], release)].flatMap((pack) => pack.sources)),
    buttons: [
      { label: 'The whole list', ask: `/av exclusions hyper-v ${release}` },
      { label: 'Should there be antivirus at all?', ask: '/av policy' },
    ],
  };
}

/** What the Hyper-V list of a release names and Defender does not exclude by itself. */
export function gapTable(packs: readonly AntivirusPack[], defender: DefenderPack, release: WindowsRelease): Table {
  const lists = listsFor(packs, ['hyper-v'], release);
  const wanted = merged(lists);
  const automatic = Object.values(defender.automatic).flat();
  return {
    title: `On ${listed(lists.map(({ list }) => list))} and not on Defender’s automatic list`,
    columns: ['Kind', 'Add these yourself'],
    rows: kinds
      .filter((kind) => wanted[kind].length > 0)
      .map((kind) => [
        kind[0]?.toUpperCase() + kind.slice(1),
        cell(
          lacking(
            wanted[kind].map(({ entry }) => entry),
            automatic,
          ),
          'none',
        ),
      ]),
  };
}
