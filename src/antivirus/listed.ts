/** Entries as a table cell lists them, executables by their name alone; `none` when there are none. */
export function cell(entries: readonly string[], none: string): string {
  return entries.map(short).join(', ') || none;
}

/** An executable without its folder; every other entry as it is. @example short('C:\\Windows\\Vmms.exe') // 'Vmms.exe' */
export function short(entry: string): string {
  return entry.endsWith('.exe') ? entry.slice(entry.lastIndexOf('\\') + 1) : entry;
}

/** A number with its noun, the plural given. @example counted(2, 'process', 'processes') // '2 processes' */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
