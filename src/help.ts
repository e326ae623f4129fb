import type { Answer, Button } from './answer.ts';
import type { Command } from './command.ts';

/** The overview: one row for each command, and a button for the help of each. */
export function overview(commands: readonly Command[]): Answer {
  return {
    headline: 'Ask me one of these; “/help license”, for example, tells more about one of them.',
    tables: [
      {
        columns: ['Command', 'What it answers', 'Example'],
        rows: commands.map(({ name, summary, examples: [example] }) => [`/${name}`, summary, example.ask]),
      },
    ],
    buttons: commands.filter(({ name }) => name !== 'help').map(({ name }) => helpButton(name)),
  };
}

/** All about one command: its usage, what each argument means, and its examples as buttons. */
export function help(command: Command): Answer {
  const args = [...command.grammar.args.values()];
  const words = args.flatMap(({ show, label, forms = [[show, label]] }) => forms.map((form) => [...form]));
  return {
    headline: `/${command.name}: ${command.summary}.`,
    facts: [
      ['Usage', command.usage],
      ...(command.aliases?.length
        ? [['Also', command.aliases.map((alias) => `/${alias}`).join(', ')] as [string, string]]
        : []),
    ],
    tables: [
      { title: 'Words it understands', columns: ['Write', 'For'], rows: words },
      {
        title: 'Examples',
        columns: ['Ask', 'Answer'],
        rows: command.examples.map(({ ask, headline }) => [ask, headline]),
      },
    ],
    buttons: command.examples.slice(0, 5).map(({ ask }) => ({ label: ask, ask })),
  };
}

function helpButton(name: string): Button {
  return { label: `Help on /${name}`, ask: `/help ${name}` };
}
