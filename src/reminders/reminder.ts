import { z } from 'zod';
import { schedule } from './schedule.ts';

const instant = z.iso.datetime();
const person = z.object({ id: z.string().min(1).max(200), name: z.string().max(200) });
/** The part of a place that names it for good, as it is stored. */
export const place = z.object({ platform: z.string().regex(/^[a-z]+$/), address: z.string().min(1).max(500) });

/** What people are reminded of: a chore of `knowledge/reminders/`, words of their own, or a question put to the bot. */
const subject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('chore'), name: z.string() }),
  z.object({ kind: z.literal('text'), text: z.string().min(1) }),
  z.object({ kind: z.literal('ask'), text: z.string().min(1) }),
]);

/** Characters of a text or question, and of the name of a target or a cluster, at most. */
export const longestText = 300;
export const longestName = 100;

const draft = z.object({
  subject,
  /** What it is done to, such as a CSV. */
  target: z.string().min(1).max(longestName).optional(),
  /** The cluster that it is done on. */
  cluster: z.string().min(1).max(longestName).optional(),
  schedule,
  owner: person.optional(),
  /** Whom to call when nobody has acknowledged it so many minutes after it was posted. */
  escalation: z.object({ minutes: z.int().min(1), to: person }).optional(),
});

/** A reminder as somebody asks for it. */
export type Draft = z.infer<typeof draft>;

/** A reminder as it is stored, under `reminderKey`. */
export const reminder = draft.extend({
  place,
  /** Counted within the place; people call it by this. */
  number: z.int().positive(),
  owner: person,
  creator: person,
  /** `ended`: its schedule has no further time. */
  state: z.enum(['active', 'paused', 'removed', 'ended']),
  /** The state that `restore` goes back to. */
  before: z.enum(['active', 'paused', 'ended']).optional(),
  /** Why the bot itself paused it. */
  why: z.string().optional(),
  /** The occurrence whose job is waiting. */
  next: z.object({ id: z.string(), at: instant }).optional(),
  /** The id of the occurrence that came last. */
  last: z.string().optional(),
  /** Its name in the reminders file that declares it. */
  declared: z.string().optional(),
  /** Who did what to it and when, the newest last. */
  changes: z.array(z.object({ at: instant, by: person, did: z.string() })),
});
export type Reminder = z.infer<typeof reminder>;

/** One firing of a reminder as it is stored, under `occurrenceKey`. */
export const occurrence = z.object({
  id: z.string(),
  /** When it was due. */
  at: instant,
  /** `due`: being posted. `posted`, `snoozed` and `problem` wait for somebody; `missed` was never posted. */
  state: z.enum(['due', 'posted', 'snoozed', 'problem', 'done', 'skipped', 'missed']),
  postedAt: instant.optional(),
  /** The message, as its platform names it. */
  message: z.string().optional(),
  /** Who acknowledged it last, and when. */
  by: person.optional(),
  acknowledgedAt: instant.optional(),
  /** What was said of a problem. */
  note: z.string().optional(),
  /** When a snoozed one is posted again. */
  until: instant.optional(),
  escalatedAt: instant.optional(),
  /** Times the platform refused it for good, and what went wrong last. */
  refused: z.int().default(0),
  fault: z.string().optional(),
  /** Whether what an `ask` was answered stands in the thread. */
  answered: z.boolean().default(false),
  /** Counts the changes of its state, and the last one that its message shows. */
  version: z.int().default(0),
  shownVersion: z.int().default(0),
});
export type Occurrence = z.infer<typeof occurrence>;

/** An occurrence before anything has happened to it. */
export const blank = { state: 'due', refused: 0, answered: false, version: 0, shownVersion: 0 } as const;

/** The part of a place that names it for good. */
export type Spot = z.infer<typeof place>;

/** The key of a place, and the beginning of the keys of all its reminders. @example placeKey({ platform: 'slack', address: 'C1' }) // 'slack/C1/' */
export const placeKey = ({ platform, address }: Spot): string => `${platform}/${encodeURIComponent(address)}/`;

/** @example reminderKey({ platform: 'slack', address: 'C1' }, 3) // 'slack/C1/3' */
export const reminderKey = (spot: Spot, number: number): string => `${placeKey(spot)}${number}`;

/** @example occurrenceKey('slack/C1/3', '2026-11-28T02:00') // 'slack/C1/3@2026-11-28T02:00' */
export const occurrenceKey = (reminder: string, id: string): string => `${reminder}@${id}`;
