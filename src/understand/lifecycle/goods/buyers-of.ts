import { tagFamilies } from '#know/tags/index.ts'
import type { Context } from '#platform/context.ts'
import { type Bindings, compileCondition, type Lens, planOf, sourceOf } from '#understand/query/index.ts'
import type { Goods } from './goods-contract.ts'
import { boughtGoods } from './goods-sql.ts'

/**
 * When customers bought of goods, or the people of a tag bought anything, as a FROM part: rows (customer_id, bought), `bought` the days with a
 * purchase, rising.
 */
export async function buyersOf(
  ctx: Context,
  lens: Lens,
  of: Goods,
  bindings: Bindings,
  { customerId }: { customerId?: number } = {},
): Promise<string> {
  if (!('tagId' in of)) return boughtGoods(lens, 'category' in of ? 'category' : 'brand', bindings, { of, customerId })
  const { where, yardstick } = planOf({ is: 'tagged', in: [of.tagId] }, { by: 'added', direction: 'up' }, lens, {
    tags: await tagFamilies(ctx),
  })
  const tagged = compileCondition(where, yardstick, bindings)
  const one = customerId === undefined ? '' : ` AND customer_id = ${bindings.bind(customerId, 'UInt64')}`
  return `(SELECT customer_id, arrayDistinct(purchase_days) AS bought FROM ${sourceOf(lens, bindings)}
   WHERE notEmpty(purchase_days) AND ${tagged}${one})`
}
