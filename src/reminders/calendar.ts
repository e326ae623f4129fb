import { createHash, randomBytes } from 'node:crypto';
import type { RequestListener, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Channels } from '../channels.ts';
import { UserError } from '../errors.ts';
import type { Person } from '../request.ts';
import type { Collection } from '../storage/storage.ts';
import { calendarFeed } from './feed.ts';
import { place, type Reminder, type Spot } from './reminder.ts';

/** Whose calendar an address is; stored under the SHA-256 of the secret in it. */
export const calendarOf = z.object({ place });

/** The calendars of channels, for programs that subscribe to one. */
export type Calendar = {
  /**
   * The address of a channel's calendar, which whoever knows it can read. `renew` gives a new one; the old one is gone.
   * @throws UserError when the installation has no public address
   */
  url(place: Spot, how: { renew: boolean; by: Person }): Promise<string>;
  /** Serves the addresses: every path below `/calendar/`. */
  serve: RequestListener;
};

export function createCalendar(made: {
  channels: Channels;
  calendars: Collection<z.infer<typeof calendarOf>>;
  list(place: Spot): Promise<Reminder[]>;
  /** What a reminder is about, in a few words. */
  titleOf(reminder: Reminder): string;
  publicUrl?: string;
  now: () => number;
  log: { error(fields: object, message: string): void };
}): Calendar {
  const { channels, calendars, list, titleOf, publicUrl, now, log } = made;

  /** The secret is known before it is told, so that no address that was given is dead; of two only one stays. */
  async function issue(place: Spot, renew: boolean, by: Person): Promise<string> {
    const fresh = randomBytes(32).toString('base64url');
    await calendars.set(hashed(fresh), { place: { platform: place.platform, address: place.address } });
    const wanted = (was: { calendarToken?: string }) => renew || was.calendarToken === undefined;
    const { before, after } = await channels.set(place, (was) => (wanted(was) ? { calendarToken: fresh } : {}), by);
    const gone = wanted(before) ? before.calendarToken : fresh;
    if (gone !== undefined) await calendars.delete(hashed(gone));
    return after.calendarToken ?? fresh;
  }

  async function answer(path: string, response: ServerResponse): Promise<void> {
    const [, token] = /^\/calendar\/([\w-]{43})\.ics$/.exec(path) ?? [];
    const found = token === undefined ? undefined : await calendars.get(hashed(token));
    if (!found) return end(response, 404, 'not found\n');
    const feed = calendarFeed(await list(found.place), { now: new Date(now()), name: 'Cluster reminders', titleOf });
    response.setHeader('cache-control', 'private, max-age=300');
    end(response, 200, feed, 'text/calendar');
  }

  return {
    async url(place, { renew, by }) {
      if (!publicUrl) throw new UserError('I have no address to give: please ask whoever runs me to set PUBLIC_URL.');
      const known = renew ? undefined : (await channels.of(place)).calendarToken;
      return `${publicUrl}/calendar/${known ?? (await issue(place, renew, by))}.ics`;
    },
    serve(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.setHeader('allow', 'GET, HEAD');
        return end(response, 405, 'only GET and HEAD\n');
      }
      answer((request.url ?? '').split('?', 1)[0] ?? '', response).catch((err: unknown) => {
        log.error({ err }, 'a calendar could not be served');
        end(response, 503, 'not now, please try again later\n');
      });
    },
  };
}

const hashed = (token: string) => createHash('sha256').update(token).digest('hex');

function end(response: ServerResponse, status: number, text: string, type = 'text/plain'): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
