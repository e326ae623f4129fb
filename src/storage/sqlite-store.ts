import { EventEmitter } from 'node:events';
import type { DatabaseSync } from 'node:sqlite';
import type { Store } from './collection.ts';

/** Keyv's store over `node:sqlite`. Its values are texts that Keyv has made; their expiry stands inside them. */
export class SqliteStore extends EventEmitter implements Store {
  opts: Record<string, unknown> = { dialect: 'sqlite' };
  namespace?: string | undefined;
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    super();
    // Every collection listens for errors here; there are few, but more than the ten that Node warns of.
    this.setMaxListeners(0);
    this.#database = database;
  }

  async get<Value>(key: string): Promise<Value | undefined> {
    const row = this.#database.prepare('SELECT value FROM keyv WHERE key = ?').get(key);
    // The interface of Keyv names the type of a value; what is stored is always a text.
    return row?.value as Value | undefined;
  }

  async set(key: string, value: string): Promise<void> {
    this.#database
      .prepare('INSERT INTO keyv VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
      .run(key, value);
  }

  async delete(key: string): Promise<boolean> {
    return this.#database.prepare('DELETE FROM keyv WHERE key = ?').run(key).changes > 0;
  }

  async clear(): Promise<void> {
    const [from, to] = range(this.namespace);
    this.#database.prepare('DELETE FROM keyv WHERE key >= ? AND key < ?').run(from, to);
  }

  async has(key: string): Promise<boolean> {
    return (await this.get(key)) !== undefined;
  }

  async *iterator<Value>(namespace?: string): AsyncGenerator<(string | Awaited<Value> | undefined)[], void> {
    for (const pair of await this.rows(namespace)) yield pair;
  }

  async disconnect(): Promise<void> {}

  async rows(namespace?: string): Promise<[string, string][]> {
    const [from, to] = range(namespace);
    return this.#database
      .prepare('SELECT key, value FROM keyv WHERE key >= ? AND key < ? ORDER BY key')
      .all(from, to)
      .map(({ key, value }) => [String(key), String(value)]);
  }

  async swap(key: string, before: string | undefined, after: string | undefined): Promise<boolean> {
    const run = (sql: string, ...values: string[]) => this.#database.prepare(sql).run(...values).changes > 0;
    if (before === undefined)
      return after === undefined || run('INSERT INTO keyv VALUES (?, ?) ON CONFLICT (key) DO NOTHING', key, after);
    if (after === undefined) return run('DELETE FROM keyv WHERE key = ? AND value = ?', key, before);
    return run('UPDATE keyv SET value = ? WHERE key = ? AND value = ?', after, key, before);
  }
}

/** The keys of a namespace lie between “name:” and “name;”, the next character. */
const range = (namespace?: string): [string, string] =>
  namespace ? [`${namespace}:`, `${namespace};`] : ['', '\u{10ffff}'];
