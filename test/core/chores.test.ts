import { describe, expect, test } from 'vitest';
import { choreNamed, chorePack } from '../../src/core/chores.ts';
import { knowledge } from '../ask.ts';

const { reminders: chores } = knowledge;
const source = { title: 'A document', checked: '2026-11-23' };
const pack = {
  names: ['patching'],
  title: 'Patching',
  why: 'what is known to be broken is mended',
  checklist: ['Patch one node at a time.'],
  code: [{ language: 'powershell', text: '# 2012 and later\nGet-CauRun' }],
  rhythm: ['Monthly.'],
  apart: 60,
  sources: [source],
};

describe('a pack', () => {
  test('may do without code, and without minutes for a chore that gets in the way of none', () => {
    const { apart: _, ...rest } = pack;
    expect(chorePack.safeParse({ ...rest, code: [] }).success).toBe(true);
  });

  test.each([
    ['a name with a capital', { names: ['Patching'] }],
    ['no name', { names: [] }],
    ['a reason that is a sentence of its own', { why: 'What is broken is mended.' }],
    ['an empty checklist', { checklist: [] }],
    ['code that does not say where it is run', { code: [{ language: 'powershell', text: 'Get-CauRun' }] }],
    ['no rhythm', { rhythm: [] }],
    ['no minutes between two', { apart: 0 }],
    ['no source', { sources: [] }],
    ['a field nobody knows', { colour: 'red' }],
  ])('with %s is refused', (_, fault) => expect(chorePack.safeParse({ ...pack, ...fault }).success).toBe(false));
});

describe('a chore', () => {
  test.each([
    ['defrag', 'CSV defrag'],
    ['csv-defrag', 'CSV defrag'],
    [' CSV   Defrag ', 'CSV defrag'],
    ['ad-backup', 'AD backup check'],
    ['Active Directory backup', 'AD backup check'],
    ['av-exclusions', 'Antivirus exclusions check'],
  ])('is found by “%s”', (name, title) => expect(choreNamed(chores, name)?.title).toBe(title));

  test.each(['', 'defragment', 'constructor'])('is not found by “%s”', (name) =>
    expect(choreNamed(chores, name)).toBeUndefined(),
  );

  test('has names that no other has', () => {
    const names = chores.flatMap((chore) => chore.names);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('that loads the storage is kept apart from the others, and the one that does not is not', () =>
    expect(chores.map(({ names, apart }) => [names[0], apart])).toEqual([
      ['ad-backup', 120],
      ['av-exclusions', undefined],
      ['defrag', 120],
    ]));
});

describe.each(chores)('what the card of $title says', ({ checklist, rhythm, code, sources, why }) => {
  test('is five to eight sentences to check, and one or two on how often', () => {
    expect(checklist.length).toBeGreaterThanOrEqual(5);
    expect(checklist.length).toBeLessThanOrEqual(8);
    expect(rhythm.length).toBeLessThanOrEqual(2);
  });

  test('is in good style', () => {
    for (const sentence of [...checklist, ...rhythm]) {
      expect(sentence).toMatch(/^\p{Lu}.*\.( \(.*\))?$/u);
      expect(sentence).not.toMatch(/—|\S {2}|\w'\w|"/);
    }
    expect(why).not.toMatch(/—|\S {2}|\w'\w|"/);
  });

  test('tells the eras apart', () => {
    const said = [...checklist, ...rhythm, ...code.map(({ text }) => text)].join('\n');
    expect(said).toContain('2008 R2');
    expect(said).toMatch(/201[26]( and later|:|, )|from 2012/);
  });

  test('was compared with its sources', () => {
    for (const { checked } of sources) expect(checked).toBe('2026-11-23');
  });
});

/** All that a chore says, on one line. */
const said = (name: string) => {
  const chore = choreNamed(chores, name);
  return [chore?.checklist, chore?.rhythm, chore?.code.map(({ text }) => text)].flat().join(' ').replace(/\s+/g, ' ');
};

describe('the facts of', () => {
  // Storage and operations, sections 2.1, 2.2, 3.1 to 3.3 and 19.
  test.each([
    'With dynamic VHDs: at least once a day (2011 article, for 2008 R2)',
    'With fixed VHDs: less often',
    'no backup of this CSV runs',
    'coordinator node',
    'Analyse first',
    'Sources disagree on redirected access',
    'no hardware VSS',
    'thin-provisioned or all-flash',
    // Without the switch the VMs go offline.
    'never suspend the CSV without -RedirectedAccess',
    '# 2008 R2, 2012 and 2012 R2, on the coordinator. Later documentation has no such cmdlet. Repair-ClusterSharedVolume C:\\ClusterStorage\\Volume1 -Defrag',
    'Optimize-Volume -Path C:\\ClusterStorage\\Volume1 -Analyze -Verbose',
    'Optimize-Volume -Path C:\\ClusterStorage\\Volume1 -Defrag -Verbose',
  ])('the defrag: %s', (fact) => expect(said('defrag')).toContain(fact));

  // Storage and operations, sections 6.1, 6.3, 7.1, 7.2, 7.4 and 19.
  test.each([
    'Two writable DCs of every domain, not RODCs',
    'system state',
    'Unset it is 60 days, in forests made on 2003 SP1 or later it is 180',
    'From half of it, 30 or 90 days',
    'event 2089',
    'older than 7 days (our pick)',
    'who may read the copies',
    'the copies are encrypted',
    'DKM keys',
    'repadmin /showbackup *',
    'tombstoneLifetime',
  ])('the AD backup: %s', (fact) => expect(said('ad-backup')).toContain(fact));

  // Storage and operations, section 19; antivirus, sections 3.4, 5.1, 5.3 and 6.
  test.each([
    'after each update of the antivirus product',
    'by its path and by its volume GUID',
    'not shown by Get-MpPreference',
    'EICAR',
  ])('the exclusions: %s', (fact) => expect(said('av-exclusions')).toContain(fact));
});
