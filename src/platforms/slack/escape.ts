import { leaf, most } from './limits.ts';

const entities = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
  ['&nbsp;', ' '],
]);

/** Text for a place that Slack parses: `<!channel>` typed by anyone pings no one. At most `most.fallback` characters. */
export function escapeText(text: string): string {
  const escaped = leaf(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  if (escaped.length <= most.fallback) return escaped;
  // The cut may have gone through an escape or a pair of surrogates; what is left of either is dropped.
  return `${escaped.slice(0, most.fallback - 1).replace(/(&[a-z]*|[\ud800-\udbff])$/, '')}…`;
}

/**
 * What a person typed, out of what Slack sends: our own mention taken off, channels by their names, links that Slack made
 * of words undone, escapes decoded, no-break spaces made plain. Mentions of others stay as they are; nothing of this is
 * ever trusted.
 */
export function typedText(text: string, botUserId = ''): string {
  return text
    .replace(/<@([A-Z0-9]+)(?:\|[^<>]*)?>/g, (mention, id) => (id === botUserId ? ' ' : mention))
    .replace(/<#([A-Z0-9]+)(?:\|([^<>]*))?>/g, (_, id, name) => `#${name || id}`)
    .replace(/<(?:https?:\/\/|mailto:)[^<>|]*\|([^<>]*)>/g, '$1')
    .replace(/<((?:https?:\/\/|mailto:)[^<>|]*)>/g, '$1')
    .replace(/&(?:lt|gt|amp|nbsp);/g, (entity) => entities.get(entity) ?? entity)
    .replaceAll('\u00a0', ' ')
    .trim();
}
