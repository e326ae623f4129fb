import { z } from 'zod';
import { source } from './source.ts';

/**
 * What is known of persistent reservations: the formula of the original article, and the limits that were found.
 * `counts` says what a limit is a limit of, since vendors count per LUN, per port or per array.
 */
export const reservationsPack = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('formula'),
    sources: z.array(source).min(1),
    notes: z.array(z.string()).min(1),
    overLimit: z.array(z.string()).min(1),
  }),
  z.strictObject({
    kind: z.literal('limit'),
    product: z.string().min(1),
    names: z.array(z.string().regex(/^[a-z0-9 -]+$/)).min(1),
    statement: z.string().min(1),
    limit: z.strictObject({ most: z.int().positive(), counts: z.enum(['lun', 'connections', 'port']) }).optional(),
    sources: z.array(source).min(1),
  }),
]);

/** The factors of the formula: whole numbers from 1. `connections` are those of one host, before modules multiply them. */
export type Design = { hosts: number; modules: number; connections: number; csvs: number };

/**
 * Persistent reservations of a cluster: hosts x modules x connections per host x CSVs.
 * Source: the formula as repaired in the reference on persistent reservations, section 1.2.
 * @example reservations({ hosts: 2, modules: 2, connections: 2, csvs: 4 }) // 32
 */
export function reservations({ hosts, modules, connections, csvs }: Design): number {
  return hosts * modules * connections * csvs;
}

/**
 * The most of one factor that a limit leaves room for, the others given; 0 when not even one fits.
 * @example mostThatFit(100, 'csvs', { hosts: 4, modules: 1, connections: 4, csvs: 1 }) // 6
 */
export function mostThatFit(limit: number, factor: keyof Design, design: Design): number {
  return Math.floor(limit / reservations({ ...design, [factor]: 1 }));
}
