import type { Answer } from '../answer.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Book, ReminderLog } from './book.ts';
import { card } from './card.ts';
import { type Poster, Refused } from './poster.ts';
import { blank, type Occurrence, occurrenceKey, type Reminder } from './reminder.ts';
import { suspend } from './suspension.ts';

/** Times that a platform may refuse an occurrence for good before its reminder is paused, over about a minute. */
const REFUSALS = 5;
const MINUTE = 60_000;

/** Puts the question of a reminder to the bot, as its owner would. */
export type Ask = (text: string, reminder: Reminder) => Promise<Answer>;

/** What is needed to post. */
export type Posting = {
  book: Book;
  posters: ReadonlyMap<string, Poster>;
  knowledge: Knowledge;
  ask: Ask;
  log: ReminderLog;
};

/** How an occurrence gets into its channel, or is recorded as missed. */
export function createPosting({ book, posters, knowledge, ask, log }: Posting) {
  const { reminders, occurrences, clock } = book;

  function posterOf({ place }: Reminder): Poster {
    const poster = posters.get(place.platform);
    if (!poster) throw new Error(`The platform “${place.platform}” is not connected.`);
    return poster;
  }

  const write = (key: string, change: (old: Occurrence) => Occurrence | undefined) =>
    occurrences.update(key, (old) => old && change(old));

  /** What was posted is written down even if the database is away for a minute: else it would be posted again. */
  async function insist<T>(writing: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await writing();
      } catch (error) {
        if (tries === 60) throw error;
        await new Promise<void>((resolve) => void clock.setTimer(resolve, 1000));
      }
    }
  }

  async function miss(key: string, id: string, at: Date, fault?: string): Promise<void> {
    const missed = { ...blank, id, at: at.toISOString(), state: 'missed' as const, ...(fault && { fault }) };
    await occurrences.update(occurrenceKey(key, id), (old) => {
      if (!old) return missed;
      if (old.state !== 'due') return undefined;
      // A snoozed one that came back was posted once.
      return { ...old, state: old.message ? 'posted' : 'missed', ...(fault && { fault }) };
    });
    log.warn({ reminder: key, occurrence: id }, 'a reminder was not posted in time: recorded as missed');
  }

  /** Posts an occurrence that is due, then what belongs to one that is posted: its answer, and the time to escalate. */
  async function post(key: string, reminder: Reminder, id: string, given: AbortSignal): Promise<void> {
    const whole = occurrenceKey(key, id);
    const answer = reminder.subject.kind === 'ask' ? await ask(reminder.subject.text, reminder) : undefined;
    const before = await occurrences.get(whole);
    if (before?.state === 'due') await postCard(key, reminder, before, given, answer);
    const record = await occurrences.get(whole);
    if (record?.state !== 'posted') return;
    if (answer && !record.answered && record.message) {
      const still = async () => !given.aborted && (await occurrences.get(whole))?.answered === false;
      const { buttons: _, ...said } = answer;
      const kept = () => insist(() => write(whole, (old) => ({ ...old, answered: true })));
      await posterOf(reminder).post(reminder.place.address, said, { thread: record.message, still, kept });
    }
    if (reminder.escalation && !record.escalatedAt && record.postedAt) {
      const at = Date.parse(record.postedAt) + reminder.escalation.minutes * MINUTE;
      await book.put({ kind: 'escalate', reminder: key, occurrence: id }, new Date(at));
    }
  }

  async function postCard(
    key: string,
    reminder: Reminder,
    record: Occurrence,
    given: AbortSignal,
    asked?: Answer,
  ): Promise<void> {
    const whole = occurrenceKey(key, record.id);
    const still = async () => {
      if (given.aborted) return false;
      const state = (await reminders.get(key))?.state;
      if (state !== 'active' && state !== 'ended' && !record.id.startsWith('run')) {
        await miss(key, record.id, new Date(record.at), 'It was paused or removed before it could be posted.');
        return false;
      }
      return (await occurrences.get(whole))?.state === 'due';
    };
    const kept = async (message: string) => {
      // Somebody may have acknowledged it by number in the meantime: what they said stands.
      const written = await insist(() =>
        write(whole, (old) => {
          const posted = {
            ...old,
            postedAt: new Date(clock.now()).toISOString(),
            message,
            shownVersion: record.version,
          };
          return old.state === 'due' ? { ...posted, state: 'posted', fault: undefined } : posted;
        }),
      );
      if (written && written.version !== written.shownVersion)
        await book.put({ kind: 'show', reminder: key, occurrence: record.id }, new Date(clock.now()));
    };
    const shown: Occurrence = { ...record, state: 'posted', postedAt: new Date(clock.now()).toISOString() };
    const said = card(reminder, shown, knowledge, asked);
    try {
      await posterOf(reminder).post(reminder.place.address, said, { still, kept });
    } catch (error) {
      await notPosted(key, record.id, error);
    }
  }

  /** Refused for good several times, its reminder is paused and the owner told; anything else is tried again. */
  async function notPosted(key: string, id: string, error: unknown): Promise<void> {
    const refused = error instanceof Refused;
    const fault = refused ? error.message : 'The platform did not take it.';
    const record = await write(occurrenceKey(key, id), (old) => ({
      ...old,
      fault,
      refused: old.refused + (refused ? 1 : 0),
    }));
    if (!refused || !record || record.refused < REFUSALS) throw error;
    await book.put({ kind: 'notice', reminder: key, occurrence: id }, new Date(clock.now()));
    await suspend(book, key, fault);
    await miss(key, id, new Date(record.at), fault);
    log.warn({ reminder: key, fault }, 'a reminder was paused: its channel refuses it');
  }

  return { posterOf, write, insist, miss, post };
}
