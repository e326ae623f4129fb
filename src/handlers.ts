import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Command, isCommand } from './command.ts';

/**
 * Loads every command of a folder, ordered by name.
 * @throws Error that names every file that cannot be loaded or defines no command, and every name or alias that two commands claim
 */
export async function loadCommands(folder: string): Promise<Command[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort();
  const faults: string[] = [];
  const commands: Command[] = [];
  const owners = new Map<string, string>();
  for (const file of files) {
    const found = await load(join(folder, file));
    if (typeof found === 'string') {
      faults.push(`handlers/${file} ${found}`);
      continue;
    }
    for (const word of [found.name, ...(found.aliases ?? [])]) {
      const owner = owners.get(word);
      if (owner) faults.push(`handlers/${file} claims “${word}”, which belongs to handlers/${owner}`);
      owners.set(word, file);
    }
    commands.push(found);
  }
  if (faults.length > 0) throw new Error(`The commands have faults:\n${faults.join('\n')}`);
  return commands.sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** The command of a file, or what is wrong with the file. */
async function load(path: string): Promise<Command | string> {
  try {
    const { default: found }: { default?: unknown } = await import(pathToFileURL(path).href);
    return isCommand(found) ? found : 'must export default command({ … })';
  } catch (error) {
    return `cannot be loaded: ${error instanceof Error ? error.message : String(error)}`;
  }
}
