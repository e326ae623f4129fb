import { describe, expect, test } from 'vitest';
import { createBot } from '../../src/bot.ts';
import { ask, commands, knowledge, request } from '../ask.ts';

const row = async (text: string, era: string) =>
  (await ask(text)).tables?.[0]?.rows.find(([name]) => name?.startsWith(era));
const notes = async (text: string) => (await ask(text)).notes?.join('\n') ?? '';
const headline = async (text: string) => (await ask(text)).headline;

describe('/license cluster 2 hosts 8 vms', () => {
  const text = '/license cluster 2 hosts 8 vms';

  test('has one row for each era, oldest first', async () => {
    expect((await ask(text)).tables?.[0]?.rows.map(([era]) => era)).toEqual([
      '2008 R2 and earlier',
      '2012 and 2012 R2',
      '2016 and later, by core',
      'Per VM with Software Assurance, since October 2022',
    ]);
  });

  // licensing reference, section 2.2 and 2.3
  test('counts for 2008 R2 two Enterprise or two Datacenter licences per host, four in all', async () => {
    expect(await row(text, '2008 R2')).toEqual([
      '2008 R2 and earlier',
      '8 licences per host, 16 in all',
      '2 licences per host, 4 in all',
      '2 licences per host, 4 in all',
      'Enterprise or Datacenter (4)',
    ]);
  });

  // licensing reference, sections 3, 4 and 5
  test('counts for the later eras Standard four, 64 cores, and Datacenter one, 16 cores, per host', async () => {
    expect(await row(text, '2012')).toEqual([
      '2012 and 2012 R2',
      '4 licences per host, 8 in all',
      'none',
      '1 licence per host, 2 in all',
      'Datacenter (2)',
    ]);
    expect((await row(text, '2016'))?.slice(1, 4)).toEqual([
      '64 core licences per host, 128 in all',
      'none',
      '16 core licences per host, 32 in all',
    ]);
    expect((await row(text, 'Per VM'))?.[1]).toBe('8 core licences per VM, 64 in all');
  });

  test('says what the count rests on, what a cap saves, and what breaks the 90-day rule', async () => {
    const said = await notes(text);
    expect(said).toContain('Every VM may land on every host');
    expect(said).toContain('no more than 8 VMs may ever run on a host');
    expect(said).toContain('break the 90-day rule once VMs migrate');
    expect(said).toContain('the licence minimum of 16 per host is assumed');
    // cap 4: 16 x (4 / 2) = 32 a host, 64 in all
    expect(said).toContain(
      'A cap of 4 VMs per host (affinity; add “cap 4”) would need 64 core licences of Standard in all instead of 128',
    );
    expect(said).toContain('not a licensing lawyer');
  });

  test('never calls the fewest licences the lowest price', async () => {
    expect(await notes(text)).toContain('The fewest licences are not the lowest price');
  });
});

describe('hosts', () => {
  test.each([
    // 2 x 16 = 32 cores, x 4 = 128
    ['/license 2 hosts 8 vms 2 procs 16 cores 2022 standard', '128 core licences per host, 256 in all'],
    ['/license 2 hosts 8 vms 2 procs 32 cores per host 2022 standard', '128 core licences per host, 256 in all'],
    ['/license 2 hosts 8 vms 2 procs 64 cores in all 2022 standard', '128 core licences per host, 256 in all'],
    ['/license 2 hosts 8 vms dual socket 16 cores per socket 2022 standard', '128 core licences per host, 256 in all'],
    // 16 + 16 + 32 = 64
    ['/license hosts 16,16,32 cores 8 vms 2022 datacenter', '16 + 16 + 32 = 64 core licences'],
    // 4 processors of 4 cores: 8 each
    ['/license host 4 procs 4 cores 2 vms 2019 datacenter', '32 core licences for 1 host'],
    ['/license host 8 vms 2012 standard', '4 licences for 1 host'],
    ['/license two hosts, a dozen vms, 2008 R2 enterprise', '3 licences per host, 6 in all'],
    // 4 x 2 = 8 VMs in all
    ['/license 2 hosts 4 vms per host 2022 standard', '64 core licences per host, 128 in all'],
  ])('are read from “%s”', async (text, said) => {
    expect(await headline(text)).toContain(said);
  });

  test.each([
    ['/license 3 hosts 16,16 cores 4 vms', 'You named 3 hosts and described 2'],
    ['/license 3 hosts 4 vms 2 procs 64 cores in all', 'do not divide evenly over 3 hosts'],
    ['/license 2 hosts 4 vms 16 cores per processor', 'How many processors'],
    ['/license 8 vms', 'How many hosts'],
    ['/license 2 hosts', 'How many Windows Server VMs'],
    ['/license 2 hosts 8 vms cap 3', '8 VMs do not fit 2 hosts with at most 3 on each.'],
    ['/license 2 hosts 8 vms fail 2', 'no host is left'],
    ['/license standalone 3 hosts 4 vms per host', 'please ask for one host at a time'],
    [
      '/license 2 hosts 8 vms 2016 enterprise',
      'Windows Server 2016 has no Enterprise edition; please choose Standard or Datacenter.',
    ],
    ['/license system-center 2 hosts 8 vms 2008 R2', 'I have no licensing rules for System Center 2008 R2.'],
  ])('that make no sense in “%s” are refused in one sentence', async (text, said) => {
    const answer = await ask(text);
    expect(answer.headline).toContain(said);
    expect(answer.problem).toBe('input');
    expect(answer.tables).toBeUndefined();
  });
});

// licensing reference, sections 2 (Enterprise ends with 2008 R2) and 7 (nothing was found on System Center 2025)
describe('the era that is answered for', () => {
  const usual = (defaultRelease: string) =>
    createBot({ commands, knowledge, log: { error: () => {} }, defaultRelease });

  test('has the edition asked for, when no release is named', async () => {
    expect(await headline('/license 2 hosts 8 vms enterprise')).toBe(
      'Windows Server 2008 R2 and earlier Enterprise: 2 licences per host, 4 in all, for 2 hosts and 8 VMs.',
    );
    expect((await usual('2022').ask(request('/license 2 hosts 8 vms enterprise'))).headline).toContain(
      '2008 R2 and earlier',
    );
  });

  test('is never one that the product does not have', async () => {
    const { headline: said } = await usual('2008 R2').ask(request('/license system-center 2 hosts 8 vms'));
    expect(said).toMatch(/^System Center 2016 to 2022, 2 hosts, 8 VMs: /);
    expect(await headline('/license system-center 2 hosts 8 vms enterprise')).toBe(
      'System Center has no Enterprise edition; please choose Standard or Datacenter.',
    );
  });

  test('says in the headline when a release is only assumed to belong to it', async () => {
    const assumed =
      '; no licensing text for System Center 2025 was found, so this assumes the core model of 2016 to 2022.';
    expect((await headline('/license system-center 2 hosts 8 vms 2025 standard')).endsWith(assumed)).toBe(true);
    expect((await usual('2025').ask(request('/license system-center 2 hosts 8 vms'))).headline.endsWith(assumed)).toBe(
      true,
    );
    expect(await headline('/license system-center 2 hosts 8 vms 2022 standard')).not.toContain('assumes');
  });
});

describe('what else runs on a host', () => {
  // licensing reference, section 4: OSE = VMs + containers + 1 for other work
  test('containers with Hyper-V isolation count from 2016 on', async () => {
    expect(await headline('/license host 2 vms 3 containers 2022 standard')).toContain('48 core licences');
    expect(await notes('/license host 2 vms 3 containers')).toContain('2012 and 2012 R2: containers are not counted.');
  });
  test('other work of the host takes one OSE in every era', async () => {
    expect(await headline('/license host 2 vms other work 2022 standard')).toContain('32 core licences');
    expect(await headline('/license host 2 vms other work 2012 standard')).toContain('2 licences');
    expect(await headline('/license host 4 vms other work 2008 R2 enterprise')).toContain('2 licences');
  });
});

describe('what an answer says besides its count', () => {
  // licensing reference, section 7
  test('System Center speaks of client management licences, not of CALs, and its buttons name it', async () => {
    const answer = await ask('/license system-center 2 hosts 8 vms');
    expect(answer.notes?.join('\n')).toContain('Client management licences');
    expect(answer.notes?.join('\n')).not.toContain('CALs');
    expect(answer.buttons?.map(({ label }) => label)).toContain('System Center 2025');
  });
  test('no cores are assumed where the release is not licensed by core', async () => {
    expect(await notes('/license 2 hosts 8 vms 2012 R2')).not.toContain('Cores were not given');
  });
  // licensing reference, section 2.1: a host that also does other work uses up a right; 3 x 4 - 1
  test('other work of the host lowers the cap of the Enterprise count', async () => {
    expect(await notes('/license host 8 vms other work 2008 R2')).toContain('no more than 11 VMs may ever run');
  });
  // licensing reference, sections 4 and 5
  test('sources that disagree are said to', async () => {
    const said = await notes('/license host 2 vms 2025');
    expect(said).toContain('Sources disagree on disabled cores.');
    expect(said).toContain('The minimum of 16 per customer left the Product Terms in April 2023');
  });
});
