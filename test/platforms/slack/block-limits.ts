import type { Message } from '../../../src/platforms/slack/blocks.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/**
 * What Slack would reject a message for, after the limits of Block Kit as its type files and users state them. Written
 * apart from the renderer's own limits, so that a mistake there shows here.
 */
export function faultsOf({ text, blocks }: Message): string[] {
  const faults: string[] = [];
  const check = (holds: boolean, fault: string) => {
    if (!holds) faults.push(fault);
  };
  check(text.length >= 1 && text.length < 4000, `text of ${text.length} characters`);
  check(!/<|>/.test(text) && !/&(?!(amp|lt|gt);)/.test(text), 'text that is not escaped');
  check(blocks.length >= 1 && blocks.length <= 50, `${blocks.length} blocks`);
  check(leaves(blocks).join('').length < 12_000, 'a message of 12,000 characters or more');
  check(blocks.filter(({ type }) => type === 'table').length <= 1, 'more than one table');
  check(
    leaves(blocks).every((leaf) => leaf.length > 0),
    'an empty string',
  );
  check(!leaves(blocks).some((leaf) => CONTROL.test(leaf)), 'a control character');
  check(
    leaves(blocks).every((leaf) => leaf.isWellFormed()),
    'half a surrogate pair',
  );
  const ids = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : [])).map((one) => one.action_id);
  check(new Set(ids).size === ids.length, 'an action_id used twice');
  for (const block of blocks) faults.push(...faultsOfBlock(block));
  return faults;
}

function faultsOfBlock(block: Message['blocks'][number]): string[] {
  if (block.type === 'table') {
    const cells = block.rows.flat().flatMap(leaves);
    return [
      block.rows.length > 100 && `${block.rows.length} rows`,
      block.rows.some((row) => row.length > 20 || row.length === 0) && 'a row of none or more than 20 cells',
      new Set(block.rows.map((row) => row.length)).size > 1 && 'rows of different lengths',
      (block.column_settings?.length ?? 0) > 20 && 'more than 20 column settings',
      cells.join('').length >= 10_000 && 'a table of 10,000 characters or more',
    ].filter((fault) => fault !== false);
  }
  if (block.type === 'actions') {
    const faults =
      block.elements.length > 25 || block.elements.length === 0 ? [`${block.elements.length} buttons`] : [];
    for (const element of block.elements) {
      if (element.type !== 'button') continue;
      if (element.text.text.length > 75) faults.push('a button label over 75');
      if ((element.value?.length ?? 0) > 2000) faults.push('a button value over 2,000');
      if ((element.action_id?.length ?? 0) > 255) faults.push('an action_id over 255');
    }
    return faults;
  }
  // Slack states 3,000 for text in sections; for preformatted text it states nothing.
  const code = block.elements.some(({ type }) => type === 'rich_text_preformatted');
  const urls = JSON.stringify(block).match(/"url":"[^"]*"/g) ?? [];
  return [
    !code && leaves(block).join('').length > 6000 && 'rich text over 6,000 characters',
    urls.some((url) => url.length > 3008) && 'a url over 3,000',
  ].filter((fault) => fault !== false);
}

/** Every string that is shown or carried, in order; the names of types and styles are not. */
export function leaves(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(leaves);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'type' || key === 'style' || key === 'action_id' ? [] : leaves(inner),
  );
}
