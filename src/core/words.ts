/** A whole number as people read it. @example n(25000) // '25,000' */
export function n(value: number): string {
  return value.toLocaleString('en');
}

/** A count with its noun. @example plural(2, 'host') // '2 hosts' */
export function plural(count: number, noun: string): string {
  return `${n(count)} ${noun}${count === 1 ? '' : 's'}`;
}

const lists = {
  and: new Intl.ListFormat('en-GB', { type: 'conjunction' }),
  or: new Intl.ListFormat('en-GB', { type: 'disjunction' }),
};

/** Words as a sentence lists them. @example listed(['a', 'b', 'c'], 'or') // 'a, b or c' */
export function listed(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  return lists[last].format(words);
}
