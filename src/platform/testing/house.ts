import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterEach, inject } from 'vitest'
import { type Columns, openColumns } from '../clickhouse/connect.ts'
import { migrateColumns } from '../clickhouse/migrate.ts'
import { movableClock } from '../clock.ts'
import { type Context, systemActor } from '../context.ts'
import { ensureFactPartitions } from '../facts/index.ts'
import { createLog } from '../log.ts'
import { openDb, openPool } from '../postgres/connect.ts'
import { secretsOf } from '../secrets.ts'
import { databaseAt, template } from './engines.ts'

export type TestContext = Context & {
  clock: ReturnType<typeof movableClock>
  /** The URLs of this test's own databases, for processes that a test starts; the columns are there after a first question to `columns`. */
  urls: { database: string; columns: string; columnsDatabase: string }
}

type Opened = { close(): Promise<void> }

/**
 * A house for each test: its own clone of the migrated records, its own columns, a merchant in Shanghai with one shop
 * (id 1), shop time at noon of 2026-03-01. Closed and dropped after the test.
 * @example const house = useHouse(); test('…', async () => { const ctx = await house() })
 */
export function useHouse(options: { empty?: boolean } = {}): () => Promise<TestContext> {
  const opened: Opened[] = []
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close()
  })
  return async () => {
    const { ctx, close } = await openHouse(options.empty ?? false)
    opened.push({ close })
    return ctx
  }
}

async function openHouse(empty: boolean): Promise<{ ctx: TestContext; close(): Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const serverUrl = inject('databaseUrl')
  const clickhouseUrl = inject('clickhouseUrl')
  const server = openColumns(clickhouseUrl)
  const columns = openColumns(clickhouseUrl, { database: name })
  let made: Promise<unknown> | undefined
  const make = () => {
    made ??= server.command({ query: `CREATE DATABASE ${name}` }).then(() => migrateColumns(columns))
    return made
  }
  // Copied as files: through the log, which nobody here will replay, it takes five times as long.
  await admin(serverUrl, `create database ${name} template ${template} strategy file_copy`)
  const pool = openPool(databaseAt(serverUrl, name), { size: 12 })
  const clock = movableClock('2026-03-01T04:00:00Z')
  const ctx: TestContext = {
    db: openDb(pool),
    columns: onDemand(columns, make),
    clock,
    actor: systemActor,
    log: createLog(process.env.TEST_LOG ?? 'silent'),
    secrets: secretsOf(randomBytes(32)),
    urls: { database: databaseAt(serverUrl, name), columns: clickhouseUrl, columnsDatabase: name },
  }
  await ensureFactPartitions(ctx)
  if (!empty) {
    await ctx.db
      .insertInto('merchant')
      .values({ name: 'Test shop', zone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh-CN' })
      .execute()
    await ctx.db.insertInto('shops').values({ code: 'main', name: 'Main shop' }).execute()
  }
  return {
    ctx,
    async close() {
      await pool.end()
      await columns.close()
      await Promise.all([
        made?.then(() => server.command({ query: `DROP DATABASE ${name} SYNC` })),
        admin(serverUrl, `drop database ${name} with (force)`),
      ])
      await server.close()
    },
  }
}

/** Columns that are made when they are first asked for: most tests never do, and they are half of what a house costs. */
function onDemand(columns: Columns, make: () => Promise<unknown>): Columns {
  return new Proxy(columns, {
    get(target, name) {
      const value = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return async (...given: unknown[]) => {
        await make()
        return value.apply(target, given)
      }
    },
  })
}

async function admin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
