import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadCommands } from '../src/handlers.ts';
import { withCommandTable } from './readme.ts';
import { manifestText } from './slack.ts';

// Writes everything that is computed from the commands: the manifests, and the README's table.
const path = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const commands = await loadCommands(path('handlers'));

const files = {
  'manifest/slack-http.json': manifestText(commands, 'http'),
  'manifest/slack-socket.json': manifestText(commands, 'socket'),
  'README.md': withCommandTable(readFileSync(path('README.md'), 'utf8'), commands),
};
for (const [name, text] of Object.entries(files)) {
  writeFileSync(path(name), text);
  process.stdout.write(`${name}\n`);
}
