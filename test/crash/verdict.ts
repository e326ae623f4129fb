import type { Aftermath } from './storm.ts';

/** Holds what was found against what is promised. */
export function judge({ killed, busy, posts, occurrences, pressed, dead }: Aftermath) {
  const stored = (key: string) => occurrences.get(key)?.state ?? 'absent';
  const came = new Set(posts.map(({ key }) => key));
  const lost = [...occurrences.keys()].filter((key) => !came.has(key) || !['posted', 'done'].includes(stored(key)));
  const unknown = [...came].filter((key) => !occurrences.has(key));

  // A post that was made again is the fault of the run that made it first: nobody but one that was killed may forget it.
  const again = new Map<number, string[]>();
  const unexplained: string[] = [];
  const latest = new Map<string, number>();
  for (const { key, run } of posts) {
    const before = latest.get(key);
    latest.set(key, run);
    if (before === undefined) continue;
    if (killed.has(before) && before !== run) again.set(before, [...(again.get(before) ?? []), key]);
    else unexplained.push(key);
  }
  const most = Math.max(0, ...[...again.values()].map(({ length }) => length));
  const duplicates = posts.length - came.size;
  const forgotten = [...pressed].filter((key) => stored(key) !== 'done');
  // A card of which the program died before it wrote down its name cannot be edited: nobody knows where it is.
  const known = [...pressed].filter((key) => occurrences.get(key)?.message !== undefined);
  const stale = known.filter((key) => occurrences.get(key)?.version !== occurrences.get(key)?.shownVersion);

  const twice = [...again].filter(([, keys]) => keys.length > 1);
  const broken = [
    ...lost.map((key) => `Lost: ${key}, stored as ${stored(key)}, posted ${came.has(key) ? 'once or more' : 'never'}.`),
    ...unknown.map((key) => `Posted without having been added: ${key}.`),
    ...unexplained.map((key) => `Posted again although the run that had posted it was not killed: ${key}.`),
    ...twice.map(([run, keys]) => `More than one posted again after the kill of run ${run}: ${keys.join(', ')}.`),
    ...forgotten.map((key) => `Acknowledged and not kept: ${key}, stored as ${stored(key)}.`),
    ...stale.map((key) => `Acknowledged and not shown on its card: ${key}.`),
    ...dead.map((letter) => `Given up: ${letter}`),
  ];
  const figures: [string, string][] = [
    ['kills', `${killed.size}, ${busy} before all that was due had been posted`],
    ['occurrences', `${occurrences.size}`],
    ['lost', `${lost.length}`],
    ['duplicates', `${duplicates}, at most ${most} after one kill`],
    ['presses', `${pressed.size} acknowledged right before a kill, ${pressed.size - forgotten.length} kept`],
    ['cards', `${known.length - stale.length} of the ${known.length} pressed ones that are known show it`],
  ];
  return { figures, broken };
}
