import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, inject } from 'vitest'
import { openColumns } from '#platform/clickhouse/connect.ts'
import { migrateColumns } from '#platform/clickhouse/migrate.ts'
import { movableClock } from '#platform/clock.ts'
import { type Context, systemActor } from '#platform/context.ts'
import { type Engines, holdEngines } from '#platform/engines/index.ts'
import { findPostgres } from '#platform/engines/postgres/binaries.ts'
import { startPostgres } from '#platform/engines/postgres/start.ts'
import { createLog } from '#platform/log.ts'
import { openDb, openPool } from '#platform/postgres/connect.ts'
import { migratePostgres } from '#platform/postgres/migrate.ts'
import { secretsOf } from '#platform/secrets.ts'

/** Databases of their own on some pair of engines, with nothing in them. */
export type EmptyPlace = {
  databaseUrl: string
  clickhouseUrl: string
  dataDir: string
  /** Opens what stands there now as a house; migrated first, up to a number where one is told. */
  open(options?: { upTo?: number }): Promise<Context & { close(): Promise<void> }>
}

/** A pair of engines, and a folder for what belongs to the machine. */
type Machine = Pick<Engines, 'databaseUrl' | 'clickhouseUrl'> & { folder: string; stop(): Promise<unknown> }

/**
 * A second pair of engines, younger than the one that tests run on: another machine. Started at the first call in a file.
 * `SECOND_DATABASE_URL` takes another Postgres for it, of another major version.
 */
export const useSecondMachine = (): (() => Promise<EmptyPlace>) =>
  usePlaces(async (folder) => {
    const databaseUrl = process.env.SECOND_DATABASE_URL
    const { release, ...urls } = await holdEngines({ dataDir: folder, durable: false, databaseUrl })
    return { ...urls, folder, stop: release }
  })

/** The Postgres of another npm package, beside the ClickHouse that tests run on. */
export const useOtherPostgres = (bringer: string): (() => Promise<EmptyPlace>) =>
  usePlaces(async (folder) => {
    const start = { dataDir: folder, password: randomBytes(12).toString('hex'), durable: false, news: () => undefined }
    const { url, stop } = await startPostgres(start, findPostgres(bringer))
    return { databaseUrl: url, clickhouseUrl: inject('clickhouseUrl'), folder, stop }
  })

/** Empty places on the engines that tests run on. */
export const useSameMachine = (): (() => Promise<EmptyPlace>) =>
  usePlaces(async (folder) => ({
    databaseUrl: inject('databaseUrl'),
    clickhouseUrl: inject('clickhouseUrl'),
    folder,
    stop: async () => undefined,
  }))

function usePlaces(start: (folder: string) => Promise<Machine>): () => Promise<EmptyPlace> {
  let machine: Promise<Machine> | undefined
  const closes: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closes.splice(0).reverse()) await close()
  })
  afterAll(async () => {
    const { stop, folder } = (await machine) ?? {}
    await stop?.()
    if (folder) await rm(folder, { recursive: true, force: true })
  })
  return async () => {
    machine ??= mkdtemp(join(tmpdir(), 'regulars-second-')).then(start)
    return emptyPlace(await machine, closes)
  }
}

async function emptyPlace(machine: Machine, closes: (() => Promise<unknown>)[]): Promise<EmptyPlace> {
  const name = `second_${randomBytes(5).toString('hex')}`
  const at = (url: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href
  const server = openColumns(machine.clickhouseUrl)
  await server.command({ query: `CREATE DATABASE ${name}` })
  await asAdmin(machine.databaseUrl, `create database ${name}`)
  const dataDir = await mkdtemp(join(machine.folder, 'data-'))
  closes.push(async () => {
    await server.command({ query: `DROP DATABASE ${name} SYNC` })
    await server.close()
    await asAdmin(machine.databaseUrl, `drop database ${name} with (force)`)
  })
  return {
    databaseUrl: at(machine.databaseUrl),
    clickhouseUrl: at(machine.clickhouseUrl),
    dataDir,
    async open({ upTo } = {}) {
      const pool = openPool(at(machine.databaseUrl), { size: 8 })
      const columns = openColumns(at(machine.clickhouseUrl))
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

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
