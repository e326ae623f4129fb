import type { Code } from '../answer.ts';
import { type DefenderPack, type ExclusionList, holds } from '../core/antivirus.ts';
import type { WindowsRelease } from '../core/release.ts';

/**
 * The PowerShell that sets some lists in Defender and the one that checks them. It is made of knowledge alone: what a
 * person typed must never reach it, so folders of their own stay in the table and a comment points at them.
 */
export function scripts(lists: readonly ExclusionList[], release: WindowsRelease, defender: DefenderPack): Code[] {
  const add = [
    `# Windows Server ${release}. Run each part as an administrator on the servers it names.`,
    ...(holds(defender, release) ? [] : [`# ${defender.beforeScript}`]),
    ...lists.flatMap(part),
    '',
    '# Entries of the tables that are described in words or hold a <placeholder> are not in here.',
    '# Add each custom folder of the table yourself: Add-MpPreference -ExclusionPath',
  ];
  return [
    { language: 'powershell', filename: 'add-exclusions.ps1', text: add.join('\n') },
    { language: 'powershell', filename: 'check-exclusions.ps1', text: defender.check.join('\n') },
  ];
}

function part(list: ExclusionList): string[] {
  const literal = (entries: ExclusionList['folders']) => entries.filter(({ own }) => !own).map(({ entry }) => entry);
  const processes = literal(list.processes);
  return [
    '',
    `# ${list.list}: ${list.where}`,
    ...added('-ExclusionExtension', literal(list.extensions)),
    ...added('-ExclusionPath', literal([...list.folders, ...list.files])),
    ...(processes.some((path) => !path.includes('\\')) ? ['# A full path is safer than a bare name.'] : []),
    ...added('-ExclusionProcess', processes),
    ...list.commands,
  ];
}

function added(parameter: string, entries: string[]): string[] {
  if (entries.length === 0) return [];
  if (parameter === '-ExclusionExtension')
    return [`Add-MpPreference ${parameter} ${entries.map((entry) => entry.replace('.', '')).join(',')}`];
  return [`Add-MpPreference ${parameter} @(`, ...entries.map((entry) => `  ${quoted(entry)}`), ')'];
}

/** A path in double quotes, `%Name%` as `$env:Name`; every other sign that PowerShell would read is escaped. */
function quoted(path: string): string {
  return `"${path.replace(/[`$"]/g, '`$&').replace(/%(\w+)%/g, '$env:$1')}"`;
}
