import type { types } from '@slack/bolt';
import { most } from './limits.ts';

export type Block = types.RichTextBlock | types.TableBlock | types.ActionsBlock;

/** Fills as few messages as possible, in order; a group is never torn apart. */
export function pack(groups: Block[][]): Block[][] {
  const messages: Block[][] = [];
  for (const group of groups) {
    const last = messages.at(-1);
    if (last && roomFor([...last, ...group])) last.push(...group);
    else messages.push([...group]);
  }
  return messages;
}

/** The beginning of it in so many messages, and an end that is always kept: blocks make room for it. */
export function cutTo(posts: number, body: Block[][], end: Block[][]): Block[][] {
  const messages = pack(body).slice(0, posts);
  const last = messages.at(-1) ?? [];
  while (!roomFor([...last, ...end.flat()])) last.pop();
  last.push(...end.flat());
  return messages;
}

const sizes = new WeakMap<Block, number>();

function roomFor(blocks: Block[]): boolean {
  let characters = 1;
  for (const block of blocks) {
    const size = sizes.get(block) ?? JSON.stringify(block).length + 1;
    sizes.set(block, size);
    characters += size;
  }
  const tables = blocks.filter(({ type }) => type === 'table').length;
  return characters <= most.message && blocks.length <= most.blocks && tables <= most.tables;
}
