import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../src/config.ts';
import { loadCommands } from '../src/handlers.ts';
import { orExplain } from '../src/process.ts';
import { colourIcon, outlineIcon } from './icons.ts';
import { teamsPackage } from './package.ts';
import { withCommandTable } from './readme.ts';
import { manifestText } from './slack.ts';
import { teamsManifestText } from './teams.ts';

// Writes everything that is computed from the commands: the manifests, the README's table, and the app packages for Teams.
const path = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));

await orExplain(async () => {
  const { teams, publicUrl } = readConfig();
  const commands = await loadCommands(path('handlers'));
  const { version }: { version: string } = JSON.parse(readFileSync(path('package.json'), 'utf8'));
  const icons = { color: colourIcon(), outline: outlineIcon() };

  // What is committed is the same for everybody: the id of an app is in the packages alone, which are not.
  const files = {
    'manifest/slack-http.json': manifestText(commands, 'http'),
    'manifest/slack-socket.json': manifestText(commands, 'socket'),
    'manifest/teams.json': teamsManifestText(commands, 'plain', { version }),
    'manifest/teams-slash.json': teamsManifestText(commands, 'slash', { version }),
    'manifest/color.png': icons.color,
    'manifest/outline.png': icons.outline,
    'README.md': withCommandTable(readFileSync(path('README.md'), 'utf8'), commands),
  };
  const write = (name: string, content: string | Uint8Array) => {
    writeFileSync(path(name), content);
    process.stdout.write(`${name}\n`);
  };
  for (const [name, content] of Object.entries(files)) write(name, content);

  const packages = {
    'manifest/clusterwise-teams.zip': 'plain',
    'manifest/clusterwise-teams-slash.zip': 'slash',
  } as const;
  // One from another day would still be uploaded.
  for (const name of Object.keys(packages)) rmSync(path(name), { force: true });
  if (!teams?.appId) {
    process.stdout.write('No app package for Teams: set MicrosoftAppId in .env, then run “npm run manifest” again.\n');
    return;
  }
  const installed = { version, appId: teams.appId, ...(publicUrl && { publicUrl }) };
  for (const [name, variant] of Object.entries(packages))
    write(name, teamsPackage(teamsManifestText(commands, variant, installed), icons));
});
