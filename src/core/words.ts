/** A whole number as people read it. @example n(25000) // '25,000' */
export function n(value: number): string {
  return value.toLocaleString('en');
}

/** A count with its noun. @example plural(2, 'host') // '2 hosts' */
export function plural(count: number, noun: string): string {
  return `${n(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Words as a sentence lists them. @example listed(['a', 'b', 'c'], 'or') // 'a, b or c' */
export function listed(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
