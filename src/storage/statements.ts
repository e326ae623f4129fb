import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { Unavailable } from '../errors.ts';
import { isDown } from './sqlite-faults.ts';

/** What is asked of SQLite, each text prepared once. All throw `Unavailable` when the disk is full, or fails, or is held. */
export type Statements = {
  get(sql: string, ...values: SQLInputValue[]): Record<string, unknown> | undefined;
  all(sql: string, ...values: SQLInputValue[]): Record<string, unknown>[];
  /** Whether it changed anything. */
  change(sql: string, ...values: SQLInputValue[]): boolean;
};

export function createStatements(database: DatabaseSync): Statements {
  const prepared = new Map<string, StatementSync>();

  function run<T>(sql: string, ask: (statement: StatementSync) => T): T {
    try {
      const statement = prepared.get(sql) ?? database.prepare(sql);
      prepared.set(sql, statement);
      return ask(statement);
    } catch (error) {
      throw isDown(error) ? new Unavailable(error) : error;
    }
  }

  return {
    get: (sql, ...values) => run(sql, (statement) => statement.get(...values)),
    all: (sql, ...values) => run(sql, (statement) => statement.all(...values)),
    change: (sql, ...values) => run(sql, (statement) => statement.run(...values).changes > 0),
  };
}
