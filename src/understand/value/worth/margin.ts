import { sql } from 'kysely'
import { isGoods, productKind } from '#know/catalog/contract.ts'
import type { Context } from '#platform/context.ts'
import { addDays } from '#platform/days.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { type Setting, saveSetting, settingOf } from '#platform/settings.ts'
import { answered, bindings, lensOf, rowsOf } from '#understand/query/index.ts'
import { marginChanged } from '../facts.ts'
import { type Margin, margin } from './worth-contract.ts'

/** The margin that the shop said (version 0: nobody has). */
export function marginOf(ctx: Context): Promise<Setting<Margin>> {
  return settingOf(ctx, 'value.margin', margin, { percent: null })
}

/** @throws Refusal `http.stale` */
export function saveMargin(ctx: Context, value: Margin, version: number): Promise<Setting<Margin>> {
  return inTransaction(ctx, async (ctx) => {
    const before = await marginOf(ctx)
    const saved = await saveSetting(ctx, 'value.margin', margin, value, version)
    await announce(ctx, marginChanged, { data: { before: before.value.percent, after: saved.value.percent } })
    return saved
  })
}

const goodsKinds = productKind.options.filter(isGoods)

/**
 * The margin of the last 365 days by the costs that products have today: what was sold of each product, one reading of the lines, times
 * its cost. Nothing where less than half of the money is of goods whose cost is known.
 */
export async function marginTold(ctx: Context): Promise<{ percent: number; known: number } | null> {
  const lens = await lensOf(ctx)
  const { rows: costs } = await sql<{ id: number; cost: number }>`
    select id, cost from products where cost is not null`.execute(ctx.db)
  if (costs.length === 0) return null
  const sold = await answered(ctx, `value.sold ${JSON.stringify(lens)}`, () => {
    const { bind, params } = bindings()
    return rowsOf<{ productId: number; amount: number; quantity: number }>(ctx, {
      sql: `SELECT product_id AS productId, sum(amount) AS amount, toFloat64(sum(quantity)) AS quantity FROM order_lines FINAL
 WHERE counts = 1 AND has(${bind([...goodsKinds], 'Array(String)')}, kind) AND day > ${bind(addDays(lens.asOf, -365), 'Date')} AND day <= ${bind(lens.asOf, 'Date')}
   AND profile_id NOT IN (SELECT profile_id FROM left_out FINAL)
 GROUP BY product_id`,
      params,
    })
  })
  const cost = new Map(costs.map((one) => [one.id, one.cost]))
  const all = sold.reduce((sum, { amount }) => sum + amount, 0)
  const known = sold.filter(({ productId }) => cost.has(productId))
  const money = known.reduce((sum, { amount }) => sum + amount, 0)
  if (all <= 0 || money < all / 2) return null
  const spent = known.reduce((sum, { productId, quantity }) => sum + quantity * cost.get(productId)!, 0)
  return { percent: Math.round(((money - spent) / money) * 100), known: Math.min(1, money / all) }
}
