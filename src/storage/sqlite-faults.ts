/** The plain code of an error of SQLite: the extended ones keep it in their lowest byte. */
export const codeOf = (error: unknown) =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 255 : undefined;

export const BUSY = 5;
// SQLITE_READONLY, _IOERR, _FULL and _CANTOPEN.
const DOWN = [BUSY, 8, 10, 13, 14];
// SQLITE_CORRUPT and _NOTADB.
const BROKEN = [11, 26];

/** Whether the database is held, or its disk is full, or fails, or may not be written to. */
export const isDown = (error: unknown) => DOWN.includes(codeOf(error) ?? 0);

/**
 * What to throw when a file of the data folder cannot be used at the start: one sentence that names it and says what to do,
 * or the error itself where it is none of SQLite’s.
 * @param cure what to do with a file that is damaged, or is something else
 */
export function fileFault(path: string, error: unknown, cure: string): unknown {
  const code = codeOf(error);
  if (!(error instanceof Error) || code === undefined) return error;
  const fault = BROKEN.includes(code)
    ? `is damaged, or is no database: ${cure}.`
    : `cannot be used (${error.message}): let this account read and write it and its folder, or set DATA_DIR.`;
  return new Error(`The file ${path} ${fault}`, { cause: error });
}
