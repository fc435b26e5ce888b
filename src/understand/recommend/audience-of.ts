import { sql } from 'kysely'
import type { z } from 'zod'
import { productOf } from '#know/catalog/index.ts'
import { visibleCustomers } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import type { Condition } from '#understand/query/contract.ts'
import { countCustomers, lensOf, planOf, rowsOf } from '#understand/query/index.ts'
import { mostAlike, shelvesOf, type Traits } from './alike.ts'
import type { recommendContract } from './contract.ts'
import { type CurrentModel, currentModel, shownModel } from './current-model.ts'
import { productsShown, told } from './products-shown.ts'

type Audience = z.output<NonNullable<(typeof recommendContract.audience)['~orpc']['outputSchema']>>

/** Products that it goes with; how many bought each is one more reading of the lines. */
const mostBecause = 8

/** A year: whoever bought it longer ago has moved on. */
const days = 365

/**
 * Whom a product would interest: who bought within a year what it goes with, and not itself. What it goes with is the model's to say; of
 * one that is newer than the model, what is written of it.
 * @throws Refusal `catalog.unknown`
 */
export async function audienceOf(ctx: Context, { id }: { id: number }): Promise<Audience> {
  const product = await productOf(ctx, id)
  const [lens, model] = await Promise.all([lensOf(ctx), currentModel(ctx)])
  const sources = await goesWith(ctx, product, model)
  const products = await productsShown(
    ctx,
    sources.map(({ id }) => id),
  )
  const count = (where: Condition) =>
    countCustomers(ctx, planOf(where, { by: 'lastPurchase', direction: 'down' }, lens, {}))
  const bought = (productIds: number[]): Condition => ({ is: 'orders', of: 'count', atLeast: 1, productIds, days })
  const has: Condition = { is: 'boughtProduct', productId: id }
  const near = sources.filter((one) => products.has(one.id))
  const refused = await refusedBy(ctx, id)
  if (near.length === 0) {
    const none = { because: [], people: null, customers: 0, reachable: 0, haveIt: 0 }
    return { asOf: lens.asOf, model: shownModel(model), refused, ...none }
  }
  const any = bought(near.map((one) => one.id))
  const without: Condition = { is: 'not', of: has }
  const people: Condition = { is: 'and', of: [any, without] }
  const reach: Condition = {
    is: 'or',
    of: [
      { is: 'has', what: 'phone' },
      { is: 'has', what: 'email' },
    ],
  }
  const [customers, reachable, haveIt, ...each] = await Promise.all([
    count(people),
    count({ is: 'and', of: [any, without, reach] }),
    count({ is: 'and', of: [any, has] }),
    ...near.map((one) => count({ is: 'and', of: [bought([one.id]), without] })),
  ])
  return {
    asOf: lens.asOf,
    model: shownModel(model),
    because: near.map((one, at) => ({
      product: told(products.get(one.id)!),
      alike: one.alike,
      customers: each[at]!,
      people: { is: 'and', of: [bought([one.id]), without] },
    })),
    people,
    ...{ customers, reachable, haveIt, refused },
  }
}

/** The products that speak for one, the strongest first. */
async function goesWith(
  ctx: Context,
  product: Traits,
  model: CurrentModel | undefined,
): Promise<{ id: number; alike: boolean }[]> {
  const rows = model
    ? await rowsOf<{ id: number; alike: number }>(ctx, {
        sql: `SELECT product_id AS id, alike FROM related_products
               WHERE model = {model:UInt32} AND other_id = {id:UInt64} AND weight > 0 ORDER BY alike, weight DESC, product_id LIMIT ${mostBecause}`,
        params: { model: model.number, id: product.id },
      })
    : []
  if (rows.length > 0) return rows.map(({ id, alike }) => ({ id, alike: alike === 1 }))
  const { rows: shelf } = await sql<Traits>`
    (select id, category, brand_id, price from products where category = ${product.category} and category <> '' order by id limit 500)
    union (select id, category, brand_id, price from products where brand_id = ${product.brandId} order by id limit 500)`.execute(
    ctx.db,
  )
  return mostAlike(product, shelvesOf(shelf), mostBecause).map(({ id }) => ({ id, alike: true }))
}

async function refusedBy(ctx: Context, productId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct map.customer_id)::int as count from product_refusals r
      join profile_customers map on map.profile_id = r.profile_id join customers on customers.id = map.customer_id
     where r.product_id = ${productId} and ${visibleCustomers(ctx)}`.execute(ctx.db)
  return rows[0]!.count
}
