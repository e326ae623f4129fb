import { printable } from '../printable.ts';
import type { Inbound } from './activity.ts';
import { nameInText } from './people.ts';

/** Characters that are read of a message: far more than the bot takes, so that it can say that it is too much. */
const LONGEST = 20_000;

/** What Teams wraps words in when they are pasted or formatted; any other tag was typed, such as `<name>`. */
const TAGS =
  'a|b|blockquote|br|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|s|span|strike|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul';
const TAG = `</?(?:${TAGS})(?:\\s[^<>]{0,1000})?/?>`;
/** A mention, a tag or an entity, whichever comes next: so nothing is decoded twice and what was decoded is no tag. */
const MARKUP = new RegExp(`<at(?:\\s[^<>]{0,200})?>(.{0,500}?)</at>|${TAG}|&(?:lt|gt|amp|quot|apos|#39|nbsp);`, 'gis');
const ENDS_LINE = /^<(?:br|hr)|^<\/(?:blockquote|div|h\d|li|p|pre|tr)\b/i;

const entities = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&#39;', "'"],
  ['&nbsp;', ' '],
]);

/**
 * What a person typed, out of what Teams sends: our own mention taken off, others as `<@ID|NAME>`, markup taken away,
 * entities decoded once, no-break spaces made plain. Lines stay lines. Nothing of this is ever trusted.
 */
export function typedText({
  text,
  recipient,
  entities: found,
}: Pick<Inbound, 'text' | 'recipient' | 'entities'>): string {
  const mentions = (found ?? []).filter(({ type }) => type === 'mention');

  /** The person that a mention calls; the entities come in the order of the text. */
  function called(inside: string): string {
    const name = plain(inside);
    const at = mentions.findIndex((one) => plain(one.text ?? '') === name);
    const [entity] = at < 0 ? [] : mentions.splice(at, 1);
    const { id, name: known } = entity?.mentioned ?? {};
    if (id === recipient.id) return ' ';
    if (!id || /[<>|\s]/.test(id)) return name;
    return `<@${id}|${nameInText(known ?? name)}>`;
  }

  const said = (text ?? '').slice(0, LONGEST).replace(MARKUP, (markup, inside?: string) => {
    if (inside !== undefined) return called(inside);
    return entities.get(markup.toLowerCase()) ?? (ENDS_LINE.test(markup) ? '\n' : '');
  });
  return printable(said.replace(/\r\n?/g, '\n').replaceAll('\u00a0', ' ')).trim();
}

/** The words of a mention without its markup. */
function plain(markup: string): string {
  return markup
    .replace(/<[^<>]{0,1000}>/g, '')
    .replace(/&[a-z\d#]{1,6};/gi, (entity) => entities.get(entity.toLowerCase()) ?? entity)
    .replaceAll('\u00a0', ' ')
    .trim();
}
