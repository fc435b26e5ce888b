import type { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { rowsOf } from '#understand/query/index.ts'
import type { recommendContract } from './contract.ts'
import { currentModel, shownModel } from './current-model.ts'

type Lists = z.output<NonNullable<(typeof recommendContract.lists)['~orpc']['outputSchema']>>

/** The lists that the model of the day made, by customer in rising number. Who was merged since stands under the old number. */
export async function listsOfAll(ctx: Context, { limit, after }: { limit: number; after: number }): Promise<Lists> {
  const model = await currentModel(ctx)
  if (!model) return { model: null, items: [] }
  const items = await rowsOf<{ customerId: number; ids: number[]; scores: number[]; reasons: string[] }>(ctx, {
    sql: `SELECT customer_id AS customerId, groupArray(product_id) AS ids, groupArray(score) AS scores, groupArray(toString(reason)) AS reasons
            FROM (SELECT * FROM next_products WHERE model = {model:UInt32} AND customer_id > {after:UInt64} ORDER BY customer_id, place)
           GROUP BY customer_id ORDER BY customer_id LIMIT {limit:UInt32}`,
    params: { model: model.number, after, limit },
  })
  return {
    model: shownModel(model),
    items: items.map(({ customerId, ids, scores, reasons }) => ({
      customerId,
      products: ids.map((productId, at) => ({ productId, score: scores[at]!, reason: reasons[at]! })),
    })),
    ...(items.length === limit ? { next: items.at(-1)!.customerId } : {}),
  }
}
