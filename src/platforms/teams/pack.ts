import { most } from './limits.ts';

/** What stands around pieces that belong together, as a table around its rows; a title stands where it first opens. */
export type Frame = (items: object[], continued: boolean) => object[];
/** The least that stands or falls together: an element of a card, or a row of what is around it. */
export type Piece = { item: object; within?: Frame };

type Section = { within: Frame; items: object[]; continued: boolean };

const alone: Frame = (items) => items;

/** The size of a value as JSON, with the comma behind it. */
export const sizeOf = (value: unknown): number => JSON.stringify(value).length + 1;

/**
 * Fills as few bodies as possible, in order; a frame that is full goes on in the next body.
 * @param room the JSON that the body of a message may take, by its place
 */
export function pack(pieces: Piece[], room: (index: number) => number): object[][] {
  const bodies: Section[][] = [];
  const opened = new Set<Frame>();
  let left = 0;
  for (const { item, within = alone } of pieces) {
    const size = sizeOf(item);
    const last = bodies.at(-1)?.at(-1);
    const joins = last?.within === within;
    if (joins && size <= left && (within === alone || last.items.length < most.rows)) {
      last.items.push(item);
      left -= size;
      continue;
    }
    const section = { within, items: [item], continued: opened.has(within) && within !== alone };
    const whole = size + sizeOf(within([], section.continued));
    // A frame that is full is not opened again in the same message.
    if (bodies.length === 0 || whole > left || (joins && within !== alone)) {
      left = room(bodies.length);
      bodies.push([]);
    }
    bodies.at(-1)?.push(section);
    opened.add(within);
    left -= whole;
  }
  return bodies.map((sections) => sections.flatMap(({ within, items, continued }) => within(items, continued)));
}
