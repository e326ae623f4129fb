import { readFileSync } from 'node:fs';
import { crc32, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { colourIcon, outlineIcon } from '../../manifest/icons.ts';
import { png } from '../../manifest/png.ts';
import { projectPath } from '../ask.ts';

type Chunk = { type: string; data: Buffer; checksum: number; wanted: number };

/** The chunks of a PNG, each with the checksum it has and the one it should have. */
function chunks(file: Uint8Array): Chunk[] {
  const bytes = Buffer.from(file);
  const found: Chunk[] = [];
  for (let at = 8; at < bytes.length; ) {
    const end = at + 8 + bytes.readUInt32BE(at);
    found.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      data: bytes.subarray(at + 8, end),
      checksum: bytes.readUInt32BE(end),
      wanted: crc32(bytes.subarray(at + 4, end)),
    });
    at = end + 4;
  }
  return found;
}

/** The pixels of a PNG without filters, as `red,green,blue,opacity`, by row and column. */
function pixels(file: Uint8Array): string[][] {
  const [header, data] = chunks(file);
  const size = header?.data.readUInt32BE(0) ?? 0;
  const bytes = inflateSync(data?.data ?? new Uint8Array());
  return Array.from({ length: size }, (_, y) => {
    const row = bytes.subarray(y * (size * 4 + 1), (y + 1) * (size * 4 + 1));
    expect(row[0]).toBe(0);
    return Array.from({ length: size }, (_, x) => [...row.subarray(x * 4 + 1, x * 4 + 5)].join());
  });
}

describe.each([
  ['color.png', colourIcon(), 192],
  ['outline.png', outlineIcon(), 32],
] as const)('%s', (name, icon, size) => {
  test('is committed as it is drawn now: “npm run manifest” writes it', () => {
    expect(readFileSync(projectPath(`manifest/${name}`)).equals(icon)).toBe(true);
  });

  test(`is a square of ${size} pixels`, () => {
    expect(pixels(icon)).toHaveLength(size);
    expect(chunks(icon)[0]?.data.readUInt32BE(4)).toBe(size);
  });
});

test('the colour icon is opaque, and its background goes to the corners', () => {
  const rows = pixels(colourIcon());
  expect(rows.flat().every((pixel) => pixel.endsWith(',255'))).toBe(true);
  for (const y of [0, 191]) for (const x of [0, 191]) expect(rows[y]?.[x]).toBe('31,58,95,255');
});

test('the outline icon is white lines of soft edges on nothing', () => {
  const seen = pixels(outlineIcon()).flat();
  const opacities = seen
    .filter((pixel) => pixel.startsWith('255,255,255,'))
    .map((pixel) => Number(pixel.split(',')[3]));
  expect(seen.filter((pixel) => !pixel.startsWith('255,255,255,')).every((pixel) => pixel === '0,0,0,0')).toBe(true);
  expect(opacities.some((opacity) => opacity === 255)).toBe(true);
  expect(opacities.some((opacity) => opacity > 0 && opacity < 255)).toBe(true);
  expect(pixels(outlineIcon())[0]?.every((pixel) => pixel === '0,0,0,0')).toBe(true);
});

test('a PNG is its signature, and three chunks with their checksums', () => {
  const file = png(1, Uint8Array.of(1, 2, 3, 4));
  expect(Buffer.from(file.subarray(0, 8)).toString('hex')).toBe('89504e470d0a1a0a');
  expect(chunks(file).map(({ type }) => type)).toEqual(['IHDR', 'IDAT', 'IEND']);
  for (const { checksum, wanted } of chunks(file)) expect(checksum).toBe(wanted);
  // One by one, eight bits a channel, with opacity, not interlaced.
  expect(chunks(file)[0]?.data.toString('hex')).toBe('00000001000000010806000000');
  expect(pixels(file)).toEqual([['1,2,3,4']]);
});
