import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { beyond, oldestFirst, thatCover, vmmPack } from '../../src/core/sizing.ts';
import { knowledge, projectPath } from '../ask.ts';

describe('thatCover', () => {
  const small = { from: 1, upTo: 150 };
  const large = { from: 151 };
  const any = { from: 1 };

  // Reference on VMM sizing, section 1: 150 is the last count of the small tier, 151 the first of the large one.
  test('counts 150 hosts to the small tier', () => {
    expect(thatCover([small, large], 150)).toEqual([small]);
  });
  test('counts 151 hosts to the large tier', () => {
    expect(thatCover([small, large], 151)).toEqual([large]);
  });
  test('counts 1 host to the small tier', () => {
    expect(thatCover([small, large], 1)).toEqual([small]);
  });
  test('keeps what holds for any number of hosts at both sizes', () => {
    expect(thatCover([any, small, large], 150)).toEqual([any, small]);
    expect(thatCover([any, small, large], 1_000_000)).toEqual([any, large]);
  });
  test('keeps everything when the number of hosts is not known', () => {
    expect(thatCover([any, small, large], undefined)).toEqual([any, small, large]);
  });
});

describe('beyond', () => {
  test('is 0 up to the tested maximum and at it', () => {
    expect(beyond(1, 1000)).toBe(0);
    expect(beyond(1000, 1000)).toBe(0);
  });
  test('counts what is over the tested maximum', () => {
    expect(beyond(1001, 1000)).toBe(1);
    expect(beyond(1500, 1000)).toBe(500);
  });
});

test('oldestFirst puts 2012 R2 between 2012 and 2016', () => {
  const packs = ['2016', '2012 R2', '2025', '2012'].map((release) => ({ release }));
  expect(oldestFirst(packs).map(({ release }) => release)).toEqual(['2012', '2012 R2', '2016', '2025']);
});

describe('a pack', () => {
  const pack = (change: (pack: ReturnType<typeof raw>) => void) => {
    const changed = raw();
    change(changed);
    return vmmPack.safeParse(changed);
  };
  const raw = () => structuredClone(knowledge.vmm.find(({ release }) => release === '2012') ?? never());

  test('is there for each release, once', () => {
    expect(oldestFirst(knowledge.vmm).map(({ release }) => release)).toEqual([
      ...['2012', '2012 R2', '2016', '2019', '2022', '2025'],
    ]);
  });
  test('is refused for a release that does not exist', () => {
    expect(vmmPack.safeParse({ ...raw(), release: '2021' }).success).toBe(false);
  });
  test('is refused without a source', () => {
    expect(pack((p) => p.sources.splice(0)).success).toBe(false);
    expect(pack((p) => p.hardware.sources.splice(0)).success).toBe(false);
  });
  test('is refused with a field nobody reads', () => {
    expect(vmmPack.safeParse({ ...raw(), colour: 'blue' }).success).toBe(false);
  });
  test('is refused when its tiers leave a gap, overlap or end', () => {
    expect(pack((p) => (p.hardware.tiers[1] = { ...(p.hardware.tiers[1] ?? never()), from: 152 })).success).toBe(false);
    expect(pack((p) => (p.hardware.tiers[1] = { ...(p.hardware.tiers[1] ?? never()), from: 150 })).success).toBe(false);
    expect(pack((p) => p.hardware.tiers.pop()).success).toBe(false);
  });
  test('is refused when a size is not in MB or GB', () => {
    const minimum = { cpu: 'Pentium 4', memory: '2 gigabytes', disk: '2 GB' };
    expect(pack((p) => Object.assign(p.hardware.tiers[0]?.roles.management ?? never(), { minimum })).success).toBe(
      false,
    );
  });
  test('is refused when a row of a table misses a cell', () => {
    const table = { title: 'Hosts', columns: ['System', 'Host'], rows: [['Windows Server 2022']] };
    expect(pack((p) => Object.assign(p.topics.hosts ?? never(), { table })).success).toBe(false);
  });
  test('keeps its file name equal to its release', () => {
    const files = ['2012', '2012-r2', '2016', '2019', '2022', '2025'];
    const releases = files.map((file) => {
      const read: unknown = load(readFileSync(projectPath(`knowledge/vmm/${file}.yaml`), 'utf8'), {
        schema: CORE_SCHEMA,
      });
      return vmmPack.parse(read).release;
    });
    expect(releases).toEqual(['2012', '2012 R2', '2016', '2019', '2022', '2025']);
  });
});

function never(): never {
  throw new Error('the pack of VMM 2012 is not as expected');
}
