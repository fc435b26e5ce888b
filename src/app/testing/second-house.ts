import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach } from 'vitest'
import { openColumns } from '#platform/clickhouse/connect.ts'
import { migrateColumns } from '#platform/clickhouse/migrate.ts'
import { movableClock } from '#platform/clock.ts'
import { type Context, systemActor } from '#platform/context.ts'
import { type Engines, holdEngines } from '#platform/engines/index.ts'
import { createLog } from '#platform/log.ts'
import { openDb, openPool } from '#platform/postgres/connect.ts'
import { migratePostgres } from '#platform/postgres/migrate.ts'
import { secretsOf } from '#platform/secrets.ts'

/** Databases of their own on another pair of engines, with nothing in them. */
export type EmptyPlace = {
  databaseUrl: string
  clickhouseUrl: string
  dataDir: string
  /** Opens what stands there now as a house; migrated first, up to a number where one is told. */
  open(options?: { upTo?: number }): Promise<Context & { close(): Promise<void> }>
}

/**
 * A second pair of engines, younger than the one that tests run on: another machine. Started at the first call in a file.
 * `SECOND_DATABASE_URL` takes another Postgres for it, of another major version.
 */
export function useSecondMachine(): () => Promise<EmptyPlace> {
  let machine: Promise<{ engines: Engines; folder: string }> | undefined
  const closes: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closes.splice(0).reverse()) await close()
  })
  afterAll(async () => {
    const { engines, folder } = (await machine) ?? {}
    await engines?.release()
    if (folder) await rm(folder, { recursive: true, force: true })
  })

  async function start(): Promise<{ engines: Engines; folder: string }> {
    const folder = await mkdtemp(join(tmpdir(), 'regulars-second-'))
    const databaseUrl = process.env.SECOND_DATABASE_URL
    return { engines: await holdEngines({ dataDir: folder, durable: false, databaseUrl }), folder }
  }

  return async () => {
    machine ??= start()
    const { engines, folder } = await machine
    const name = `second_${randomBytes(5).toString('hex')}`
    const at = (url: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href
    const server = openColumns(engines.clickhouseUrl)
    await server.command({ query: `CREATE DATABASE ${name}` })
    await asAdmin(engines.databaseUrl, `create database ${name}`)
    const dataDir = await mkdtemp(join(folder, 'data-'))
    closes.push(async () => {
      await server.command({ query: `DROP DATABASE ${name} SYNC` })
      await server.close()
      await asAdmin(engines.databaseUrl, `drop database ${name} with (force)`)
    })
    return {
      databaseUrl: at(engines.databaseUrl),
      clickhouseUrl: at(engines.clickhouseUrl),
      dataDir,
      async open({ upTo } = {}) {
        const pool = openPool(at(engines.databaseUrl), { size: 8 })
        const columns = openColumns(at(engines.clickhouseUrl))
        const close = async () => {
          if (!pool.ended) await pool.end()
          await columns.close()
        }
        closes.push(close)
        await migratePostgres(pool, upTo)
        await migrateColumns(columns)
        return {
          close,
          db: openDb(pool),
          columns,
          clock: movableClock('2026-03-01T04:00:00Z'),
          actor: systemActor,
          log: createLog('silent'),
          secrets: secretsOf(Buffer.alloc(32, 1)),
        }
      },
    }
  }
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
