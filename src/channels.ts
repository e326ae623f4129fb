import { z } from 'zod';
import { windowsReleaseNames } from './core/release.ts';
import { zoneNamed } from './reminders/clock.ts';
import { placeKey, type Spot } from './reminders/reminder.ts';
import type { Person } from './request.ts';
import type { Collection } from './storage/storage.ts';

/** What a channel has set for itself. */
export const channelSettings = z.object({
  timeZone: z
    .string()
    .refine((name) => zoneNamed(name) === name, 'must be a time zone such as “Europe/Dublin”')
    .exactOptional(),
  defaultRelease: z.enum(windowsReleaseNames).exactOptional(),
  /** The secret in the address of its calendar. */
  calendarToken: z.string().exactOptional(),
});
export type ChannelSettings = z.infer<typeof channelSettings>;

/** What is put in the place of what was; `undefined` takes a setting back. */
export type SettingsChange = { [Key in keyof ChannelSettings]?: ChannelSettings[Key] | undefined };

/** The settings of channels. */
export type Channels = {
  /** What holds where a channel has set nothing. */
  installation: { timeZone: string; defaultRelease?: string };
  /** At most ten seconds old; never rejects: while the database is down, what is known, or nothing. */
  of(place: Spot): Promise<ChannelSettings>;
  /**
   * Changes what `change` names; it may be called more than once, and nothing is written when it names nothing.
   * @throws when the database does not answer
   */
  set(
    place: Spot,
    change: (was: ChannelSettings) => SettingsChange,
    by: Person,
  ): Promise<{ before: ChannelSettings; after: ChannelSettings }>;
};

/** Milliseconds that settings are taken as read, also when they could not be, and the channels of which they are held. */
const FRESH = 10_000;
const RETRY = 1000;
const MOST = 1000;

export function createChannels(made: {
  collection: Collection<ChannelSettings>;
  installation: Channels['installation'];
  log: Record<'info' | 'error', (fields: object, message: string) => void>;
  now?: () => number;
}): Channels {
  const { collection, installation, log, now = Date.now } = made;
  const held = new Map<string, { settings: ChannelSettings; until: number }>();
  let down = false;

  function hold(key: string, settings: ChannelSettings, fresh = FRESH): ChannelSettings {
    held.delete(key);
    const [oldest] = held.keys();
    if (held.size >= MOST && oldest !== undefined) held.delete(oldest);
    held.set(key, { settings, until: now() + fresh });
    return settings;
  }

  async function read(key: string): Promise<ChannelSettings> {
    const known = held.get(key);
    try {
      const settings = (await collection.get(key)) ?? {};
      down = false;
      // What was set while this was read is newer.
      return held.get(key) === known ? hold(key, settings) : settings;
    } catch (err) {
      if (!down) log.error({ err }, 'the settings of channels cannot be read: going on without');
      down = true;
      // Held as if it were read, so that only one request in a while waits for a database that does not answer.
      return hold(key, held.get(key)?.settings ?? {}, RETRY);
    }
  }

  return {
    installation,
    of: async (place) => {
      const key = placeKey(place);
      const known = held.get(key);
      return known && known.until > now() ? known.settings : read(key);
    },
    async set(place, change, by) {
      const key = placeKey(place);
      let before: ChannelSettings = {};
      let changed: string[] = [];
      const written = await collection.update(key, (was = {}) => {
        before = was;
        const put = change(was);
        changed = Object.keys(put);
        return changed.length > 0 ? merged(was, put) : undefined;
      });
      if (written) log.info({ channel: key, by: by.id, changed }, 'the settings of a channel were changed');
      return { before, after: hold(key, written ?? before) };
    },
  };
}

function merged(was: ChannelSettings, change: SettingsChange): ChannelSettings {
  const { timeZone, defaultRelease, calendarToken } = { ...was, ...change };
  return {
    ...(timeZone !== undefined && { timeZone }),
    ...(defaultRelease !== undefined && { defaultRelease }),
    ...(calendarToken !== undefined && { calendarToken }),
  };
}
