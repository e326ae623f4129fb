import { readFileSync } from 'node:fs';
import { AppManifestUtils, TeamsManifestConverter } from '@microsoft/app-manifest';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { colourIcon, outlineIcon } from '../../manifest/icons.ts';
import { teamsPackage } from '../../manifest/package.ts';
import { type TeamsVariant, teamsManifest, teamsManifestText } from '../../manifest/teams.ts';
import { commands, projectPath } from '../ask.ts';

const { version }: { version: string } = JSON.parse(readFileSync(projectPath('package.json'), 'utf8'));
const appId = '7d0b8a1e-52f3-4c6b-9a0d-3e1f2a4b5c6d';

/** What the official schema says is wrong with a manifest. */
const faults = (text: string) => AppManifestUtils.validateAgainstSchema(TeamsManifestConverter.jsonToManifest(text));

describe.each<[variant: TeamsVariant, file: string, schema: string]>([
  ['plain', 'manifest/teams.json', '1.25'],
  ['slash', 'manifest/teams-slash.json', '1.29'],
])('the Teams manifest, %s', (variant, file, schema) => {
  const manifest = teamsManifest(commands, variant, { version });

  test('is committed as it is now: “npm run manifest” writes it', () => {
    expect(readFileSync(projectPath(file), 'utf8')).toBe(teamsManifestText(commands, variant, { version }));
  });

  test('is valid against the schema of its version, which comes with Microsoft’s own package', async () => {
    expect(manifest.manifestVersion).toBe(schema);
    expect(await faults(readFileSync(projectPath(file), 'utf8'))).toEqual([]);
  });

  test('has every command once in each scope, help among them', () => {
    const wanted = commands.map(({ name }) => name);
    const lists = manifest.bots.flatMap(({ commandLists }) => commandLists);
    expect(wanted).toContain('help');
    expect(lists.flatMap(({ scopes }) => scopes).toSorted()).toEqual(['groupChat', 'personal', 'team']);
    for (const list of lists) expect(list.commands.map(({ title }) => title)).toEqual(wanted);
  });

  test('describes a command by what it answers and what to type', () => {
    const described = manifest.bots[0]?.commandLists[0]?.commands.find(({ title }) => title === 'license')?.description;
    expect(described).toBe(
      'How many Windows Server or System Center licences a host or a cluster needs. Example: license cluster 2 hosts 8 vms',
    );
  });

  test('is packed with the id of the app, valid, and with the icons it names beside it', async () => {
    const app = { version, appId, publicUrl: 'https://bot.contoso.com/clusterwise' };
    const icons = { color: colourIcon(), outline: outlineIcon() };
    const packed = unzipSync(teamsPackage(teamsManifestText(commands, variant, app), icons));
    expect(Object.keys(packed)).toEqual(['manifest.json', 'color.png', 'outline.png']);
    expect(Buffer.from(packed['color.png'] ?? []).equals(icons.color)).toBe(true);
    expect(Buffer.from(packed['outline.png'] ?? []).equals(icons.outline)).toBe(true);

    const text = strFromU8(packed['manifest.json'] ?? new Uint8Array());
    expect(await faults(text)).toEqual([]);
    expect(JSON.parse(text)).toMatchObject({
      id: appId,
      bots: [{ botId: appId }],
      icons: { color: 'color.png', outline: 'outline.png' },
      validDomains: ['bot.contoso.com'],
    });
    expect(text).not.toContain('00000000');
  });
});

test('only a channel or a group chat has the menu that “/” opens', () => {
  const [bot] = teamsManifest(commands, 'slash', { version }).bots;
  expect(bot?.supportsTargetedMessages).toBe(true);
  expect(bot?.commandLists.map((list) => [list.scopes, 'triggers' in list ? list.triggers : undefined])).toEqual([
    [['personal'], undefined],
    [
      ['team', 'groupChat'],
      ['mention', 'slash'],
    ],
  ]);
  expect(teamsManifestText(commands, 'plain', { version })).not.toMatch(/triggers|Targeted/);
});

test('a manifest with a command too many is found out by the schema', async () => {
  const thirteen = Array.from({ length: 13 }, () => commands.slice(0, 1)).flat();
  expect(await faults(teamsManifestText(thirteen, 'plain', { version }))).not.toEqual([]);
});

test('the same package is the same bytes', () => {
  const pack = () => teamsPackage('{}', { color: Uint8Array.of(1), outline: Uint8Array.of(2) });
  expect(Buffer.from(pack()).toString('hex')).toBe(Buffer.from(pack()).toString('hex'));
  // The first of January 2000 at midnight, in every time zone: (2000 - 1980) << 9 | 1 << 5 | 1, and no time.
  expect(Buffer.from(pack()).readUInt32LE(10)).toBe(0x2821_0000);
});
