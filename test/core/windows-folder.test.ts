import { expect, test } from 'vitest';
import { folderFault } from '../../src/core/windows-folder.ts';

// Reference on antivirus, section 5.3: at most 6 wildcards, none for the drive letter.
const fault = (path: string) => folderFault(path, 6);

test.each([
  'D:\\VMs',
  'd:\\VMs\\',
  'D:\\',
  'E:\\Virtual Disks (old)\\2022',
  'D:\\VMs\\*',
  'D:\\*\\*\\*\\*\\*\\*',
  'D:\\Máquinas',
  '\\\\files01\\vms',
  '\\\\files01\\vms$\\hyper-v\\',
  '\\\\?\\Volume{83843316-a7f8-4cf7-b8c3-003186740fbd}\\',
])('takes %s', (path) => {
  expect(fault(path)).toBeUndefined();
});

test.each([
  'VMs',
  'D:',
  'D:VMs',
  'D:/VMs',
  '*:\\VMs',
  '?:\\VMs',
  'DD:\\VMs',
  'D:\\\\VMs',
  'D:\\VMs\\E:\\VMs',
  'D:\\a<b',
  'D:\\a|b',
  'D:\\a"; Remove-Item C:\\',
  '\\\\files01',
  '\\\\*\\vms',
  '%ProgramData%\\VMs',
  '/etc/passwd',
  '',
])('refuses %s, which is no folder with a drive letter or a share', (path) => {
  expect(fault(path)).toBe('no path');
});

test('takes 200 characters and refuses 201', () => {
  expect(fault(`D:\\${'a'.repeat(197)}`)).toBeUndefined();
  expect(fault(`D:\\${'a'.repeat(198)}`)).toBe('long');
});

test('refuses control characters, line ends and characters that turn the direction of reading', () => {
  expect(fault('D:\\VMs\u0007')).toBe('unprintable');
  expect(fault('D:\\VMs\nE:\\VMs')).toBe('unprintable');
  expect(fault('D:\\VMs\u202egnp')).toBe('unprintable');
});

test('refuses the seventh wildcard', () => {
  expect(fault('D:\\*\\*\\*\\*\\*\\*\\*')).toBe('wildcards');
});

test('refuses the longest hostile text without searching for long', () => {
  expect(fault(`D:\\${'a'.repeat(196)}:`)).toBe('no path');
  expect(fault(`\\\\a\\${'b\\'.repeat(97)}|`)).toBe('no path');
});
