import { describe, expect, test } from 'vitest';
import {
  type Edition,
  type EditionName,
  licencesForHost,
  licencesForVms,
  worstCase,
} from '../../src/core/licensing.ts';
import { knowledge } from '../ask.ts';

/** An edition as the knowledge has it, so that these tests hold the figures of the packs to the reference too. */
function edition(product: string, release: string, name: EditionName): Edition {
  const era = knowledge.licensing.find(
    (pack) => pack.kind === 'era' && pack.product === product && pack.releases.includes(release),
  );
  const found = era?.kind === 'era' ? era.editions[name] : undefined;
  if (!found) throw new Error(`no ${name} in ${release}`);
  return found;
}

const windows = (release: string, name: EditionName) => edition('windows-server', release, name);

describe('Windows Server 2008 R2 (licensing reference, section 2)', () => {
  test.each([
    ['standard', 2, 1, 1],
    ['standard', 2, 8, 8],
    ['enterprise', 2, 1, 1],
    ['enterprise', 2, 4, 1],
    ['enterprise', 2, 5, 2],
    ['enterprise', 2, 8, 2],
    ['enterprise', 4, 9, 3],
    ['datacenter', 1, 100, 2],
    ['datacenter', 2, 100, 2],
    ['datacenter', 4, 1, 4],
  ] as const)('%s on %i processors for %i VMs takes %i licences', (name, processors, oses, licences) => {
    expect(licencesForHost(windows('2008 R2', name), { processors, cores: 0, oses })).toBe(licences);
  });
});

describe('Windows Server 2012 and 2012 R2 (licensing reference, section 3)', () => {
  test.each([
    ['standard', 1, 0, 1],
    ['standard', 1, 2, 1],
    ['standard', 2, 3, 2],
    ['standard', 2, 8, 4],
    ['standard', 4, 2, 2],
    ['standard', 4, 9, 5],
    ['datacenter', 1, 500, 1],
    ['datacenter', 2, 500, 1],
    ['datacenter', 3, 1, 2],
    ['datacenter', 4, 1, 2],
  ] as const)('%s on %i processors for %i OSEs takes %i licences', (name, processors, oses, licences) => {
    expect(licencesForHost(windows('2012', name), { processors, cores: 0, oses })).toBe(licences);
    expect(licencesForHost(windows('2012 R2', name), { processors, cores: 0, oses })).toBe(licences);
  });
});

describe('Windows Server 2016 and later (licensing reference, section 4)', () => {
  test.each([
    ['2016', 'standard', 2, 16, 0, 16],
    ['2016', 'standard', 2, 16, 2, 16],
    ['2019', 'standard', 2, 16, 3, 32],
    ['2022', 'standard', 2, 16, 8, 64],
    ['2025', 'standard', 2, 32, 8, 128],
    ['2025', 'datacenter', 2, 32, 800, 32],
    // the floor of 16 a server on a host with one processor
    ['2022', 'datacenter', 1, 6, 1, 16],
    ['2022', 'datacenter', 1, 12, 1, 16],
    // the floor of 8 a processor on a host with four
    ['2022', 'datacenter', 4, 16, 1, 32],
    ['2022', 'standard', 4, 16, 3, 64],
    ['2022', 'datacenter', 2, 36, 1, 36],
    // a 16-core pack is not “two VMs” on a host with more cores
    ['2022', 'standard', 1, 24, 2, 24],
  ] as const)(
    '%s %s, %i processors, %i cores, %i OSEs takes %i core licences',
    (release, name, processors, cores, oses, licences) => {
      expect(licencesForHost(windows(release, name), { processors, cores, oses })).toBe(licences);
    },
  );

  test('no release from 2012 on has an Enterprise edition', () => {
    expect(() => windows('2012', 'enterprise')).toThrow();
    expect(() => windows('2025', 'enterprise')).toThrow();
  });
});

describe('licensing by VM (licensing reference, section 5)', () => {
  test.each([
    [8, 0, 64],
    [8, 4, 64],
    [8, 8, 64],
    [8, 12, 96],
    [1, 1, 8],
  ])('%i VMs with %i virtual cores take %i core licences', (vms, virtualCores, licences) => {
    expect(licencesForVms({ perVm: 8 }, { vms, virtualCores })).toBe(licences);
  });
});

describe('System Center (licensing reference, section 7)', () => {
  test.each([
    ['2012 R2', 'standard', 2, 0, 8, 4],
    ['2012 R2', 'datacenter', 4, 0, 8, 2],
    ['2019', 'standard', 2, 16, 8, 64],
    ['2025', 'datacenter', 2, 40, 8, 40],
  ] as const)(
    '%s %s, %i processors, %i cores, %i OSEs takes %i licences',
    (release, name, processors, cores, oses, licences) => {
      expect(licencesForHost(edition('system-center', release, name), { processors, cores, oses })).toBe(licences);
    },
  );
});

describe('the most VMs that can ever run on one host (licensing reference, section 1)', () => {
  test('is all of them, when nothing says otherwise', () => {
    expect(worstCase({ hosts: 2, vms: 8 })).toBe(8);
  });
  test('is the cap, when affinity sets one', () => {
    expect(worstCase({ hosts: 4, vms: 12, cap: 5 })).toBe(5);
    expect(worstCase({ hosts: 4, vms: 3, cap: 5 })).toBe(3);
  });
  test('is the balanced share of the hosts left, rounded up', () => {
    expect(worstCase({ hosts: 4, vms: 12, fail: 1 })).toBe(4);
    expect(worstCase({ hosts: 4, vms: 13, fail: 1 })).toBe(5);
    expect(worstCase({ hosts: 2, vms: 8, fail: 1 })).toBe(8);
  });
  test('is not known, when the VMs do not fit', () => {
    expect(worstCase({ hosts: 2, vms: 8, cap: 3 })).toBeUndefined();
    expect(worstCase({ hosts: 3, vms: 12, cap: 5, fail: 1 })).toBeUndefined();
    expect(worstCase({ hosts: 2, vms: 8, fail: 2 })).toBeUndefined();
  });
});
