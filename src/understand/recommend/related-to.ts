import type { z } from 'zod'
import { productOf } from '#know/catalog/index.ts'
import type { Context } from '#platform/context.ts'
import { rowsOf } from '#understand/query/index.ts'
import type { recommendContract } from './contract.ts'
import { currentModel, shownModel } from './current-model.ts'
import { productsShown, told } from './products-shown.ts'

type RelatedTo = z.output<NonNullable<(typeof recommendContract.related)['~orpc']['outputSchema']>>

/** What goes with a product, the nearest first, of what is still offered. @throws Refusal `catalog.unknown` */
export async function relatedTo(ctx: Context, { id, limit }: { id: number; limit: number }): Promise<RelatedTo> {
  await productOf(ctx, id)
  const model = await currentModel(ctx)
  if (!model) return { model: null, items: [] }
  const rows = await rowsOf<{ otherId: number; together: number; alike: number }>(ctx, {
    sql: `SELECT other_id AS otherId, together, alike FROM related_products
           WHERE model = {model:UInt32} AND product_id = {id:UInt64} AND weight > 0 ORDER BY weight DESC, other_id LIMIT 100`,
    params: { model: model.number, id },
  })
  const products = await productsShown(
    ctx,
    rows.map(({ otherId }) => otherId),
  )
  const items = rows.flatMap(({ otherId, together, alike }) => {
    const product = products.get(otherId)
    return product?.offered ? [{ product: told(product), together, alike: alike === 1 }] : []
  })
  return { model: shownModel(model), items: items.slice(0, limit) }
}
