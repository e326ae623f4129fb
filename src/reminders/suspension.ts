import type { Book } from './book.ts';
import { placeKey, type Spot } from './reminder.ts';

/** Who pauses a reminder that cannot be posted. */
const BOT = { id: 'clusterwise', name: 'Clusterwise' };

/** Pauses a reminder that cannot be posted. @param why a sentence for people */
export async function suspend(book: Book, key: string, why: string): Promise<void> {
  const at = new Date(book.clock.now()).toISOString();
  await book.reminders.update(key, (old) => {
    if (old?.state !== 'active' && old?.state !== 'ended') return undefined;
    return {
      ...old,
      state: 'paused',
      why,
      next: undefined,
      changes: [...old.changes, { at, by: BOT, did: 'paused' }],
    };
  });
}

/** Pauses all reminders of a place that the bot was taken out of. */
export async function suspendPlace(book: Book, place: Spot, why: string): Promise<void> {
  for await (const [key, { state }] of book.reminders.entries(placeKey(place)))
    if (state === 'active') await suspend(book, key, why);
}
