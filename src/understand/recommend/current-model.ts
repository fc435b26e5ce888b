import { sql } from 'kysely'
import { compiled } from '#platform/clickhouse/cluster.ts'
import { clusterOf } from '#platform/clickhouse/migrate.ts'
import type { Context } from '#platform/context.ts'
import type { Day } from '#platform/days.ts'
import { rowsOf } from '#understand/query/index.ts'
import type { ShownModel } from './contract.ts'
import { columnsOf } from './training/rows.ts'
import type { Made } from './training/train-thread.ts'

/** The model that holds: what everybody is told by. */
export type CurrentModel = { number: number; asOf: Day; method: string } & Made

/**
 * The newest model that is whole. One whose columns are gone (after a restore they begin empty) is none: a new one is made within the
 * hour.
 */
export async function currentModel(ctx: Context): Promise<CurrentModel | undefined> {
  const { rows } = await sql<CurrentModel>`
    select id as number, as_of, method, people, products, taken, served, listed from recommend_models
     where state = 'done' order by id desc limit 1`.execute(ctx.db)
  const [model] = rows
  if (!model || model.products === 0) return model
  const there = await rowsOf(ctx, {
    sql: 'SELECT 1 FROM product_habits WHERE model = {model:UInt32} LIMIT 1',
    params: { model: model.number },
  })
  return there.length > 0 ? model : undefined
}

/** Notes that a model is being made; what an earlier one left unfinished has failed. @returns its number */
export async function beginModel(ctx: Context, { asOf, method }: { asOf: Day; method: string }): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with left_over as (update recommend_models set state = 'failed', ended_at = ${ctx.clock.machine()} where state = 'running')
    insert into recommend_models (state, method, as_of, began_at)
    values ('running', ${method}, ${asOf}, ${ctx.clock.machine()}) returning id`.execute(ctx.db)
  return rows[0]!.id
}

export async function endModel(
  ctx: Context,
  number: number,
  { state, ...made }: { state: 'done' | 'failed' } & Partial<Made>,
): Promise<void> {
  await sql`
    update recommend_models
       set state = ${state}, ended_at = ${ctx.clock.machine()}, people = ${made.people ?? null}, products = ${made.products ?? null},
           taken = ${made.taken ?? null}, served = ${made.served ?? null}, listed = ${made.listed ?? null}
     where id = ${number}`.execute(ctx.db)
}

/** Drops what models before the current one and failed ones wrote; of their rows here the last hundred stay. */
export async function dropOldModels(ctx: Context): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select id from recommend_models
     where state = 'failed' or (state = 'done' and id < (select max(id) from recommend_models where state = 'done'))
     order by id desc limit 20`.execute(ctx.db)
  const cluster = await clusterOf(ctx.columns)
  for (const table of Object.keys(columnsOf)) {
    for (const { id } of rows) {
      for (const query of compiled({ sql: `ALTER TABLE ${table} DROP PARTITION ${Number(id)}`, table }, cluster))
        await ctx.columns.command({ query })
    }
  }
  await sql`delete from recommend_models where id <= (select max(id) from recommend_models) - 100`.execute(ctx.db)
}

/** What the contract tells of a model. */
export function shownModel(model: CurrentModel | undefined): ShownModel {
  if (!model) return null
  const { asOf, method, people, products, served, listed } = model
  return { asOf, method, people, products, served, listed }
}
