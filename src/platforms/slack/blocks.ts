import type { types } from '@slack/bolt';
import type { Answer, Button, Code, Source, Table } from '../../answer.ts';
import type { Person } from '../../request.ts';
import { shorten } from '../printable.ts';
import { renderText } from '../text.ts';
import { escapeText } from './escape.ts';
import { grouped, leaf, most } from './limits.ts';
import { type Block, cutTo, pack } from './pack.ts';
import { isUserId } from './people.ts';

export type Message = { text: string; blocks: Block[] };
export type File = { filename: string; content: string };
/** `attachment` is the whole answer, where it had to be shortened; `file` is the one that the answer has. */
export type Rendered = { messages: Message[]; attachment?: File; file?: File };

export type Rendering = {
  /** Adds a button that shows the answer to the channel; it carries the text to ask again. */
  show?: string;
  /** Says first who asked what, for an answer that is shown to the channel. */
  asked?: { userId: string; text: string };
  /** The most messages to use. */
  posts?: number;
};

type Element = types.RichTextText | types.RichTextLink | types.RichTextUserMention;
/** Texts are shortened through this, so that the answer can tell that it was. */
type Cut = (text: string, length: number) => string;

const FILE = 'clusterwise-answer.txt';

/**
 * An answer as Slack messages. It is split where one message is full; what does not fit then is shortened with a notice,
 * and the whole answer goes with it as a file. Only rich text, raw cells and plain text are used, which Slack does not
 * parse: nothing that anyone typed can ping, link or format. Only `mentions` call people.
 */
export function renderSlack(
  { file, ...answer }: Answer,
  { show, asked, posts = most.posts }: Rendering = {},
): Rendered {
  let shortened = false;
  const cut: Cut = (text, length) => {
    const clean = leaf(text);
    shortened ||= clean.length > length;
    return shorten(clean, length);
  };
  const body = [
    ...(asked ? [[askedBy(asked)]] : []),
    [richText(section([...calling(answer.mentions ?? []), bold(cut(answer.headline, most.text))]))],
    ...bullets((answer.facts ?? []).map((fact) => factElements(fact, cut))),
    ...(answer.tables ?? []).flatMap((table, i) => (i < most.tablesInAll ? tableGroups : listGroups)(table, cut)),
    ...(answer.code ?? []).flatMap((code) => codeGroups(code, cut)),
    ...bullets((answer.notes ?? []).map((note) => [plain(cut(note, most.text))])),
    ...sourceGroups(answer.sources ?? [], cut),
  ];
  const actions = actionsBlock(answer.buttons ?? [], show);
  const whole = pack([...body, ...actions]);
  const fits = whole.length <= posts && !shortened;
  const packed = fits ? whole : cutTo(posts, body, [notice(), ...actions]);
  return {
    messages: packed.map((blocks, i) => ({ text: fallback(answer, asked, i, packed.length), blocks })),
    ...(fits ? {} : { attachment: { filename: FILE, content: renderText(answer) } }),
    ...(file ? { file: { filename: file.filename, content: file.text } } : {}),
  };
}

/** The people a message calls. A name that is no id of Slack’s is only said, since Slack rejects a message for one. */
function calling(people: Person[]): Element[] {
  return people.flatMap(({ id, name }, i): Element[] => {
    const called: Element = isUserId(id) ? { type: 'user', user_id: id } : plain(leaf(shorten(`@${name || id}`, 200)));
    return [called, plain(i < people.length - 1 ? ', ' : ': ')];
  });
}

/** What is to be uploaded beside the messages. */
export function filesOf({ attachment, file }: Rendered): File[] {
  return [attachment, file].filter((one) => one !== undefined);
}

function askedBy({ userId, text }: { userId: string; text: string }): Block {
  const user: Element = { type: 'user', user_id: userId };
  return richText(section([user, plain(' asked: '), plain(shorten(leaf(text), 300), { code: true })]));
}

function factElements([label, value]: [string, string], cut: Cut): Element[] {
  return [bold(`${cut(label, 200)}: `), plain(cut(value, most.text - 202))];
}

/** The sources as a list below one heading: many have the same day, and what is said once leaves room. */
function sourceGroups(sources: Source[], cut: Cut): Block[][] {
  const [first, ...others] = bullets(sources.map((source) => sourceElements(source, cut)));
  return first ? [[richText(section([bold('Sources')])), ...first], ...others] : [];
}

function sourceElements({ title, url, checked }: Source, cut: Cut): Element[] {
  const name = cut(title, 500);
  const safe = url !== undefined && /^https?:\/\//.test(url) && url.length <= most.url;
  const named: Element = safe ? { type: 'link', url, text: name } : plain(name);
  return [named, plain(`, checked ${checked}`)];
}

/** A table with its title above; a long one goes on in further tables, each with the headings. */
function tableGroups({ title, columns, rows }: Table, cut: Cut): Block[][] {
  const widest = Math.floor(most.row / Math.min(columns.length, most.columns));
  const cells = (row: string[]) => {
    const last = row.slice(most.columns - 1);
    const all = [...row.slice(0, most.columns - 1), ...(last.length > 0 ? [last.join(' / ')] : [])];
    return all.map((cell) => ({ type: 'raw_text' as const, text: cut(cell, widest) }));
  };
  const heading = cells(columns);
  const room = most.table - JSON.stringify(heading).length - 2;
  const chunks = grouped(rows.map(cells), room, (row) => JSON.stringify(row).length + 1)
    .flatMap((chunk) => grouped(chunk, most.rows - 1, () => 1))
    .map((chunk): Block => {
      return { type: 'table', rows: [heading, ...chunk], column_settings: heading.map(() => ({ is_wrapped: true })) };
    });
  return chunks.map((table, i) => (title && i === 0 ? [richText(section([bold(cut(title, 200))])), table] : [table]));
}

/** A table as a list, a row an item: what stands first leads, the rest is named by its column. */
function listGroups({ title, columns, rows }: Table, cut: Cut): Block[][] {
  const width = Math.floor(most.text / columns.length) - 1;
  const items = rows.map((row) =>
    row.flatMap((cell, i) => {
      if (i === 0) return [bold(cut(cell, width))];
      return cell === '' ? [] : [plain(cut(`; ${columns[i]}: ${cell}`, width))];
    }),
  );
  const [first = [], ...others] = bullets(items);
  return [title ? [richText(section([bold(cut(title, 200))])), ...first] : first, ...others];
}

/** Code as it is, parted between lines where it is too long for one block. */
function codeGroups({ text, filename }: Code, cut: Cut): Block[][] {
  const lines = text.split('\n').map((line) => (line === '' ? '' : cut(line, most.code - 1)));
  return grouped(lines, most.code, (line) => line.length + 1).map((chunk, i) => {
    const code = richText({
      type: 'rich_text_preformatted',
      elements: [{ type: 'text', text: leaf(chunk.join('\n')) }],
    });
    return filename && i === 0 ? [richText(section([bold(cut(filename, 200))])), code] : [code];
  });
}

function actionsBlock(buttons: Button[], show: string | undefined): Block[][] {
  const usable = buttons.filter(({ ask }) => ask.length <= most.value).map(buttonElement);
  const [elements = []] = grouped(usable.slice(0, most.buttons - 1), most.actions, (one) => JSON.stringify(one).length);
  if (show && show.length <= most.value) {
    elements.push(buttonElement({ label: 'Show to the channel', ask: show }, 'show'));
  }
  return elements.length === 0 ? [] : [[{ type: 'actions', elements }]];
}

function buttonElement({ label, ask, style }: Button, id: number | 'show'): types.Button {
  const text = { type: 'plain_text' as const, text: shorten(leaf(label), most.label), emoji: false };
  const actionId = id === 'show' ? 'show' : `ask-${id}`;
  return { type: 'button', action_id: actionId, text, value: leaf(ask), ...(style ? { style } : {}) };
}

function notice(): Block[] {
  const words = `Shortened to fit Slack: the whole answer is in the file ${FILE}, sent with it.`;
  return [richText(section([plain(words, { italic: true })]))];
}

/** What a notification and a screen reader get: the whole answer with the first message, its place with the others. */
function fallback(answer: Answer, asked: Rendering['asked'], index: number, count: number): string {
  if (index > 0) return escapeText(`${shorten(answer.headline, 500)} (part ${index + 1} of ${count})`);
  return escapeText(`${asked ? `Asked: ${shorten(asked.text, 300)}\n\n` : ''}${renderText(answer)}`);
}

function bullets(items: Element[][]): Block[][] {
  return grouped(items, most.text, length).map((group) => [
    richText({ type: 'rich_text_list', style: 'bullet', elements: group.map(section) }),
  ]);
}

function length(elements: Element[]): number {
  return elements.reduce((sum, element) => sum + ('text' in element ? (element.text?.length ?? 0) : 0), 0);
}

function richText(...elements: types.RichTextBlock['elements']): types.RichTextBlock {
  return { type: 'rich_text', elements };
}

function section(elements: Element[]): types.RichTextSection {
  return { type: 'rich_text_section', elements };
}

function plain(text: string, style?: types.RichTextText['style']): types.RichTextText {
  return { type: 'text', text, ...(style ? { style } : {}) };
}

function bold(text: string): types.RichTextText {
  return plain(text, { bold: true });
}
