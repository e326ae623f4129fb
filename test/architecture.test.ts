import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectPath } from './ask.ts';

type File = { path: string; text: string };

const files: File[] = ['src', 'handlers', 'manifest']
  .filter((folder) => existsSync(projectPath(folder)))
  .flatMap((folder) =>
    readdirSync(projectPath(folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.[jt]s$/.test(name))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
  )
  .map((path) => ({ path, text: readFileSync(projectPath(path), 'utf8') }));

/** What a file imports: a path of the project for its own files, the package or `node:` module for all others. */
function imports({ path, text }: File): string[] {
  const named = text.matchAll(/(?:^(?:import|export)\b[^;'"]*\bfrom|^import|\bimport\()\s*['"]([^'"]+)['"]/gm);
  return [...named].map(([, name = '']) =>
    name.startsWith('.') ? posix.join(posix.dirname(path), name) : name.replace(/^((?:@[^/]+\/)?[^/]+).*$/, '$1'),
  );
}

/** The folders of `src` that are no topic: all others hold the conversation of one, as `handlers/` does. */
const machinery = ['core', 'platforms', 'reminders', 'storage', 'understanding'];
const isConversation = (path: string) => {
  const [top, folder = '', file] = path.split('/');
  return top === 'handlers' || (top === 'src' && file !== undefined && !machinery.includes(folder));
};
const isPackage = (name: string) => !/^(src|handlers|manifest|test)\//.test(name);
const only = (folder: string, sdk: RegExp) => (path: string, name: string) =>
  sdk.test(name) && !path.startsWith(folder);

const outside = /^src\/(platforms|storage)\/|^src\/(main|ask|bot|config|log|process|server|clusterwise)\.ts$/;

/** Each rule of what may import what, as a test for an import that breaks it. */
const rules: Record<string, (path: string, name: string) => boolean> = {
  'core imports zod and core only': (path, name) =>
    path.startsWith('src/core/') && name !== 'zod' && !name.startsWith('src/core/'),
  'handlers and topics import no platform, database, node module or package but zod and date-fns': (path, name) =>
    isConversation(path) &&
    (isPackage(name) ? !['zod', 'date-fns', '@date-fns/tz'].includes(name) : outside.test(name)),
  'only the Slack folder imports Slack': only('src/platforms/slack/', /^@slack(\/|$)/),
  'only the Teams folder imports the Bot Framework': only(
    'src/platforms/teams/',
    /^botbuilder|^botframework|^@microsoft\//,
  ),
  'only storage imports a database': only('src/storage/', /^(node:sqlite|pg|pg-boss)$/),
  'nothing imports the composition root': (_, name) => name === 'src/main.ts',
  'nothing imports a test': (_, name) => name.startsWith('test/'),
  'what is shared by the platforms imports none of them': (path, name) =>
    /^src\/[^/]+\.ts$/.test(path) &&
    !/^src\/(main|ask)\.ts$/.test(path) &&
    /^src\/platforms\/(slack|teams)\//.test(name),
};

const broken = (rule: string, all: File[]) =>
  all.flatMap((file) =>
    imports(file)
      .filter((name) => rules[rule]?.(file.path, name))
      .map((name) => `${file.path} imports ${name}`),
  );

describe('imports', () => {
  test('are found', () => expect(files.flatMap(imports).length).toBeGreaterThan(50));

  test.each(Object.keys(rules))('%s', (rule) => expect(broken(rule, files)).toEqual([]));

  test.each<[rule: string, path: string, text: string]>([
    ['core imports zod and core only', 'src/core/a.ts', "import { readFileSync } from 'node:fs';"],
    ['core imports zod and core only', 'src/core/a.ts', "import type { Answer } from '../answer.ts';"],
    ['core imports zod and core only', 'src/core/a.ts', "import {\n  add,\n  sub,\n} from 'date-fns';"],
    [Object.keys(rules)[1] ?? '', 'handlers/a.ts', "import '../src/platforms/slack/blocks.ts';"],
    [Object.keys(rules)[1] ?? '', 'handlers/a.ts', "const { DatabaseSync } = await import('node:sqlite');"],
    [Object.keys(rules)[1] ?? '', 'src/licensing/a.ts', "export { config } from '../config.ts';"],
    [Object.keys(rules)[1] ?? '', 'src/licensing/a.ts', "import { App } from '@slack/bolt';"],
    ['only the Slack folder imports Slack', 'src/main.ts', "import bolt from '@slack/bolt/dist/App.js';"],
    ['only the Slack folder imports Slack', 'src/platforms/text.ts', "import type { KnownBlock } from '@slack/types';"],
    ['only the Teams folder imports the Bot Framework', 'src/platforms/slack/a.ts', "import * as b from 'botbuilder';"],
    ['only storage imports a database', 'src/reminders/a.ts', "import { DatabaseSync } from 'node:sqlite';"],
    ['nothing imports the composition root', 'src/ask.ts', "import './main.ts';"],
    ['nothing imports the composition root', 'src/platforms/a.ts', "await import('../main.ts');"],
    ['nothing imports a test', 'src/bot.ts', "import { ask } from '../test/ask.ts';"],
    ['what is shared by the platforms imports none of them', 'src/bot.ts', "import './platforms/slack/blocks.ts';"],
  ])('“%s” is broken by %s with %s', (rule, path, text) => expect(broken(rule, [{ path, text }])).toHaveLength(1));

  test.each<[path: string, text: string]>([
    ['src/core/a.ts', "import { z } from 'zod';\nimport { n } from './words.ts';"],
    ['handlers/a.ts', "import { z } from 'zod';\nimport { command } from '../src/command.ts';"],
    ['src/platforms/slack/a.ts', "import bolt from '@slack/bolt';\nimport type { Platform } from '../platform.ts';"],
  ])('no rule is broken by %s with %s', (path, text) => {
    for (const rule of Object.keys(rules)) expect(broken(rule, [{ path, text }])).toEqual([]);
  });
});

/** Faults of one file by itself. */
function faults({ path, text }: File): string[] {
  const found = [];
  if (/process\.env|\benv\b.*from 'node:process'/.test(text) && path !== 'src/config.ts')
    found.push('reads the environment');
  if (/(^|\/)(utils?|helpers?|common|types?|misc|shared|index)\.[jt]s$/.test(path))
    found.push('has a name that says nothing');
  if (/^export (type )?(\*|\{[^}]*\}) (as \w+ )?from /m.test(text)) found.push('hands on what another file exports');
  if (/^export default class|^(export )?(enum|namespace) /m.test(text))
    found.push('cannot be run by stripping its types');
  return found.map((fault) => `${path} ${fault}`);
}

describe('every file', () => {
  test('reads no environment but config.ts, has a name that says what it is, and is no barrel', () =>
    expect(files.flatMap(faults)).toEqual([]));

  test.each<[fault: string, path: string, text: string]>([
    ['reads the environment', 'src/bot.ts', 'const { PORT } = process.env;'],
    ['reads the environment', 'src/bot.ts', "import { env } from 'node:process';"],
    ['has a name that says nothing', 'src/utils.ts', ''],
    ['has a name that says nothing', 'src/platforms/slack/types.ts', ''],
    ['has a name that says nothing', 'src/core/index.ts', ''],
    ['hands on what another file exports', 'src/a.ts', "export * from './b.ts';"],
    ['hands on what another file exports', 'src/a.ts', "export {\n  b,\n  c,\n} from './b.ts';"],
    ['cannot be run by stripping its types', 'src/a.ts', 'export enum A { b }'],
  ])('%s: found in %s with %s', (fault, path, text) => expect(faults({ path, text })).toEqual([`${path} ${fault}`]));

  test('config.ts may read the environment', () =>
    expect(faults({ path: 'src/config.ts', text: 'return process.env;' })).toEqual([]));
});
