import { sql } from 'kysely'
import { type StepTold, saveSteps } from '#know/orders/index.ts'
import type { Context } from '#platform/context.ts'
import { type Import, stagingOf } from './import.ts'
import { stepTargets } from './preset.ts'
import { toldSteps } from './told-steps.ts'

/** Whether an import's file tells how far orders are. */
export function stepsTold({ preset }: Pick<Import, 'preset'>): boolean {
  return Object.values(stepTargets).some((target) => preset.columns[target] !== undefined)
}

/**
 * Gathers what is told of orders' ways, once a step and parcel, numbered in the order of the file; what cannot be used is listed with
 * its row: of an order that nobody knows, of none that is sent anywhere, or more than a day before the sale. (A day less is a clock, or
 * a date without its hour.) The sales of the file itself count as known.
 */
export async function sortSteps(ctx: Context, one: Import): Promise<void> {
  const { steps, way, orders } = stagingOf(one.id)
  await sql`drop table if exists ${way}`.execute(ctx.db)
  await sql`analyze ${steps}`.execute(ctx.db)
  await sql`
    create unlogged table ${way} as
    with told as (
      select distinct on (number, step, tracking) * from ${steps} order by number, step, tracking, at desc, row
    ),
    known as (
      select told.*, coalesce(file.kind, o.kind) as kind, coalesce(file.status, o.status) as status,
             coalesce(file.placed_at, o.placed_at) as placed_at, file.problem as held
        from told
        left join ${orders} as file on file.number = told.number
        left join lateral (
          select kind, status, placed_at from orders
           where file.number is null and lower(number) = lower(told.number) and number = told.number
           order by source_id = ${one.sourceId}::int desc, kind = 'sale' desc, id limit 1
        ) as o on true
    )
    select row_number() over (order by row, number, at, step) as seq, row, number, step, at, carrier, tracking,
           case when held is not null then 'exchange.held_back'
                when kind is null then 'exchange.step_no_order'
                when kind <> 'sale' or status = 'void' then 'exchange.step_not_a_sale'
                when at < placed_at - interval '1 day' then 'exchange.step_before_sale' end as problem
      from known`.execute(ctx.db)
  await sql`create unique index on ${way} (seq)`.execute(ctx.db)
  await sql`analyze ${way}`.execute(ctx.db)
  await sql`
    insert into import_problems (import_id, row, reason, value)
    select ${one.id}, row, min(problem), min(left(number, 80)) from ${way} where problem is not null group by row
        on conflict do nothing`.execute(ctx.db)
}

/** Writes the steps of a range: of imported history, so they fire nothing. */
export async function applySteps(ctx: Context, one: Import, from: number, to: number): Promise<void> {
  const { rows } = await sql<StepTold & { state: string }>`
    select state, order_id, step, at, carrier, tracking from (${toldSteps(one, { from, to })}) as told
     where order_id is not null order by seq`.execute(ctx.db)
  const told = rows.map(({ orderId, step, at, carrier, tracking }) => ({
    ...{ orderId, step, at, sourceId: one.sourceId! },
    carrier: carrier ?? undefined,
    tracking: tracking ?? undefined,
  }))
  await saveSteps(ctx, told, { importId: one.id })
}
