import { setTimeout as pause } from 'node:timers/promises';
import type { Post, Sink } from './load.ts';
import type { Remote } from './remote.ts';
import { channels } from './stored.ts';

/** Reminders that are made due: how many, which of their channels, and how many milliseconds after the first. */
export type Firing = { count: number; number: number; after(index: number): number };

/** Milliseconds that are waited for the last one. */
const PATIENCE = 60_000;

/**
 * Makes stored reminders due, shortly, and waits until they are posted. They take their channels in turn.
 * @param made.perEdit milliseconds that one edit is thought to take
 * @param made.before called right before the first is due
 * @returns the milliseconds from when each was due until it was being posted, and those that one edit took
 */
export async function fire(
  { keeper, sink }: { keeper: Remote; sink: Sink },
  { count, number, after }: Firing,
  { perEdit, before }: { perEdit: number; before: () => Promise<unknown> },
): Promise<{ lateness: number[]; perEdit: number }> {
  sink.posts.length = 0;
  const first = Math.ceil((Date.now() + 2 * count * perEdit + 2000) / 1000) * 1000;
  const plan = Array.from({ length: count }, (_, index) => ({
    channel: channels[index % channels.length] ?? '',
    number: number + Math.floor(index / channels.length),
    at: first + after(index),
  }));
  const took = (await keeper.ask('edit', plan)) / count;
  if (Date.now() > first - 500) throw new Error('The reminders were due before all of them were edited.');
  await pause(first - 250 - Date.now());
  await before();
  const end = first + after(count - 1) + PATIENCE;
  while (sink.posts.length < count && Date.now() < end) await pause(20);
  const posted = new Map(sink.posts.map((post) => [reminderOf(post), post.at]));
  const lateness = plan.map(({ channel, number: one, at }) => (posted.get(`${channel} ${one}`) ?? Number.NaN) - at);
  if (lateness.some(Number.isNaN) || sink.posts.length > count)
    throw new Error(`Of ${count} reminders ${posted.size} were posted, in ${sink.posts.length} messages.`);
  return { lateness, perEdit: took };
}

/** Which reminder a message is about: its channel, and the number in what its button asks. */
function reminderOf({ body }: Post): string {
  const fields = new URLSearchParams(body);
  const [, number = ''] = /\/reminder done (\d+) /.exec(fields.get('blocks') ?? '') ?? [];
  return `${fields.get('channel')} ${number}`;
}
