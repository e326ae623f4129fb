import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withCommandTable } from '../../manifest/readme.ts';
import { commands, projectPath } from '../ask.ts';

test('the README has the table of commands as it is now: “npm run manifest” writes it', () => {
  const readme = readFileSync(projectPath('README.md'), 'utf8');
  expect(readme).toBe(withCommandTable(readme, commands));
});

test('the table stands between its markers and the rest is left alone', () => {
  const readme = withCommandTable('# A\n<!-- commands -->\nold\n<!-- /commands -->\nB\n', commands.slice(0, 1));
  expect(readme).toMatch(/^# A\n<!-- commands -->\n\| Command \|[\s\S]*\|\n<!-- \/commands -->\nB\n$/);
  expect(readme).not.toContain('old');
});

test('a README without the markers is an error that names them', () => {
  expect(() => withCommandTable('# A', commands)).toThrow('<!-- commands --> and <!-- /commands -->');
});
