import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announceAll } from '#platform/facts/index.ts'
import { stepFacts } from '../facts.ts'
import type { OrderStepName } from './contract.ts'
import { settleSteps } from './settle-steps.ts'

/** A step as told. Absent `sourceId`: by hand. */
export type StepTold = {
  orderId: number
  step: OrderStepName
  at: Date
  carrier?: string
  tracking?: string
  sourceId?: number
}

/** A hand's word always, a source's where it is later or names the carrier. */
const differs = sql`(excluded.source_id is null or excluded.at > kept.at
                     or coalesce(excluded.carrier, kept.carrier) is distinct from kept.carrier)`

type Saved = { step: OrderStepName; at: Date; orderId: number; profileId: number; number: string; isNew: boolean }

/** Of which import steps are, which fires nothing; or since when they are news: earlier ones are historic. */
export type ToldBy = { importId?: number; newsSince?: Date }

/**
 * Writes steps of orders, set-wise, in the caller's transaction. A step told again of the same parcel corrects what is there: a hand
 * says the time anew, of a source the latest time stands. Each new one is a fact. The caller has seen that the orders are there and
 * are sales.
 *
 * A step rests on the imports that told it, and on them alone only as long as nobody else told it: see `withdrawSteps`.
 */
export async function saveSteps(
  ctx: Context,
  told: readonly StepTold[],
  { importId, newsSince }: ToldBy = {},
): Promise<void> {
  if (told.length === 0) return
  const given = told.map((one, place) => ({
    order_id: one.orderId,
    step: one.step,
    at: one.at.toISOString(),
    carrier: one.carrier ?? null,
    tracking: one.tracking ?? null,
    source_id: one.sourceId ?? null,
    place,
  }))
  const { rows } = await sql<Saved>`
    with saved as (
      insert into order_steps as kept (order_id, step, at, carrier, tracking, source_id, actor, told_at, imports)
      select distinct on (order_id, step, tracking) order_id, step, at, carrier, tracking, source_id, ${ctx.actor.label}, ${ctx.clock.now()},
             ${importId === undefined ? null : [importId]}::bigint[]
        from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
          as row(order_id bigint, step text, at timestamptz, carrier text, tracking text, source_id int, place int)
       order by order_id, step, tracking, at desc, place desc
          on conflict (order_id, step, tracking) do update
             set at = case when excluded.source_id is null then excluded.at else greatest(kept.at, excluded.at) end,
                 carrier = coalesce(excluded.carrier, kept.carrier),
                 actor = case when ${differs} then excluded.actor else kept.actor end,
                 told_at = case when ${differs} then excluded.told_at else kept.told_at end,
                 source_id = case when ${differs} then excluded.source_id else kept.source_id end,
                 imports = case when kept.imports is null or excluded.imports is null then null
                                when kept.imports @> excluded.imports then kept.imports else kept.imports || excluded.imports end
           where ${differs} or (kept.imports is not null and kept.imports @> excluded.imports is not true)
      returning order_id, step, at, xmax = 0 as is_new
    )
    select saved.*, orders.profile_id, orders.number from saved join orders on orders.id = saved.order_id order by at, order_id`.execute(
    ctx.db,
  )
  await settleSteps(ctx, [...new Set(rows.map(({ orderId }) => orderId))])
  for (const [step, kind] of Object.entries(stepFacts)) {
    const news = rows.filter((row) => row.isNew && row.step === step)
    await announceAll(
      ctx,
      kind,
      news.map(({ orderId, profileId, number, at }) => ({
        profileId,
        subjectId: orderId,
        at,
        historic: importId !== undefined || (newsSince !== undefined && at < newsSince),
        data: { number },
      })),
    )
  }
}
