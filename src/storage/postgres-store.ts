import { KeyvPostgres } from '@keyv/postgres';
import type { Store } from './collection.ts';

export type Query = (sql: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
type Options = { schema: string; table: string; keySize: number; ask: Query };

/**
 * The official adapter, over our pool. Its own is one for the whole process, and ends the process when an idle connection
 * breaks, since nobody listens to its errors.
 */
export class PostgresStore extends KeyvPostgres implements Store {
  constructor({ ask, schema }: { ask: Query; schema: string }) {
    const options: Options = { schema, table: 'keyv', keySize: 1000, ask };
    super(options);
    this.setMaxListeners(0);
  }

  // Called by the constructor of the adapter, before a field of this class could be set: hence by way of its options.
  // The cast is needed because their type does not know of the one we added to them above.
  override async connect(): Promise<Query> {
    return (this.opts as unknown as Options).ask;
  }

  override async disconnect(): Promise<void> {}

  get #table(): string {
    return `${this.opts.schema}.${this.opts.table}`;
  }

  async page(start: { from: string } | { beyond: string }, most: number): Promise<[string, string][]> {
    const [where, key] = 'from' in start ? ['>=', start.from] : ['>', start.beyond];
    const sql = `SELECT key, value FROM ${this.#table} WHERE key COLLATE "C" ${where} $1 ORDER BY key COLLATE "C" LIMIT $2`;
    const found = await this.query(sql, [key, most]);
    return found.map(({ key, value }) => [String(key), String(value)]);
  }

  async swap(key: string, before: string | undefined, after: string | undefined): Promise<boolean> {
    const run = async (sql: string, ...values: string[]) =>
      (await this.query(`${sql} RETURNING key`, values)).length > 0;
    if (before === undefined)
      return (
        after === undefined ||
        (await run(`INSERT INTO ${this.#table} VALUES ($1, $2) ON CONFLICT (key) DO NOTHING`, key, after))
      );
    if (after === undefined) return run(`DELETE FROM ${this.#table} WHERE key = $1 AND value = $2`, key, before);
    return run(`UPDATE ${this.#table} SET value = $3 WHERE key = $1 AND value = $2`, key, before, after);
  }
}
