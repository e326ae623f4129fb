import type { Answer } from './answer.ts';
import type { Entry, TopicPack } from './core/entries.ts';
import { listed, n } from './core/words.ts';

const DAY = 86_400_000;

/** An entry with its topic, and the day that the least lately checked of its sources was. */
type Aged = { entry: Entry; topic: string; checked: string };

/** What those who maintain the entries have to look after. */
export type Upkeep = {
  /** All entries, the one checked longest ago first. */
  entries: Aged[];
  /** Entries of the original era that do not say what changed since. */
  unmodern: string[];
  /** References to entries that do not exist. */
  dead: { from: string; to: string }[];
  /** Ids that more than one entry has. */
  twice: string[];
  /** Different sources, and how many of them have no address. */
  sources: { all: number; withoutUrl: number };
};

export function upkeepOf(packs: readonly TopicPack[]): Upkeep {
  const entries = packs.flatMap(({ topic, entries: some }) =>
    some.map((entry) => ({ entry, topic, checked: entry.sources.map(({ checked }) => checked).sort()[0] ?? '' })),
  );
  const ids = entries.map(({ entry }) => entry.id);
  const known = new Set(ids);
  const sources = new Map(entries.flatMap(({ entry }) => entry.sources.map((one) => [one.title, one] as const)));
  return {
    entries: entries.toSorted(
      (a, b) => a.checked.localeCompare(b.checked, 'en') || a.entry.id.localeCompare(b.entry.id, 'en'),
    ),
    unmodern: entries.filter(({ entry }) => entry.era === 'original' && !entry.modern).map(({ entry }) => entry.id),
    dead: entries.flatMap(({ entry }) =>
      entry.related.filter((to) => !known.has(to)).map((to) => ({ from: entry.id, to })),
    ),
    twice: [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))],
    sources: { all: sources.size, withoutUrl: [...sources.values()].filter(({ url }) => !url).length },
  };
}

/** The same for people: each entry with its age in days, and what is wrong. */
export function upkeepAnswer({ entries, unmodern, dead, twice, sources }: Upkeep, today: Date): Answer {
  const days = (checked: string) => String(Math.floor((today.getTime() - Date.parse(checked)) / DAY));
  const few = (some: string[]) => (some.length === 0 ? 'none' : listed(some));
  return {
    headline: `Entries: ${n(entries.length)}, the one checked longest ago first.`,
    tables: [
      {
        columns: ['Checked', 'Days', 'Era', 'Entry'],
        // Its id begins with its topic; that in words would break the lines.
        rows: entries.map(({ entry, checked }) => [checked, days(checked), entry.era, entry.id]),
      },
    ],
    facts: [
      ['Original without a modern note', few(unmodern)],
      ['Dead references', few(dead.map(({ from, to }) => `${from} to ${to}`))],
      ['Ids given twice', few(twice)],
      ['Sources without an address', `${sources.withoutUrl} of ${sources.all}`],
    ],
  };
}
