import { z } from 'zod';
import { rest } from '../src/arguments.ts';
import { command } from '../src/command.ts';
import { UserError } from '../src/errors.ts';
import { help, overview } from '../src/help.ts';
import { nearest } from '../src/reader.ts';
import { clip } from '../src/tokens.ts';

export default command({
  name: 'help',
  summary: 'what you can ask, and how to ask it',
  args: z.object({ topic: rest({ label: 'a command to explain', show: 'COMMAND' }).optional() }),
  examples: [
    { ask: '/help', headline: 'Ask me one of these; “/help license”, for example, tells more about one of them.' },
    {
      ask: '/help pr',
      headline: '/pr: how many persistent reservations a cluster needs, and how many CSVs fit a limit.',
    },
  ],
  answer({ topic }, { commands }) {
    if (!topic) return overview(commands);
    const word = topic.replace(/^\//, '').trim().toLowerCase();
    const found = commands.find(({ name, aliases = [] }) => name === word || aliases.includes(word));
    if (found) return help(found);
    const near = nearest(
      word,
      commands.map(({ name }) => name),
    );
    const buttons = near ? [{ label: `Help on /${near}`, ask: `/help ${near}` }] : [];
    throw new UserError(`I have no help on “${clip(word)}”${near ? `; did you mean “${near}”?` : '.'}`, buttons);
  },
});
