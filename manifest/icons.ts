import { identity } from './identity.ts';
import { png } from './png.ts';

/** How far a point is from the edge of a shape, in units of the drawing; inside it is negative. */
type Shape = (x: number, y: number) => number;
type Layer = { shape: Shape; colour: string };

const length = (x: number, y: number) => Math.sqrt(x * x + y * y);

const box =
  (cx: number, cy: number, width: number, height: number, radius: number): Shape =>
  (x, y) => {
    const dx = Math.abs(x - cx) - width / 2 + radius;
    const dy = Math.abs(y - cy) - height / 2 + radius;
    return length(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
  };

/** Exact at the edge, and close to it nearly so. */
const ellipse =
  (cx: number, cy: number, rx: number, ry: number): Shape =>
  (x, y) => {
    const [dx, dy] = [(x - cx) / rx, (y - cy) / ry];
    const scale = length(dx, dy);
    return scale === 0 ? -Math.min(rx, ry) : (scale * (scale - 1)) / length(dx / rx, dy / ry);
  };

const line =
  (x1: number, y1: number, x2: number, y2: number, width: number): Shape =>
  (x, y) => {
    const [dx, dy] = [x2 - x1, y2 - y1];
    const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)));
    return length(x - x1 - along * dx, y - y1 - along * dy) - width / 2;
  };

const union =
  (...shapes: Shape[]): Shape =>
  (x, y) =>
    Math.min(...shapes.map((shape) => shape(x, y)));

const stroke =
  (shape: Shape, width: number): Shape =>
  (x, y) =>
    Math.abs(shape(x, y)) - width / 2;

const WHITE = '#ffffff';
const TEAL = '#2fb6a8';

// Three hosts on one line, and the storage they share, on a square of 32 units.
const columns = [5, 16, 27];
const hosts = columns.map((x) => box(x, 6, 6, 6, 1));
const lid = ellipse(16, 20, 7, 3);
const storage = union(lid, box(16, 23, 14, 6, 0), ellipse(16, 26, 7, 3));
const links = union(...columns.map((x) => line(x, 10, x, 14, 2)), line(5, 14, 27, 14, 2), line(16, 14, 16, 17, 2));

const outline: Layer[] = [links, ...[...hosts, storage, lid].map((shape) => stroke(shape, 2))].map((shape) => ({
  shape,
  colour: WHITE,
}));

const colour: Layer[] = [
  { shape: links, colour: '#8fb3d9' },
  ...columns.map((x) => ({ shape: box(x, 6, 8, 8, 1.5), colour: WHITE })),
  ...columns.flatMap((x) => [
    { shape: line(x - 2, 4.5, x + 2, 4.5, 1), colour: '#b7c6d8' },
    { shape: ellipse(x + 1.8, 7.8, 0.9, 0.9), colour: TEAL },
  ]),
  { shape: storage, colour: TEAL },
  { shape: lid, colour: '#8fe3d8' },
];

/** The icon of 192 pixels, on its background to the edges: Teams cuts it to the shape it wants. */
export const colourIcon = (): Uint8Array => draw(192, 4.2, colour, identity.colour);

/** The icon of 32 pixels: white lines, and nothing else. */
export const outlineIcon = (): Uint8Array => draw(32, 1, outline);

/** How many samples a pixel has, along each side. */
const SAMPLES = 4;

/** Draws layers, the last on top, with the middle of the drawing in the middle of the picture. */
function draw(size: number, scale: number, layers: Layer[], background?: string): Uint8Array {
  const top = [...layers].reverse();
  const pixels = new Uint8Array(size * size * 4);
  const place = (pixel: number, sample: number) => (pixel + (sample + 0.5) / SAMPLES - size / 2) / scale + 16;
  for (let index = 0; index < size * size; index++) {
    const sum = [0, 0, 0];
    let covered = 0;
    for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
      const x = place(index % size, sample % SAMPLES);
      const y = place(Math.floor(index / size), Math.floor(sample / SAMPLES));
      const seen = top.find(({ shape }) => shape(x, y) < 0)?.colour ?? background;
      if (seen === undefined) continue;
      covered++;
      for (const channel of [0, 1, 2]) sum[channel] = (sum[channel] ?? 0) + byte(seen, channel);
    }
    if (covered === 0) continue;
    pixels.set(
      [...sum.map((value) => Math.round(value / covered)), Math.round((covered / SAMPLES ** 2) * 255)],
      index * 4,
    );
  }
  return png(size, pixels);
}

/** A channel of a colour. @example byte('#1f3a5f', 1) // 58 */
const byte = (colour: string, channel: number) => Number.parseInt(colour.slice(1 + channel * 2, 3 + channel * 2), 16);
