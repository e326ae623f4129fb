/** A whole number as people read it. @example n(25000) // '25,000' */
export function n(value: number): string {
  return value.toLocaleString('en');
}

/** A count with its noun. @example plural(2, 'host') // '2 hosts' */
export function plural(count: number, noun: string): string {
  return `${n(count)} ${noun}${count === 1 ? '' : 's'}`;
}
