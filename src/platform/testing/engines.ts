import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { holdEngines } from '../engines/index.ts'
import { openPool } from '../postgres/connect.ts'
import { migratePostgres } from '../postgres/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
    clickhouseUrl: string
  }
}

/** The database that each test clones. */
export const template = 'regulars_template'

/** Once a run: starts both engines in a folder of their own and migrates the template. Speed over durability here. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'regulars-test-'))
  const engines = await holdEngines({
    dataDir,
    durable: false,
    databaseUrl: process.env.TEST_DATABASE_URL,
    clickhouseUrl: process.env.TEST_CLICKHOUSE_URL,
  })
  const admin = new pg.Client({ connectionString: engines.databaseUrl })
  await admin.connect()
  await admin.query(`drop database if exists ${template}`)
  await admin.query(`create database ${template}`)
  await admin.end()
  const pool = openPool(databaseAt(engines.databaseUrl, template))
  await migratePostgres(pool)
  await pool.end()
  project.provide('databaseUrl', engines.databaseUrl)
  project.provide('clickhouseUrl', engines.clickhouseUrl)
  return async () => {
    await engines.release()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** The same server's URL with another database. */
export function databaseAt(url: string, database: string): string {
  const parsed = new URL(url)
  parsed.pathname = `/${database}`
  return parsed.href
}
