import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { z } from 'zod';
import { type Bot, createBot } from './bot.ts';
import { channelSettings, createChannels } from './channels.ts';
import type { Command, Kept } from './command.ts';
import type { Config } from './config.ts';
import { createFeedback, report, tally } from './feedback.ts';
import type { Knowledge } from './knowledge.ts';
import { openBook } from './reminders/book.ts';
import { calendarOf, createCalendar } from './reminders/calendar.ts';
import { subjectOf } from './reminders/card.ts';
import { readDeclared } from './reminders/declared.ts';
import { createDelivery } from './reminders/delivery.ts';
import { fromFile, policyOf } from './reminders/policy.ts';
import type { Poster } from './reminders/poster.ts';
import type { Reminder, Spot } from './reminders/reminder.ts';
import type { Reminders } from './reminders/reminders.ts';
import { createReminders } from './reminders/service.ts';
import { suspendPlace } from './reminders/suspension.ts';
import { changedAnswer, declaredState, syncDeclared } from './reminders/sync.ts';
import { watch } from './reminders/watch.ts';
import { openStorage } from './storage/open.ts';
import { type Clock, systemClock } from './storage/storage.ts';

type Settings = Pick<
  Config,
  | 'dataDir'
  | 'databaseUrl'
  | 'timeZone'
  | 'defaultRelease'
  | 'publicUrl'
  | 'remindersFile'
  | 'remindersChangedBy'
  | 'admins'
>;

/** Who does what the reminders file says. */
const FILE = { id: 'reminders-file', name: 'the reminders file' };

/**
 * Opens everything that outlives a request: reminders, what channels have set, calendars. The bot answers with `kept`;
 * `start` comes after the platforms, through which reminders are posted.
 * @throws Error in one sentence when the database or the reminders file cannot be used
 */
export async function openKeeper(
  settings: Settings & { commands: readonly Command[]; knowledge: Knowledge; log: Logger; clock?: Clock },
) {
  const { log, knowledge, dataDir, databaseUrl, timeZone, defaultRelease, publicUrl } = settings;
  const { remindersFile, remindersChangedBy, admins, clock = systemClock } = settings;
  const chores = knowledge.reminders;
  const declared = remindersFile ? await declaredIn(remindersFile, settings) : undefined;
  const storage = await openStorage({ dataDir, log, clock, ...(databaseUrl !== undefined && { databaseUrl }) });
  const book = openBook(storage, clock);
  const posters = new Map<string, Poster>();
  const reminders = createReminders({
    book,
    posters,
    log,
    policy: policyOf(remindersChangedBy, admins, declared !== undefined),
  });
  const ofFile = createReminders({ book, posters, log, policy: fromFile });
  const list = async (place: Spot) => (await reminders.list(place)).map(({ reminder }) => reminder);
  const channels = createChannels({
    collection: storage.collection('channels', channelSettings),
    installation: { timeZone, ...(defaultRelease && { defaultRelease }) },
    log,
  });
  const calendar = createCalendar({
    channels,
    calendars: storage.collection('calendars', calendarOf),
    list,
    titleOf: (reminder) => subjectOf(reminder, chores),
    ...(publicUrl && { publicUrl }),
    now: clock.now,
    log,
  });
  const feedback = createFeedback({
    reports: storage.collection('feedback', report),
    tallies: storage.collection('feedback-tallies', tally),
  });
  const kept: Kept = { reminders, channels, calendar, feedback };
  let watching: ReturnType<typeof watch> | undefined;

  /** Brings the reminders in line with the file, and says in each channel what that has changed there. */
  async function followFile(file: NonNullable<typeof declared>): Promise<void> {
    const changes = await syncDeclared(file, {
      state: storage.collection('reminders-file', declaredState),
      list,
      ...byFile(ofFile, clock),
      now: clock.now,
      wait,
    });
    for (const change of changes) {
      const { place, sentences } = change;
      log.info({ place, changes: sentences.length }, 'the reminders file has changed reminders');
      await posters
        .get(place.platform)
        ?.post(place.address, changedAnswer(change))
        .catch((err) => log.warn({ err, place }, 'what the reminders file has changed could not be said'));
    }
  }

  const events = storage.collection('events', z.literal(true));
  /** What has expired is removed when it is read. */
  async function forgetEvents(): Promise<void> {
    for await (const _ of events.entries());
  }

  return {
    kept,
    describe: storage.describe,
    routes: { '/calendar/': calendar.serve },
    /** Messages that were answered, by their name on the platform. */
    events,
    /** For what a platform has to keep itself. */
    collection: storage.collection,
    /** Pauses the reminders of a place that the bot was taken out of. */
    suspend: (place: Spot, why: string) => suspendPlace(book, place, why),
    /** Follows the reminders file and begins to post. */
    async start(bot: Bot, connected: ReadonlyMap<string, Poster>): Promise<void> {
      for (const [platform, poster] of connected) posters.set(platform, poster);
      const ask = (text: string, { place, owner }: Reminder) =>
        bot.ask({ text, user: owner, place: { ...place, kind: 'channel' }, now: new Date(clock.now()) });
      await createDelivery({ book, posters, knowledge, ask, log }).start();
      watching = watch({ book, log, hourly: forgetEvents });
      // Another replica may be at it: nobody waits for that.
      if (declared) followFile(declared).catch((err) => log.error({ err }, 'the reminders file could not be followed'));
    },
    /** Nothing more is taken up; what fails from now on was not tried. */
    rest(): void {
      watching?.stop();
      storage.jobs.rest();
    },
    async close(): Promise<void> {
      watching?.stop();
      await storage.close();
    },
  };
}

/** What a reminders file declares. Its questions are put to a bot that keeps nothing, since they may not change anything. */
function declaredIn(path: string, settings: Parameters<typeof openKeeper>[0]) {
  const { commands, knowledge, log, timeZone, defaultRelease, clock = systemClock } = settings;
  const bot = createBot({ commands, knowledge, log, timeZone, ...(defaultRelease && { defaultRelease }) });
  const place = { platform: 'file', address: path, kind: 'channel' } as const;
  const ask = (text: string) => bot.ask({ text, user: FILE, place, now: new Date(clock.now()) });
  return readDeclared(path, { chores: knowledge.reminders, zone: timeZone, commands, ask });
}

/** The reminders as the file changes them. */
function byFile({ add, edit, remove }: Reminders, clock: Clock) {
  const by = (place: Spot) => ({ place, user: FILE, now: new Date(clock.now()) });
  return {
    add: (place: Spot, draft: Parameters<Reminders['add']>[0], name: string) => add(draft, by(place), name),
    edit: (place: Spot, number: number, draft: Parameters<Reminders['edit']>[1]) => edit(number, draft, by(place)),
    remove: (place: Spot, number: number) => remove(number, by(place)),
  };
}
