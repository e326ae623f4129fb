import type { Bot } from '../bot.ts';

/** Tells whether a text asks a command that can change something. */
export function changing({ commands }: Bot): (text: string) => boolean {
  const words = new Set(
    commands.filter(({ changes }) => changes).flatMap(({ name, aliases = [] }) => [name, ...aliases]),
  );
  return (text) => {
    const [, word = ''] = /^\s*\/?(\S*)/.exec(text) ?? [];
    return words.has(word.toLowerCase());
  };
}
