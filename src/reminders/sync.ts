import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Answer } from '../answer.ts';
import { UserError } from '../errors.ts';
import type { Collection } from '../storage/storage.ts';
import type { Declared } from './declared.ts';
import { occurrencesAfter } from './occurrences.ts';
import { type Draft, place, placeKey, type Reminder, type Spot } from './reminder.ts';
import { spoken } from './schedule.ts';

const kept = z.object({ name: z.string(), place, number: z.int().positive() });
type KeptReminder = z.infer<typeof kept>;

/** What is known of the reminders file between two starts: one value, under one key. */
export const declaredState = z.object({
  /** Which process brings the reminders in line, and until when (milliseconds since 1970) that is believed. */
  turn: z.object({ holder: z.string(), until: z.number() }).exactOptional(),
  /** The reminders that came from the file. */
  reminders: z.array(kept),
});

/** What is needed of the reminders; whoever calls has the right to change what the file declares. */
export type Declaring = {
  state: Collection<z.infer<typeof declaredState>>;
  /** Those of a place that were not removed. */
  list(place: Spot): Promise<Reminder[]>;
  /** Keeps a reminder and its name in the file as one step, so that one whose adding was cut off is known again. */
  add(place: Spot, draft: Draft, name: string): Promise<Reminder>;
  edit(place: Spot, number: number, draft: Draft): Promise<unknown>;
  remove(place: Spot, number: number): Promise<unknown>;
  now(): number;
  wait(milliseconds: number): Promise<void>;
};

/** What the file has changed in one place, and what it could not, in sentences. */
export type Changes = { place: Spot; sentences: string[] };

const KEY = 'file';
/** Milliseconds that a process is given for one step, and between two looks whether it is another's turn. */
const TURN = 60_000;
const LOOK = 1000;

/**
 * Adds, changes and removes reminders until those from the file are as it declares them. One process does so at a time;
 * the next finds nothing left to do. It may be cut off anywhere and goes on the next time.
 */
export async function syncDeclared(declared: readonly Declared[], using: Declaring): Promise<Changes[]> {
  const { state, now, wait } = using;
  const holder = randomUUID();

  /** Takes the turn or prolongs it; `undefined` when another process has it. */
  const hold = (change = (before: KeptReminder[]) => before) =>
    state.update(KEY, (was) => {
      if (was?.turn && was.turn.holder !== holder && was.turn.until > now()) return undefined;
      return { turn: { holder, until: now() + TURN }, reminders: change(was?.reminders ?? []) };
    });

  let mine = await hold();
  while (!mine) {
    await wait(LOOK);
    mine = await hold();
  }
  try {
    return await inLine(declared, mine.reminders, using, async (change) => {
      if (!(await hold(change)))
        throw new Error('The reminders file took so long that another process went on with it.');
    });
  } finally {
    await state.update(KEY, (was) => (was?.turn?.holder === holder ? { reminders: was.reminders } : undefined));
  }
}

type Note = (change?: (before: KeptReminder[]) => KeptReminder[]) => Promise<void>;

async function inLine(declared: readonly Declared[], known: KeptReminder[], using: Declaring, note: Note) {
  const changes = new Map<string, Changes>();
  const say = (at: Spot, sentence: string) => {
    const there = changes.get(placeKey(at)) ?? { place: at, sentences: [] };
    there.sentences.push(sentence);
    changes.set(placeKey(at), there);
  };
  /** Does one thing; that it is refused is said, and is no reason to leave out the rest. */
  const attempt = async (at: Spot, name: string, verb: string, act: () => Promise<string>) => {
    await note();
    try {
      say(at, await act());
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      say(at, `“${name}” of the reminders file could not be ${verb}: ${error.message}`);
    }
  };

  const keyOf = (one: { name: string; place: Spot }) => placeKey(one.place) + one.name;
  const without = (one: { name: string; place: Spot }) => (all: KeptReminder[]) =>
    all.filter((other) => keyOf(other) !== keyOf(one));
  const found = reader(using);

  const wanted = new Set(declared.map(keyOf));
  for (const old of known.filter((one) => !wanted.has(keyOf(one)))) {
    const { name, place: at } = old;
    const number = (await found(old))?.number;
    if (number === undefined) await note(without(old));
    else
      await attempt(at, name, 'removed', async () => {
        await using.remove(at, number);
        await note(without(old));
        return `Reminder ${number}, “${name}”, was removed: the reminders file no longer has it.`;
      });
  }

  const noted = new Set(known.map(keyOf));
  for (const one of declared) {
    const { name, place: at, draft } = one;
    const keep = (number: number) => note((all) => [...without(one)(all), { name, place: at, number }]);
    const there = await found(one);
    if (there && !noted.has(keyOf(one))) await keep(there.number);
    if (there && !same(there, draft))
      await attempt(at, name, 'changed', async () => {
        await using.edit(at, there.number, draft);
        return `Reminder ${there.number}, “${name}”, was changed to what the reminders file says: ${spoken(draft.schedule)}.`;
      });
    // A date that has passed stays in the file until somebody takes it out.
    if (!there && occurrencesAfter(draft.schedule, new Date(using.now()), 1).length > 0)
      await attempt(at, name, 'added', async () => {
        const { number } = await using.add(at, draft, name);
        await keep(number);
        return `Reminder ${number}, “${name}”, was added from the reminders file: ${spoken(draft.schedule)}.`;
      });
  }
  return [...changes.values()];
}

/** Finds what is stored of a declared reminder; each place is read once. */
function reader({ list }: Declaring) {
  const places = new Map<string, Map<string, Reminder>>();
  return async ({ name, place: at }: { name: string; place: Spot }): Promise<Reminder | undefined> => {
    const known = places.get(placeKey(at));
    if (known) return known.get(name);
    const named = new Map<string, Reminder>();
    for (const one of await list(at)) if (one.declared !== undefined) named.set(one.declared, one);
    places.set(placeKey(at), named);
    return named.get(name);
  };
}

/** People are the same by their ids: the file knows no names. */
function same(stored: Reminder, draft: Draft): boolean {
  const parts = ({ subject, target, cluster, schedule, owner, escalation }: Draft) => [
    ...[subject, target, cluster, schedule, owner?.id],
    ...[escalation?.minutes, escalation?.to.id],
  ];
  return isDeepStrictEqual(parts(stored), parts(draft));
}

/** Sentences that a message has at most. */
const SHOWN = 20;

/** The message into a place about what the reminders file has changed there. */
export function changedAnswer({ sentences }: Changes): Answer {
  const [first = ''] = sentences;
  const more = sentences.length - SHOWN;
  const buttons = [{ label: 'All reminders', ask: '/reminder list' }];
  if (sentences.length === 1) return { headline: first, buttons };
  return {
    headline: 'The reminders file has changed, and with it the reminders here.',
    notes: [...sentences.slice(0, SHOWN), ...(more > 0 ? [`There are ${more} more.`] : [])],
    buttons,
  };
}
