import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadCommands } from '../src/handlers.ts';
import { commands, projectPath } from './ask.ts';

const folder = mkdtempSync(join(tmpdir(), 'handlers-'));
afterAll(() => rmSync(folder, { recursive: true }));

let folders = 0;

/** Loads a folder with these files; each text stands behind the imports that a handler needs. */
function load(files: Record<string, string>) {
  const own = mkdtempSync(join(folder, `${folders++}-`));
  const imports = `import { z } from '${projectPath('node_modules/zod/index.js')}';\nimport { command } from '${projectPath('src/command.ts')}';\n`;
  for (const [name, text] of Object.entries(files)) writeFileSync(join(own, name), `${imports}${text}`);
  return loadCommands(own);
}

const definition = (name: string, aliases: string[] = []) => `{
  name: '${name}', aliases: ${JSON.stringify(aliases)}, summary: 'a test', args: z.object({}),
  examples: [{ ask: '/${name}', headline: 'Yes.' }], answer: () => ({ headline: 'Yes.' }),
}`;
const handler = (name: string, aliases?: string[]) => `export default command(${definition(name, aliases)});`;

describe('the commands', () => {
  test('of this installation load, ordered by name', () => {
    const names = commands.map(({ name }) => name);
    expect(names).toContain('help');
    expect(names).toEqual([...names].sort());
  });

  test('are ordered by name, whatever their files are called', async () => {
    const found = await load({ 'z.ts': handler('alpha'), 'a.ts': handler('omega'), 'notes.md': 'no handler' });
    expect(found.map(({ name }) => name)).toEqual(['alpha', 'omega']);
  });
});

describe('the start is stopped', () => {
  test.each([
    ['that defines nothing', 'const nothing = 1;'],
    ['that exports no default', `export const it = command(${definition('it')});`],
    ['that exports something else', 'export default 42;'],
    ['that exports what looks like a command', `export default ${definition('it')};`],
    ['that cannot be read', 'export default command({'],
    ['that fails when it is loaded', 'throw new Error("not today");'],
    [
      'whose arguments were not made by the builders',
      "export default command({ name: 'it', args: z.object({ a: z.string() }) });",
    ],
  ])(
    'by a file %s, which is named',
    async (_, text) =>
      await expect(load({ 'good.ts': handler('good'), 'wrong.ts': text })).rejects.toThrow('handlers/wrong.ts'),
  );

  test('by two files that claim one word; both are named', async () => {
    await expect(load({ 'a.ts': handler('same'), 'b.ts': handler('same') })).rejects.toThrow(
      'handlers/b.ts claims “same”, which belongs to handlers/a.ts',
    );
    await expect(load({ 'a.ts': handler('one', ['uno']), 'b.ts': handler('two', ['uno']) })).rejects.toThrow(
      'handlers/b.ts claims “uno”, which belongs to handlers/a.ts',
    );
    await expect(load({ 'a.ts': handler('one'), 'b.ts': handler('two', ['one']) })).rejects.toThrow('“one”');
  });

  test('by a file that claims one word twice', async () =>
    await expect(load({ 'a.ts': handler('one', ['one']) })).rejects.toThrow('handlers/a.ts claims “one”'));

  test('with all faults at once', async () => {
    const faults = load({
      'a.ts': 'export {};',
      'b.ts': handler('b'),
      'c.ts': 'export default null;',
      'd.ts': handler('b'),
    });
    await expect(faults).rejects.toThrow(/handlers\/a\.ts[\s\S]*handlers\/c\.ts[\s\S]*handlers\/d\.ts/);
  });
});
