import { EventEmitter } from 'node:events';
import type { Store } from './collection.ts';
import type { Statements } from './statements.ts';

/** Keyv's store over `node:sqlite`. Its values are texts that Keyv has made; their expiry stands inside them. */
export class SqliteStore extends EventEmitter implements Store {
  opts: Record<string, unknown> = { dialect: 'sqlite' };
  namespace?: string | undefined;
  readonly #statements: Statements;

  constructor(statements: Statements) {
    super();
    // Every collection listens for errors here; there are few, but more than the ten that Node warns of.
    this.setMaxListeners(0);
    this.#statements = statements;
  }

  async get<Value>(key: string): Promise<Value | undefined> {
    const row = this.#statements.get('SELECT value FROM keyv WHERE key = ?', key);
    // The interface of Keyv names the type of a value; what is stored is always a text.
    return row?.value as Value | undefined;
  }

  async set(key: string, value: string): Promise<void> {
    const put = 'INSERT INTO keyv VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value';
    this.#statements.change(put, key, value);
  }

  async delete(key: string): Promise<boolean> {
    return this.#statements.change('DELETE FROM keyv WHERE key = ?', key);
  }

  async clear(): Promise<void> {
    const [from, to] = range(this.namespace);
    this.#statements.change('DELETE FROM keyv WHERE key >= ? AND key < ?', from, to);
  }

  async has(key: string): Promise<boolean> {
    return (await this.get(key)) !== undefined;
  }

  async *iterator<Value>(namespace?: string): AsyncGenerator<(string | Awaited<Value> | undefined)[], void> {
    yield* pairs(
      this.#statements.all('SELECT * FROM keyv WHERE key >= ? AND key < ? ORDER BY key', ...range(namespace)),
    );
  }

  async disconnect(): Promise<void> {}

  async page(start: { from: string } | { beyond: string }, most: number): Promise<[string, string][]> {
    const [where, key] = 'from' in start ? ['>=', start.from] : ['>', start.beyond];
    return pairs(this.#statements.all(`SELECT * FROM keyv WHERE key ${where} ? ORDER BY key LIMIT ?`, key, most));
  }

  async swap(key: string, before: string | undefined, after: string | undefined): Promise<boolean> {
    const run = this.#statements.change;
    if (before === undefined)
      return after === undefined || run('INSERT INTO keyv VALUES (?, ?) ON CONFLICT (key) DO NOTHING', key, after);
    if (after === undefined) return run('DELETE FROM keyv WHERE key = ? AND value = ?', key, before);
    return run('UPDATE keyv SET value = ? WHERE key = ? AND value = ?', after, key, before);
  }
}

const pairs = (rows: Record<string, unknown>[]) =>
  rows.map(({ key, value }): [string, string] => [String(key), String(value)]);

/** The keys of a namespace lie between “name:” and “name;”, the next character. */
const range = (namespace?: string): [string, string] =>
  namespace ? [`${namespace}:`, `${namespace};`] : ['', '\u{10ffff}'];
