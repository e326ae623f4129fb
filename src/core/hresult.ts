const WIN32 = 0x80070000;

/**
 * The HRESULT that somebody wrote: eight hex digits with or without `0x` (also with a multiplication sign for the x),
 * or a Win32 error, which is decimal unless it has the prefix or a letter. Undefined when it is neither.
 * Source: an HRESULT 0x8007xxxx carries a Win32 error in its low 16 bits; the reference on antivirus, section 8.
 * @example hresult('0×80070037') // 0x80070037
 * @example hresult('1224') // 0x800704C8
 */
export function hresult(text: string): number | undefined {
  const [, prefix, digits = ''] = /^(0[x×])?([0-9a-f]{1,8})$/i.exec(text) ?? [];
  if (digits === '') return undefined;
  const decimal = !prefix && digits.length < 8 && /^\d+$/.test(digits);
  const value = Number.parseInt(digits, decimal ? 10 : 16);
  if (value <= 0xffff) return WIN32 + value;
  return digits.length === 8 ? value : undefined;
}

/**
 * The Win32 error, 0 to 65,535, that an HRESULT carries, or undefined when it carries none.
 * @example win32(0x800704C8) // 1224
 */
export function win32(code: number): number | undefined {
  return code >= WIN32 && code <= WIN32 + 0xffff ? code - WIN32 : undefined;
}

/** A number as errors are written. @example hex(1224) // '0x4C8' */
export function hex(code: number): string {
  return `0x${code.toString(16).toUpperCase()}`;
}
