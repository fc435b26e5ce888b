import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { stepFacts } from '../facts.ts'
import { settleSteps } from './settle-steps.ts'

const most = 5_000

/**
 * Takes back what an import told of orders' ways, a part at a time: a step that rests on it alone goes, with what was announced of it;
 * one that another import told too rests on that from now on; what a hand or a door told as well was taken off it before.
 * @returns how many steps were looked at; 0: none is left
 */
export async function withdrawSteps(ctx: Context, importId: number): Promise<number> {
  const { rows } = await sql<{ orderId: number; gone: boolean }>`
    with asked as (
      select id, order_id, step, at, imports = array[${importId}]::bigint[] as gone from order_steps
       where imports @> array[${importId}]::bigint[] order by id limit ${most} for update
    ),
    gone as (delete from order_steps using asked where order_steps.id = asked.id and asked.gone),
    kept as (
      update order_steps set imports = array_remove(imports, ${importId}::bigint) from asked where order_steps.id = asked.id and not asked.gone
    ),
    untold as (
      delete from facts using asked join orders on orders.id = asked.order_id
       where asked.gone and facts.profile_id = orders.profile_id and facts.subject_id = asked.order_id and facts.historic
         and facts.actor = ${`import:${importId}`}
         and facts.kind = (${JSON.stringify(kinds)}::jsonb ->> asked.step) and facts.at = asked.at
    )
    select order_id, gone from asked`.execute(ctx.db)
  await settleSteps(ctx, [...new Set(rows.flatMap(({ orderId, gone }) => (gone ? [orderId] : [])))])
  return rows.length
}

const kinds = Object.fromEntries(Object.entries(stepFacts).map(([step, { kind }]) => [step, kind]))
