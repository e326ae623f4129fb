import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/answer.ts';
import { createBot } from '../../src/bot.ts';
import { ask, bot, commands, knowledge, logged, request } from '../ask.ts';

const table = ({ tables = [] }: Answer, title: string) => tables.find((it) => it.title?.includes(title));
const script = ({ code = [] }: Answer) => code.find(({ filename }) => filename === 'add-exclusions.ps1')?.text ?? '';
const cells = (answer: Answer, title: string, column = 0) => table(answer, title)?.rows.map((row) => row[column]);

describe('/av exclusions', () => {
  test('without a release shows the newest in full and a row for each other one', async () => {
    const answer = await ask('/av exclusions');
    expect(answer.headline).toContain('Windows Server 2025');
    expect(cells(answer, 'Other releases')).toEqual(['2022', '2019', '2016', '2012 R2', '2012', '2008 R2']);
    // Reference, sections 3.1 and 3.3: what came with 2016 and 2019.
    expect(cells(answer, 'Other releases', 2)?.slice(0, 5)).toEqual([
      'nothing, the same',
      'nothing, the same',
      'Vmcompute.exe',
      '.vmcx, .vmrs, Vmsp.exe, Vmcompute.exe',
      '.vmcx, .vmrs, Vmsp.exe, Vmcompute.exe',
    ]);
    // Reference, section 5.1: Defender’s list is there from 2016 on.
    expect(cells(answer, 'Other releases', 4)).toEqual(['yes', 'yes', 'yes', 'no', 'no', 'no']);
  });

  test('with a release shows that one alone', async () => {
    const answer = await ask('/av exclusions 2019');
    expect(answer.headline).toContain('Windows Server 2019');
    expect(table(answer, 'Other releases')).toBeUndefined();
  });

  test('without a role is for Hyper-V, and says which others can be added', async () => {
    const answer = await ask('/av');
    expect(answer.headline).toContain('For Hyper-V on');
    expect(answer.notes?.join(' ')).toContain('Add cluster, vmm, sql, dc or dpm');
    expect((await ask('/av hyper-v')).notes?.join(' ')).not.toContain('You named no role');
  });

  test('uses the release that the installation runs, where none is named', async () => {
    const log = { error: () => undefined };
    const older = createBot({ commands, knowledge, log, defaultRelease: '2016' });
    const answer = await older.ask(request('/av exclusions'));
    expect(answer.headline).toContain('Windows Server 2016');
    expect(cells(answer, 'Other releases')?.[0]).toBe('2025');
  });

  // Reference, section 5.1: the gap between Defender’s list and KB3105657.
  test('shows what Defender leaves out from 2016 on, and says that it excludes nothing before', async () => {
    expect(table(await ask('/av exclusions 2016'), 'not on Defender')?.rows).toEqual([
      ['Extensions', '.vhds, .vhdpmem, .mrt, .bin, .xml, .vmgs'],
      [
        'Folders',
        'C:\\ClusterStorage, custom VM configuration folders, custom virtual hard disk folders, custom Hyper-V Replica folders',
      ],
      ['Processes', 'Vmsp.exe'],
      ['Shares', 'SMB 3.0 shares that hold VMs'],
    ]);
    const before = await ask('/av exclusions 2012 R2');
    expect(table(before, 'not on Defender')).toBeUndefined();
    expect(before.notes).toContain('Defender excludes nothing for these roles by itself before Windows Server 2016.');
  });

  // Reference, sections 3.4 and 9.2.
  test('shows that two articles disagree on Cluster Shared Volumes', async () => {
    const rows = table(await ask('/av exclusions cluster'), 'Cluster Shared Volume')
      ?.rows.flat()
      .join(' ');
    expect(rows).toContain('C:\\ClusterStorage');
    expect(rows).toContain('\\\\?\\Volume{GUID}\\');
  });

  // Reference, section 2: the article’s own text could not be retrieved.
  test('says that the 2008 R2 list is second-hand', async () => {
    const answer = await ask('/av exclusions 2008 R2');
    expect(answer.headline).toContain('KB961804 (rebuilt second-hand)');
    expect(answer.facts?.[0]?.[1]).toContain('could not be read');
    expect(script(answer)).not.toContain('vhdx');
  });

  test('writes a script of the entries of that release and those roles', async () => {
    const text = script(await ask('/av exclusions hyper-v 2016'));
    expect(text).toContain(
      'Add-MpPreference -ExclusionExtension vhd,vhdx,avhd,avhdx,vhds,vhdpmem,iso,rct,mrt,vsv,bin,xml,vmcx,vmrs,vmgs\n',
    );
    expect(text).toContain('  "$env:ProgramData\\Microsoft\\Windows\\Hyper-V"\n');
    expect(text).toContain('  "$env:SystemRoot\\System32\\Vmsp.exe"\n');
    expect(text).not.toContain('Vmcompute.exe');
    expect(text).not.toContain('clussvc.exe');
    expect(text).not.toContain('custom VM configuration folders');
    expect(script(await ask('/av exclusions cluster 2022'))).toContain('Get-ClusterSharedVolume');
  });

  test('checks with Get-MpPreference', async () => {
    const { code = [] } = await ask('/av exclusions');
    expect(code[1]?.text).toContain('$p = Get-MpPreference\n$p.ExclusionPath; $p.ExclusionExtension');
  });

  test('escapes in the script what PowerShell would read in a file name', async () => {
    expect(script(await ask('/av exclusions dc'))).toContain('\\DFSR\\`$db_normal`$"');
  });

  test('keeps the entries of a domain controller paths when roles are merged, and says so', async () => {
    const answer = await ask('/av exclusions hyper-v dc 2022');
    expect(cells(answer, 'File extensions')).not.toContain('.dit');
    expect(cells(answer, 'Files by path')).toContain('%windir%\\Ntds\\ntds.dit');
    expect(answer.notes?.join(' ')).toContain('KB822158 warns not to exclude bare extensions');
  });

  test('merges all six roles', async () => {
    const answer = await ask('/av exclusions hyper-v, cluster, vmm, sql, domain controller and dpm 2022');
    expect(answer.headline).toContain(
      'For Hyper-V, VMM, failover clusters, SQL Server, domain controllers and DPM on Windows Server 2022',
    );
    expect(answer.headline).toContain('(vmms.exe, vmwp.exe and');
  });

  test('quotes a source for every list', async () => {
    const titles = (await ask('/av exclusions hyper-v cluster vmm')).sources?.map(({ title }) => title).join('\n');
    for (const list of ['KB3105657', 'KB250355', 'KB3119208']) expect(titles).toContain(list);
  });

  test('offers the roles that are missing, another release and the policy', async () => {
    const asks = async (text: string) => (await ask(text)).buttons?.map((button) => button.ask);
    expect(await asks('/av exclusions 2022')).toEqual([
      '/av exclusions hyper-v cluster 2022',
      '/av exclusions hyper-v vmm 2022',
      '/av exclusions hyper-v 2016',
      '/av policy',
      '/av defender 2022',
    ]);
    expect(await asks('/av exclusions hyper-v cluster vmm 2022')).not.toContain('/av exclusions hyper-v cluster 2022');
  });

  test('has only buttons that are understood', async () => {
    for (const text of ['/av', '/av exclusions dc 2008 R2', '/av errors', '/av error 5', '/av policy', '/av defender'])
      for (const button of (await ask(text)).buttons ?? [])
        expect((await ask(button.ask)).problem, button.ask).toBeUndefined();
  });
});

describe('custom folders', () => {
  test('stand in the folder table, several of them, quoted or not, led by a word or not', async () => {
    const answer = await ask('/av exclusions 2022 path D:\\VMs path "E:\\Virtual Disks" \\\\files01\\vms');
    expect(cells(answer, 'Folders')?.slice(-3)).toEqual(['D:\\VMs', 'E:\\Virtual Disks', '\\\\files01\\vms']);
    expect(answer.headline).toContain('10 folders');
  });

  test('are nowhere else, least of all in the script', async () => {
    const typed = "D:\\VMs$(Remove-Item)`;&'x";
    const answer = await ask(`/av exclusions 2022 path "${typed}"`);
    expect(cells(answer, 'Folders')).toContain(typed);
    const { tables = [], ...others } = answer;
    expect(JSON.stringify(others)).not.toContain('Remove-Item');
    expect(JSON.stringify(tables.filter(({ title }) => !title?.startsWith('Folders')))).not.toContain('Remove-Item');
    expect(script(answer)).toContain('# Add each custom folder of the table yourself: Add-MpPreference -ExclusionPath');
    expect(script(answer)).toBe(script(await ask('/av exclusions 2022')));
  });

  test.each([
    [
      'path VMs',
      '“VMs” is not a folder I can use: please write a drive letter or a share, such as path D:\\VMs or path \\\\SERVER\\VMs.',
    ],
    [
      'path *:\\VMs',
      '“*:\\VMs” is not a folder I can use: please write a drive letter or a share, such as path D:\\VMs or path \\\\SERVER\\VMs.',
    ],
    [`path D:\\${'a'.repeat(198)}`, 'A custom folder can have at most 200 characters.'],
    ['path "D:\\VMs\u0007"', 'A custom folder holds a character that cannot be printed: please type it again by hand.'],
    [
      'path D:\\*\\*\\*\\*\\*\\*\\*',
      '“D:\\*\\*\\*\\*\\*\\*\\*” has too many wildcards: Defender takes at most 6 in an entry.',
    ],
  ])('are refused in one sentence: %s', async (text, headline) => {
    const answer = await ask(`/av exclusions ${text}`);
    expect(answer).toMatchObject({ headline, problem: 'input' });
  });
});

describe('/av error', () => {
  // Reference, section 8.
  test.each([
    ['0x800704C8', 'ERROR_USER_MAPPED_FILE', '1224 (0x4C8)'],
    ['0x80070037', 'ERROR_DEV_NOT_EXIST', '55 (0x37)'],
    ['0x800703E3', 'ERROR_OPERATION_ABORTED', '995 (0x3E3)'],
  ])('explains %s with its Win32 error and the way back', async (code, name, win32) => {
    const answer = await ask(`/av error ${code}`);
    expect(answer.headline).toContain(`${code} is ${name} (`);
    expect(answer.facts).toContainEqual(['Win32 error', `${win32}, ${name}`]);
    expect(cells(answer, 'Recovery', 1)).toHaveLength(4);
    expect(cells(answer, 'Recovery', 1)?.[0]).toBe('Set the antivirus exclusions.');
    expect(cells(answer, 'Symptoms')).toContain('Their files are still on disk.');
  });

  test.each([
    'error 0x80070037',
    'error 0X80070037',
    'error 0×80070037',
    'error 80070037',
    '0x80070037',
    '0×80070037',
    '80070037',
    'error code 0x80070037.',
    'error 0x37',
    'error 55',
  ])('takes “/av %s” for 0x80070037', async (text) => {
    expect((await ask(`/av ${text}`)).headline).toMatch(/^0x80070037 is ERROR_DEV_NOT_EXIST /);
  });

  test('does not guess what another code means, and does the arithmetic', async () => {
    const answer = await ask('/av error 0x80070005');
    expect(answer.headline).toBe(
      'I don’t know 0x80070005: it is not one of the 3 codes of antivirus on Hyper-V hosts (0x800704C8, 0x80070037 and 0x800703E3).',
    );
    expect(answer.notes).toEqual(['I don’t guess what it means. Its low 16 bits are Win32 error 5 (0x5).']);
    expect((await ask('/av error 0x80004005')).notes).toEqual(['I don’t guess what it means.']);
  });

  test('lists all three when none is named', async () => {
    const answer = await ask('/av errors');
    expect(cells(answer, 'The codes')).toEqual(['0x800704C8', '0x80070037', '0x800703E3']);
  });

  test.each(['error', 'error banana', 'error 0x800704C80', 'error -5', 'error 💥'])(
    'answers “/av %s” with one sentence and the usage',
    async (text) => {
      const answer = await ask(`/av ${text}`);
      expect(answer.problem).toBe('input');
      expect(answer.facts?.[0]?.[0]).toBe('Usage');
    },
  );
});

describe('/av policy', () => {
  const waiver = async (text: string) => (await ask(text)).code?.[0]?.text ?? '';

  // Reference, sections 6 and 7.
  test('gives the case against, the case for and the measures', async () => {
    const answer = await ask('/av policy');
    const sides = cells(answer, 'parent partition');
    expect(sides).toContain('Against');
    expect(sides).toContain('For');
    expect(cells(answer, 'Measures', 1)).toContain('Keep Windows Firewall on.');
    expect(answer.notes?.join(' ')).toContain('opinion');
  });

  test('fills the waiver in with the asker, the day and the officer', async () => {
    const text = await waiver('/av policy officer "THE OFFICER"');
    expect(text).toContain('Date: 22 November 2026');
    expect(text).toContain('the person who asks,');
    expect(text).toContain('Security officer: THE OFFICER\n');
    expect(text).not.toMatch(/[{}]/);
  });

  test('leaves a line for the officer when none is named', async () => {
    expect(await waiver('/av policy')).toContain('Security officer: ______');
  });

  test('takes an officer alone for the policy', async () => {
    expect(await waiver('/av officer NAME')).toContain('Security officer: NAME\n');
  });

  test('keeps a name on one line, whatever it holds, and fills nothing in inside it', async () => {
    expect(await waiver('/av policy officer "A\n\u0007B $& {date}"')).toContain('Security officer: A B $& {date}\n');
    const answer = await bot.ask({ ...request('/av policy'), user: { id: 'U1', name: '{officer}' } });
    expect(answer.code?.[0]?.text).toContain('{officer},\n');
  });

  test('refuses a name of more than 80 characters', async () => {
    expect((await ask(`/av policy officer ${'a'.repeat(81)}`)).problem).toBe('input');
  });
});

describe('/av defender', () => {
  // Reference, sections 5.1 and 5.2.
  test('shows the automatic list, its limits and how to turn it off', async () => {
    const answer = await ask('/av defender');
    expect(cells(answer, 'automatic list for Hyper-V', 1)?.[0]).toBe(
      '.vhd, .vhdx, .avhd, .avhdx, .vsv, .iso, .rct, .vmcx, .vmrs',
    );
    expect(cells(answer, 'turn the automatic list off')).toEqual(['PowerShell', 'Group Policy', 'WMI']);
    expect(answer.code?.[0]?.text).toContain('Get-MpPreference');
  });

  test('says that there is none before 2016', async () => {
    expect((await ask('/av defender 2012 R2')).headline).toBe(
      'On Windows Server 2012 R2 Defender excludes nothing for Hyper-V by itself: its automatic list came with Windows Server 2016.',
    );
  });
});

describe('what /av refuses', () => {
  test.each([
    ['/av policy 2022', '“/av policy” takes no release: please ask about one thing at a time.'],
    ['/av errors cluster', '“/av errors” takes no role: please ask about one thing at a time.'],
    ['/av 0x80070037 path D:\\VMs', '“/av errors” takes no custom folder: please ask about one thing at a time.'],
    ['/av exclusions officer NAME', '“/av exclusions” takes no officer: please ask about one thing at a time.'],
  ])('“%s”, since a word would be dropped', async (text, headline) => {
    expect(await ask(text)).toMatchObject({ headline, problem: 'input' });
  });

  test.each([
    '/av exclusions 2013',
    '/av exclusions clutser',
    '/av 8 vms',
    '/av path',
    '/av exclusions policy',
    '/av 💥',
  ])('“%s”, with one sentence and the usage', async (text) => {
    const answer = await ask(text);
    expect(answer.problem).toBe('input');
    expect(answer.headline).toMatch(/[.?]$/);
    expect(answer.facts?.[0]?.[0]).toBe('Usage');
    expect(logged).toEqual([]);
  });
});
