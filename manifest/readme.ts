import type { Command } from '../src/command.ts';

const START = '<!-- commands -->';
const END = '<!-- /commands -->';

/** The table of commands for the README, as Markdown. */
export function commandTable(commands: readonly Command[]): string {
  const cell = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '&lt;');
  const code = (text: string) => `\`${text.replaceAll('|', '\\|')}\``;
  const rows = commands.map(
    ({ name, summary, examples: [example] }) => `| ${code(`/${name}`)} | ${cell(summary)} | ${code(example.ask)} |`,
  );
  return ['| Command | What it answers | Example |', '| --- | --- | --- |', ...rows].join('\n');
}

/**
 * A README with its table of commands brought up to date, between its two markers.
 * @throws Error when a marker is missing
 */
export function withCommandTable(readme: string, commands: readonly Command[]): string {
  const start = readme.indexOf(START);
  const end = readme.indexOf(END);
  if (start < 0 || end < start) throw new Error(`README.md needs the markers ${START} and ${END}, in this order`);
  return `${readme.slice(0, start + START.length)}\n${commandTable(commands)}\n${readme.slice(end)}`;
}
