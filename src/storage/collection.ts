import { setImmediate as turn } from 'node:timers/promises';
import { Keyv, type KeyvStoreAdapter } from 'keyv';
import { z } from 'zod';
import type { Collection, StorageLog } from './storage.ts';

/** What a database must add to Keyv's store. */
export type Store = KeyvStoreAdapter & {
  /** Writes `after` where `before` still stands, as one step; `undefined` is the absence of a value. */
  swap(key: string, before: string | undefined, after: string | undefined): Promise<boolean>;
  /** The next `most` pairs of all namespaces, by the bytes of their keys: from this key on, or only what lies beyond it. */
  page(start: { from: string } | { beyond: string }, most: number): Promise<[key: string, value: string][]>;
};

const PAGE = 200;
const QUARANTINE = 'quarantine';

/** What is set aside: the stored text to the letter, and what is wrong with it. */
export const quarantined = z.object({ collection: z.string(), key: z.string(), stored: z.string(), fault: z.string() });

/** Makes the typed view of one namespace of a store. */
export function createCollection<T>(store: Store, log: StorageLog, name: string, schema: z.ZodType<T>): Collection<T> {
  if (!/^[a-zA-Z\d-]+$/.test(name)) throw new Error(`“${name}” is no name for a collection.`);
  const keyv = new Keyv<T>({ store, namespace: name, throwOnErrors: true });
  const full = (key: string) => `${name}:${key}`;

  async function setAside(key: string, stored: string, fault: string): Promise<void> {
    log.error({ collection: name, key, fault }, 'a stored value does not fit: it was set aside');
    // Copied before it is removed, and removed only as it was read: whatever happens in between, nothing is lost.
    const aside = new Keyv({ store, namespace: QUARANTINE, throwOnErrors: true });
    await aside.set(`${name}:${key}`, { collection: name, key, stored, fault });
    await store.swap(full(key), stored, undefined);
  }

  /** The value in a stored text; absent when it has expired, and when it does not fit and was set aside. */
  async function read(key: string, stored: string): Promise<{ value: T; expires?: number | undefined } | undefined> {
    try {
      const data = await keyv.deserializeData<T>(stored);
      if (data?.expires !== undefined && data.expires !== null && data.expires <= Date.now()) {
        await store.swap(full(key), stored, undefined);
        return undefined;
      }
      const value = schema.safeParse(data?.value);
      if (value.success) return { value: value.data, expires: data?.expires };
      await setAside(key, stored, z.prettifyError(value.error));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      await setAside(key, stored, 'It is not JSON.');
    }
    return undefined;
  }

  /** The stored text of a key and what it says. */
  async function find(key: string) {
    const stored = await store.get<string>(full(key));
    if (typeof stored !== 'string') return undefined;
    const found = await read(key, stored);
    return found && { stored, ...found };
  }

  return {
    get: async (key) => (await find(key))?.value,
    set: async (key, value, ttl) => void (await keyv.set(key, schema.parse(value), ttl)),
    delete: (key) => keyv.delete(key),
    async *entries(prefix = '') {
      // In the order of bytes, the keys that share a prefix follow one another, and the first of them is not below it.
      const from = full(prefix);
      let page = await store.page({ from }, PAGE);
      for (;;) {
        for (const [whole, stored] of page) {
          if (!whole.startsWith(from)) return;
          const key = whole.slice(name.length + 1);
          const data = await read(key, stored);
          if (data) yield [key, data.value];
        }
        const last = page.at(-1);
        if (!last || page.length < PAGE) return;
        await turn();
        page = await store.page({ beyond: last[0] }, PAGE);
      }
    },
    async update(key, change, ttl) {
      for (;;) {
        const before = await find(key);
        const changed = change(before?.value);
        if (changed === undefined) return undefined;
        const value = schema.parse(changed);
        const expires = ttl === undefined ? before?.expires : Date.now() + ttl;
        const after = await keyv.serializeData({ value, expires });
        if (typeof after !== 'string') throw new Error('Keyv gave no text to store.');
        if (await store.swap(full(key), before?.stored, after)) return value;
      }
    },
  };
}
