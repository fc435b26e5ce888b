import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Context } from '#platform/context.ts'
import { addDays } from '#platform/days.ts'
import type { Told } from './by-hand.ts'
import { asRows } from './by-rows.ts'
import { piecesOf, tablesOf } from './flat.ts'

// 70 MB that only this peer needs: no dependency of the house, but added by hand where it is wanted.
const library = '@duckdb/node-api'
const version = '1.5.4-r.1'

/** What is used of a connection. */
export type Duck = {
  run(statement: string): Promise<unknown>
  runAndReadAll(statement: string): Promise<{ getRows(): unknown[][] }>
}

type Library = {
  DuckDBInstance: { create(file: string, options: Record<string, string>): Promise<{ connect(): Promise<Duck> }> }
}

async function instances(): Promise<Library['DuckDBInstance']> {
  try {
    return ((await import(library)) as Library).DuckDBInstance
  } catch {
    throw new Error(`DuckDB is not here: npm install --no-save ${library}@${version}`)
  }
}

/** The same rows in DuckDB, which reads columns as ClickHouse does: made once in a file of the folder, table by table. */
export async function keepInDuck(
  ctx: Context,
  folder: string,
  customers: number,
  tell: (line: string) => void,
): Promise<Duck> {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'rows.duckdb')
  const instance = await (await instances()).create(file, { threads: '2', memory_limit: '6GB' })
  const duck = await instance.connect()
  await duck.run("set timezone = 'UTC'")
  const there = new Set((await duck.runAndReadAll('show tables')).getRows().map(([name]) => name))
  const piece = join(folder, 'piece.parquet')
  for (const { table, columns, from, pieces, select } of tablesOf(customers)) {
    if (there.has(table)) continue
    // A primary key is an index that is kept row by row; nothing here looks up by it.
    await duck.run(`create or replace table ${table}_made (${columns.replace(' primary key', '')})`)
    for (const where of await piecesOf(ctx, from, pieces)) {
      const { stream } = await ctx.columns.exec({
        query: `SELECT ${select} FROM ${from}${where} FORMAT Parquet`,
        clickhouse_settings: { max_execution_time: 120, max_memory_usage: '4000000000' },
      })
      await pipeline(stream, createWriteStream(piece))
      await duck.run(`insert into ${table}_made select * from read_parquet('${piece}')`)
    }
    await duck.run(`alter table ${table}_made rename to ${table}`)
    tell(`${table}: in DuckDB`)
  }
  rmSync(piece, { force: true })
  await duck.run('checkpoint')
  return duck
}

/**
 * The twelve in DuckDB: those of Postgres, which it turns into joins of whole columns itself; but a step after another step is found by
 * the nearest in time (ASOF JOIN), which Postgres lacks.
 */
export function asDuck(told: Told): string[] {
  const ago = (days: number) => `date '${addDays(told.today, -days)}'`
  const events = (kind: string, days: number) =>
    `(select * from bench_events where kind = '${kind}' and day >= ${ago(days - 1)})`
  const purchases = (days: number) => `(select * from bench_orders where sale and day >= ${ago(days - 1)})`
  const steps: Record<number, string> = {
    10: `select count(distinct v.customer_id)::int as n
           from ${events('viewed', 180)} v asof left join ${purchases(180)} o on o.customer_id = v.customer_id and o.placed_at > v.at
          where v.day + 7 < ${ago(0)} and (o.day is null or o.day > v.day + 7)`,
    11: `with carted as (
           select c.customer_id, c.at, c.day
             from ${events('carted', 365)} c asof join ${purchases(365)} o on o.customer_id = c.customer_id and o.placed_at > c.at
            where o.day <= c.day + 14),
         seen as (select * from ${events('viewed', 365)} v where product_id in (select id from bench_products where category = '绿茶'))
         select count(distinct c.customer_id)::int as n
           from carted c asof join seen v on v.customer_id = c.customer_id and v.at < c.at
          where v.day >= c.day - 3`,
  }
  return asRows(told).map((statement, place) => steps[place] ?? statement)
}
