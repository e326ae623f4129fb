import { expect, test } from 'vitest';
import { hex, hresult, win32 } from '../../src/core/hresult.ts';

// Reference on antivirus, section 8: the three codes, their Win32 errors, and the typo with a multiplication sign.
test.each([
  ['0x800704C8', 0x800704c8],
  ['0X800704c8', 0x800704c8],
  ['0×80070037', 0x80070037],
  ['800703E3', 0x800703e3],
  ['80070037', 0x80070037],
  ['0x4C8', 0x800704c8],
  ['4c8', 0x800704c8],
  ['1224', 0x800704c8],
  ['0x37', 0x80070037],
  ['55', 0x80070037],
  ['0x00000037', 0x80070037],
  ['0x80004005', 0x80004005],
])('reads %s', (written, expected) => {
  expect(hresult(written)).toBe(expected);
});

test.each([
  ['nothing', ''],
  ['a prefix alone', '0x'],
  ['nine digits', '0x800704C80'],
  ['a letter that is no hex digit', '0x800704CG'],
  ['a sign', '-1224'],
  ['a decimal number above 16 bits', '70000'],
  ['words', 'ERROR_USER_MAPPED_FILE'],
  ['a space inside', '0x8007 04C8'],
])('does not read %s', (_, written) => {
  expect(hresult(written)).toBeUndefined();
});

test('only an HRESULT 0x8007xxxx carries a Win32 error', () => {
  expect(win32(0x800704c8)).toBe(1224);
  expect(win32(0x80070000)).toBe(0);
  expect(win32(0x8007ffff)).toBe(65_535);
  expect(win32(0x8006ffff)).toBeUndefined();
  expect(win32(0x80080000)).toBeUndefined();
  expect(win32(0x80004005)).toBeUndefined();
});

test('a code is written in capitals behind a small x', () => {
  expect(hex(0x800704c8)).toBe('0x800704C8');
  expect(hex(55)).toBe('0x37');
});
