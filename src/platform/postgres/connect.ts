import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DB as Tables } from './tables.ts'

export type Db = Kysely<Tables>

/** Eight-byte integers arrive as numbers; one beyond 2^53 is a bug of ours, so it is thrown, not rounded. */
function readInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`integer beyond 2^53 from the database: ${text}`)
  return value
}

const parsers: Record<number, (text: string) => unknown> = {
  [pg.types.builtins.INT8]: readInt8,
  [pg.types.builtins.DATE]: (text) => text, // a day is YYYY-MM-DD, never an instant
}

const types = {
  getTypeParser: ((id: number, format?: 'text' | 'binary') =>
    parsers[id] ?? pg.types.getTypeParser(id, format as 'text')) as typeof pg.types.getTypeParser,
}

/**
 * A pool of connections. Write transactions are ours to keep short: a statement ends after `statementMs`
 * (default 30 s), an idle transaction after 10 s, because one open write transaction holds the fact horizon back.
 */
export function openPool(url: string, options: { size?: number; name?: string; statementMs?: number } = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.size ?? 10,
    application_name: options.name ?? 'regulars',
    statement_timeout: options.statementMs ?? 30_000,
    idle_in_transaction_session_timeout: 10_000,
    connectionTimeoutMillis: 10_000,
    types,
  })
  // An idle connection that the server closes is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  return pool
}

/** Kysely over a pool: snake_case in SQL, camelCase here. JSON documents keep their own keys. */
export function openDb(pool: pg.Pool): Db {
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
}
