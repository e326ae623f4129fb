import { printable } from '../printable.ts';
/**
 * What one message may hold. Over any of these Slack rejects the message whole, so the renderer stays within all of
 * them. Characters, unless said otherwise; some are stricter than Slack's own, and say so.
 */
export const most = {
  /** Posts through one `response_url`. */
  posts: 5,
  blocks: 50,
  /** JSON of a message's blocks. Slack answers msg_blocks_too_long near 13,200 and does not say what it counts. */
  message: 12_000,
  /** Tables in one message: Slack answers only_one_table_allowed to a second one. */
  tables: 1,
  /** Tables of one answer: ours, since each takes a message of its own. Further ones are shown as lists. */
  tablesInAll: 3,
  /** JSON of a table's rows. Slack counts the text of the cells alone, to 10,000. */
  table: 10_000,
  rows: 100,
  columns: 20,
  /** The cells of one row together: ours, so that a heading and one row always fit a table. */
  row: 1_800,
  /** One rich text block. Slack says it of sections, and not what it allows here. */
  text: 3_000,
  /** One block of code: ours; a message holds it even if every character is written as two. */
  code: 5_000,
  buttons: 25,
  label: 75,
  value: 2_000,
  /** JSON of the buttons of one answer: ours, so that they and a notice fit any message. */
  actions: 5_000,
  url: 3_000,
  /** The title of a form, and the label of its button. */
  title: 24,
  /** The label or hint of a question. */
  question: 2_000,
  /** What is said to be wrong in a form: ours, so that it can be read there. */
  error: 300,
  /** The text beside the blocks; Slack advises against more than about 4,000. */
  fallback: 3_900,
};

/** A string as Slack takes it: no control character, no broken surrogate, and never empty. */
export function leaf(text: string): string {
  return printable(text) || '\u00a0';
}

/** Items in order, in groups whose sizes add up to at most `size`; an item larger than that stands alone. */
export function grouped<Item>(items: readonly Item[], size: number, sizeOf: (item: Item) => number): Item[][] {
  const groups: Item[][] = [];
  let filled = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const own = sizeOf(item);
    if (filled + own > size) {
      groups.push([]);
      filled = 0;
    }
    groups.at(-1)?.push(item);
    filled += own;
  }
  return groups;
}
