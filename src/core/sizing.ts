import { z } from 'zod';
import { vmmReleaseNames } from './release.ts';
import { source } from './source.ts';

const release = z.enum(vmmReleaseNames);
const words = z.string().min(1);
const sources = z.array(source).min(1);
const notes = z.array(words).default([]);
/** How sure the facts are, where they are not simply confirmed. */
const certainty = words.optional();

/** A range of managed hosts, both ends included; without `upTo` it has no end. */
const span = { from: z.int().positive(), upTo: z.int().positive().optional() };

const size = z.string().regex(/^\d+ (MB|GB)$/);
const hardware = z.strictObject({
  cpu: words,
  memory: size,
  disk: z.union([size, z.literal('depends on content')]),
  diskWithDatabase: size.optional(),
});
const role = z.strictObject({ minimum: hardware, recommended: hardware });
const tier = z.strictObject({
  ...span,
  roles: z.strictObject({
    management: role,
    database: role,
    library: role,
    portal: role.optional(),
    console: role,
  }),
});

/** The questions that one sentence and a list of facts answer. */
export const topics = ['requirements', 'databases', 'hosts', 'bare-metal', 'updates', 'ha'] as const;

const table = z
  .strictObject({ title: words, columns: z.array(words), rows: z.array(z.array(words)) })
  .refine(
    ({ columns, rows }) => rows.every((row) => row.length === columns.length),
    'a row has a cell for each column',
  );

const topic = z.strictObject({
  /** The end of the sentence that answers the question, without a full stop. */
  answer: words,
  certainty,
  facts: z.record(z.string(), words),
  table: table.optional(),
  notes,
  sources,
});

/** What is known of one release of Virtual Machine Manager. What is not known is left out. */
export const vmmPack = z.strictObject({
  release,
  /** What was read on this release. */
  sources,
  hardware: z.strictObject({
    certainty,
    tiers: z
      .array(tier)
      .min(1)
      .refine(
        (tiers) => tiers.every(({ from }, at) => from === (tiers[at - 1]?.upTo ?? 0) + 1) && !tiers.at(-1)?.upTo,
        'the tiers follow each other from 1 host on, and the last has no end',
      ),
    notes,
    sources,
  }),
  placement: z.strictObject({ advice: z.array(z.strictObject({ ...span, advice: words })).min(1), sources }),
  /** The scale that was tested. */
  limits: z
    .strictObject({
      hosts: z.int().positive(),
      vms: z.int().positive(),
      others: z.record(z.string(), z.int().positive()),
      sources,
    })
    .optional(),
  topics: z.partialRecord(z.enum(topics), topic),
});

export type VmmPack = z.output<typeof vmmPack>;
export type Tier = VmmPack['hardware']['tiers'][number];
export type Hardware = z.output<typeof hardware>;
export type Topic = (typeof topics)[number];
/** Hosts from `from` to `upTo`, both included; without `upTo` there is no end. */
export type Span = { from: number; upTo?: number | undefined };

/**
 * Those of several things, each for a range of managed hosts, that hold for a number of hosts (a whole number from 1),
 * or all of them when the number is not known. Source: the reference on VMM sizing, section 1: 150 hosts are the last
 * of the small tier, 151 the first of the large one.
 * @example thatCover([{ from: 1, upTo: 150 }, { from: 151 }], 150) // [{ from: 1, upTo: 150 }]
 */
export function thatCover<Thing extends Span>(things: readonly Thing[], hosts: number | undefined): Thing[] {
  return things.filter(({ from, upTo = Infinity }) => hosts === undefined || (from <= hosts && hosts <= upTo));
}

/**
 * How far a count is beyond the tested maximum; 0 when it is that maximum or within it.
 * @example beyond(1500, 1000) // 500
 */
export function beyond(count: number, tested: number): number {
  return Math.max(0, count - tested);
}

/**
 * The packs of a topic, oldest release first. The names sort by themselves: '2012' < '2012 R2' < '2016'.
 * @example oldestFirst([{ release: '2016' }, { release: '2012 R2' }, { release: '2012' }])[1] // { release: '2012 R2' }
 */
export function oldestFirst<Pack extends { release: string }>(packs: readonly Pack[]): Pack[] {
  return packs.toSorted((a, b) => (a.release < b.release ? -1 : 1));
}
