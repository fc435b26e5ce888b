import { CamelCasePlugin, Kysely, PostgresDialect, type PostgresPool } from 'kysely'
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
  // Nor may one that dies while it is lent out and asks nothing (a back end that was killed): its next statement fails and tells.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Kysely over a pool: snake_case in SQL, camelCase here. JSON documents keep their own keys. */
export function openDb(pool: pg.Pool): Db {
  const db = dbOver(pool)
  pools.set(db, pool)
  return db
}

const pools = new WeakMap<Db, pg.Pool>()

/**
 * One connection of the pool for `work`, as `pg` gives it and as Kysely over that same connection: for COPY, session settings
 * and advisory locks, which belong to a connection. Given back at the end; closed instead where `work` throws, so that nothing
 * it set or locked outlives it.
 * @throws Error inside a transaction, whose connection is not ours to take
 */
export async function withConnection<T>(db: Db, work: (client: pg.PoolClient, db: Db) => Promise<T>): Promise<T> {
  const pool = pools.get(db)
  if (!pool) throw new Error('a connection of its own was asked for inside a transaction')
  const client = await pool.connect()
  const lent = { query: client.query.bind(client), release: () => undefined } as unknown as pg.PoolClient
  try {
    const result = await work(client, dbOver({ connect: async () => lent, end: async () => undefined, options: {} }))
    client.release()
    return result
  } catch (error) {
    client.release(true)
    throw error
  }
}

/** How the connections of a pool stand: all, those without work, and who waits for one. */
export function poolState(db: Db): { total: number; idle: number; waiting: number } {
  const pool = pools.get(db)
  return { total: pool?.totalCount ?? 0, idle: pool?.idleCount ?? 0, waiting: pool?.waitingCount ?? 0 }
}

function dbOver(pool: PostgresPool): Db {
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
}
