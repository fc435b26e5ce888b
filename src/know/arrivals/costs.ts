import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import type { ArrivalCost } from './contract.ts'
import { costSaid } from './facts.ts'
import { wayOf } from './way.ts'

/** What ways cost in these months, both ends included (YYYY-MM). */
export async function arrivalCosts(ctx: Context, { from, to }: { from: string; to: string }): Promise<ArrivalCost[]> {
  const { rows } = await sql<ArrivalCost>`
    select way_id, to_char(month, 'YYYY-MM') as month, amount from arrival_costs
     where month between ${`${from}-01`}::date and ${`${to}-01`}::date order by month, way_id`.execute(ctx.db)
  return rows
}

/** Says what a way cost in a month. @throws Refusal `arrivals.unknown_way` */
export function saveCost(ctx: Context, cost: ArrivalCost): Promise<ArrivalCost> {
  return inTransaction(ctx, async (ctx) => {
    const { wayId, month, amount } = cost
    await wayOf(ctx, wayId)
    const day = `${month}-01`
    const { rows } =
      amount === 0
        ? await sql`delete from arrival_costs where way_id = ${wayId} and month = ${day} returning 1 as one`.execute(
            ctx.db,
          )
        : await sql`
          insert into arrival_costs as kept (way_id, month, amount, actor, at)
          values (${wayId}, ${day}, ${amount}, ${ctx.actor.label}, ${ctx.clock.now()})
              on conflict (way_id, month) do update
                 set amount = excluded.amount, actor = excluded.actor, at = excluded.at where kept.amount <> excluded.amount
          returning 1 as one`.execute(ctx.db)
    if (rows.length > 0) await announce(ctx, costSaid, { subjectId: wayId, data: { month, amount } })
    return cost
  })
}
