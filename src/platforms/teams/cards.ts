import type { Answer, Source } from '../../answer.ts';
import type { Person } from '../../request.ts';
import { printable, shorten } from '../printable.ts';
import { renderText } from '../text.ts';
import { buttonRows, submitRow } from './actions.ts';
import { isCallable, leaf, nameInMention } from './escape.ts';
import { inputs } from './inputs.ts';
import { most } from './limits.ts';
import type { TeamsMessage } from './message.ts';
import { type Piece, pack, sizeOf } from './pack.ts';
import { bold, codePieces, paragraph, paragraphs, run } from './runs.ts';
import { type Cut, tablePieces } from './tables.ts';

export type Rendering = {
  /** Says first what was asked, for an answer that is shown to all. */
  asked?: string;
  /** The most messages to use. */
  messages?: number;
};

type Mention = { type: 'mention'; text: string; mentioned: Person };

/**
 * An answer as Teams messages. It is split where one message is full; what does not fit then is left out with a notice.
 * All of its text stands in runs, which Teams does not parse, so that nothing anyone typed can call, link or format.
 * Only `mentions` call people. A form takes the place of the answer, which is then said in plain text only, unless it is what was wrong in it.
 */
export function renderTeams(answer: Answer, { asked, messages = most.messages }: Rendering = {}): TeamsMessage[] {
  const mentions = mentionsOf(answer.mentions ?? []);
  const message = (body: object[], index: number, count: number): TeamsMessage => ({
    summary: summary(answer, asked, index, count),
    card: {
      type: 'AdaptiveCard',
      version: '1.5',
      fallbackText: shorten(leaf(answer.headline), most.fallback),
      msteams: { width: 'Full', ...(index === 0 && mentions.length > 0 && { entities: mentions }) },
      body,
    },
  });
  const room = (index: number) => most.message - sizeOf(message([], index, 99));
  const { form } = answer;
  if (form) {
    const wrong = answer.problem ? [paragraph([run(answer.headline, { color: 'Attention' })], 'Medium')] : [];
    return [message([paragraph([bold(form.title)]), ...inputs(form), ...wrong, submitRow(form)], 0, 1)];
  }

  let shortened = false;
  const cut: Cut = (text, length) => {
    shortened ||= text.length > length;
    return shorten(text, length);
  };
  const body = bodyOf(answer, mentions, asked, cut);
  const actions = buttonRows(answer.buttons ?? []);
  const end = shortened ? [notice(), ...actions] : actions;
  const whole = pack([...body, ...end.map((item) => ({ item }))], room);
  const bodies = whole.length <= messages ? whole : cutTo(messages, body, [notice(), ...actions], room);
  return bodies.map((one, i) => message(one, i, bodies.length));
}

/** The beginning of a body in so many messages, the last of which has room for an end that is always kept. */
function cutTo(messages: number, body: Piece[], end: object[], room: (index: number) => number): object[][] {
  const kept = (index: number) => room(index) - (index === messages - 1 ? sizeOf(end) : 0);
  const bodies = pack(body, kept).slice(0, messages);
  bodies.at(-1)?.push(...end);
  return bodies;
}

function bodyOf(answer: Answer, mentions: Mention[], asked: string | undefined, cut: Cut): Piece[] {
  const { facts = [], tables = [], code = [], notes = [], sources = [], file } = answer;
  const others = (answer.mentions ?? []).filter((person) => !isCallable(person)).slice(0, most.mentions);
  const named = others.map(({ id, name }) => `@${shorten(name || id, most.name)}`).join(', ');
  return [
    ...(asked === undefined ? [] : [{ item: askedLine(asked) }]),
    ...(mentions.length > 0 ? [{ item: calling(mentions) }] : []),
    ...paragraphs(named ? [run(`${named}: `)] : [], printable(answer.headline), { weight: 'Bolder' }),
    ...facts.flatMap(([label, value]) => paragraphs([bold(`${cut(label, most.label)}: `)], printable(value))),
    ...tables.flatMap((table) => tablePieces(table, cut)),
    ...code.flatMap(({ text, filename }) => codePieces(text, filename && cut(filename, most.label))),
    ...notes.flatMap((note) => paragraphs([run('• ')], printable(note))),
    ...(sources.length > 0 ? [{ item: paragraph([bold('Sources')], 'Medium') }] : []),
    ...sources.map((source) => ({ item: sourceLine(source, cut) })),
    ...(file ? filePieces(file) : []),
  ];
}

/** The people whom Teams is to call, each once and by a text of their own, since it finds them by that text. */
function mentionsOf(people: Person[]): Mention[] {
  const known = new Map(people.filter(isCallable).map((person) => [person.id, nameInMention(person)]));
  return [...known].slice(0, most.mentions).map(([id, name], i, all) => {
    const same = all.slice(0, i).filter(([, other]) => other === name).length;
    const text = same === 0 ? name : `${name} ${same + 1}`;
    return { type: 'mention', text: `<at>${text}</at>`, mentioned: { id, name: text } };
  });
}

/** The one text that Teams parses: it calls nobody in a run. */
function calling(mentions: Mention[]): object {
  return { type: 'TextBlock', wrap: true, text: `${mentions.map(({ text }) => text).join(', ')}:` };
}

function askedLine(asked: string): object {
  return paragraph([
    run('Asked: ', { isSubtle: true }),
    run(shorten(printable(asked), most.asked), { fontType: 'Monospace', isSubtle: true }),
  ]);
}

function sourceLine({ title, url = '', checked }: Source, cut: Cut): object {
  const safe = /^https?:\/\/[^\s<>"]+$/.test(url) && url.length <= most.url && URL.canParse(url);
  const named = run(cut(title, most.label));
  const link = { ...named, selectAction: { type: 'Action.OpenUrl', url } };
  return paragraph([run('• '), safe ? link : named, run(`, checked ${checked}`)], 'Small');
}

/** A file as code, or how it begins: Teams takes no file from a bot but with the consent of whoever gets it. */
function filePieces({ filename, text }: NonNullable<Answer['file']>): Piece[] {
  const whole = printable(text).trimEnd();
  const name = shorten(filename, most.label);
  if (whole.length <= most.file) return codePieces(whole, name);
  const start = whole.slice(0, most.file);
  const shown = start.slice(0, start.lastIndexOf('\n')).split('\n');
  const words = `Too long to show in Teams: these are the first ${shown.length} of ${whole.split('\n').length} lines; ask a narrower question to see the rest.`;
  return [...codePieces(shown.join('\n'), name), { item: paragraph([run(words, { italic: true })], 'Small') }];
}

function notice(): object {
  return paragraph(
    [run('Shortened to fit Teams: ask a narrower question to see the rest.', { italic: true })],
    'Medium',
  );
}

/** What a notification shows and a client without cards: the answer with the first message, its place with the others. */
function summary(answer: Answer, asked: string | undefined, index: number, count: number): string {
  if (index > 0) return printable(`${shorten(answer.headline, most.fallback)} (part ${index + 1} of ${count})`);
  const lead = asked === undefined ? '' : `Asked: ${shorten(asked, most.asked)}\n\n`;
  return shorten(printable(lead + renderText(answer)), most.summary);
}
