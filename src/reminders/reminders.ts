import type { Person } from '../request.ts';
import type { Draft, Occurrence, Reminder, Spot } from './reminder.ts';

/** A reminder and the occurrence that came last, if one came. */
export type Listed = { reminder: Reminder; last?: Occurrence };

/** One line of a history. */
export type Happened = { reminder: Reminder; occurrence: Occurrence };

/** How somebody acknowledges an occurrence. */
export type Acknowledgement =
  | { as: 'done' | 'skipped' }
  | { as: 'snoozed'; until: Date }
  | { as: 'problem'; note: string };

/** Who asks, where and when. */
export type By = { place: Spot; user: Person; now: Date };

/**
 * The reminders of all places. Every function that changes one keeps it, with who and when, before it resolves.
 * All throw UserError for a number that is not there, for somebody who may not, and for what cannot be.
 */
export type Reminders = {
  /**
   * What stands in the way of keeping a reminder and posting it there, as a sentence; `undefined` when nothing does.
   * @param number the one to be changed; without it, it is about adding one
   */
  obstacle(by: By, number?: number): Promise<string | undefined>;
  /** `declared` is its name in the reminders file, for one that comes from there. */
  add(draft: Draft, by: By, declared?: string): Promise<Reminder>;
  /** Puts a draft in the place of the one there was; without an owner in it, the owner stays. */
  edit(number: number, draft: Draft, by: By): Promise<Reminder>;
  pause(number: number, by: By): Promise<Reminder>;
  resume(number: number, by: By): Promise<Reminder>;
  remove(number: number, by: By): Promise<Reminder>;
  /** Takes `remove` back. */
  restore(number: number, by: By): Promise<Reminder>;
  /** Posts it now, besides its schedule; everyone may. */
  run(number: number, by: By): Promise<Reminder>;
  /**
   * Acknowledges an occurrence, the last one unless its id is given. Of several who do so at once, one is `first`; the
   * others are given what stands.
   */
  acknowledge(
    number: number,
    given: Acknowledgement & { occurrence?: string },
    by: By,
  ): Promise<Happened & { first: boolean }>;
  /** Those of a place, by number, without those that were removed. */
  list(place: Spot): Promise<Listed[]>;
  find(place: Spot, number: number): Promise<Listed>;
  /** What happened, the newest first, of one reminder or of all of a place. */
  history(place: Spot, number?: number): Promise<Happened[]>;
  /** What could not be posted although it was tried for about an hour. */
  failed(place: Spot): Promise<(Happened & { error: string })[]>;
  /** Tries those of `failed` again; how many there were. */
  retry(place: Spot): Promise<number>;
};
