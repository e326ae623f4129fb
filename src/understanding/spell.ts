import type { Arg } from '../arguments.ts';
import { type Grammar, grammar } from '../grammar.ts';
import type { Raw } from '../reading.ts';

/** The words that give a command these arguments, so that what was understood can be read, typed and asked again. */
export function spell(raw: Raw, known: Grammar): string {
  const targets = new Set([...known.args.values()].flatMap(({ setsKey }) => setsKey ?? []));
  const parts = [...known.args].flatMap(([key, arg]) => {
    const value = raw[key];
    return value === undefined || targets.has(key) ? [] : words(value, arg, raw, known);
  });
  return parts.join(' ');
}

function words(value: unknown, arg: Arg, raw: Raw, known: Grammar): string[] {
  const { kind, leads: [lead = ''] = [], units: [unit = '', one = unit] = [], setsKey, after } = arg;
  if (kind === 'count' && unit === '') return [`${lead} ${value}`];
  if (kind === 'count' || kind === 'counts') {
    const numbers = Array.isArray(value) ? value : [value];
    const per = setsKey === undefined ? undefined : after?.[String(raw[setsKey])]?.[0];
    return [`${numbers.join(',')} ${numbers[0] === 1 && numbers.length === 1 ? one : unit}`, ...(per ? [per] : [])];
  }
  if (kind === 'flag') return [Object.values(arg.phrases ?? {})[0]?.[0] ?? ''];
  if (kind === 'choice') return [phrase(String(value), arg, known)];
  const many: unknown[] = Array.isArray(value) ? value : [value];
  if (kind === 'choices') return many.map((each) => phrase(String(each), arg, known));
  if (kind === 'groups' && arg.member) {
    const member = grammar(arg.member);
    // A group was read by the member’s grammar, which gives records only.
    return many.map((each) => `${lead} ${spell(each as Raw, member)}`);
  }
  return many.map((each) => `${lead} ${/[\s,]/.test(String(each)) ? `"${each}"` : each}`);
}

/** The value as it is called, or else its first phrase that means nothing else. */
function phrase(value: string, { phrases = {} }: Arg, known: Grammar): string {
  const own = phrases[value] ?? [];
  const plain = own.filter((each) => !known.units.has(each) && !known.groups.has(each));
  if (plain.includes(value.toLowerCase())) return value;
  return plain[0] ?? own[0] ?? value;
}
