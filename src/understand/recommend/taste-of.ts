import { sql } from 'kysely'
import { customersByIds, seenProfiles } from '#know/customers/index.ts'
import { customerOf } from '#know/identity/index.ts'
import type { Context } from '#platform/context.ts'
import { addDays, type Day } from '#platform/days.ts'
import { answered, rowsOf } from '#understand/query/index.ts'
import type { ShownTaste } from './contract.ts'
import { saidOf } from './declared.ts'
import { productsShown } from './products-shown.ts'
import { refusalsOf } from './refusals.ts'
import { dayOf, signalsOf } from './signals-of.ts'
import { enoughProducts, halfLife, type Inclination, inclinations } from './taste.ts'

const most = 6

/** What a customer is inclined to, with what it rests on. @throws Refusal `customers.unknown` */
export async function tasteOf(ctx: Context, id: number): Promise<ShownTaste> {
  const customerId = await customerOf(ctx, id)
  const profileIds = await seenProfiles(ctx, customerId)
  const [{ asOf, today, signals }, refusals, people, names] = await Promise.all([
    signalsOf(ctx, profileIds),
    refusalsOf(ctx, profileIds),
    customersByIds(ctx, [customerId], { columns: ['preferences'] }),
    namesInCatalog(ctx),
  ])
  const [products, priceCuts] = await Promise.all([
    productsShown(
      ctx,
      signals.map(({ productId }) => productId),
    ),
    priceCutsOf(ctx, asOf),
  ])
  const words = people[0]?.more?.preferences
  const preferences = typeof words === 'string' && words.trim() !== '' ? words : null
  const refused = new Set(refusals.map(({ product }) => product.id))
  const said = { category: saidOf(preferences, names.categories), brand: saidOf(preferences, names.brands) }
  const by = (mark: (productId: number) => string | null | undefined, said = new Map<string, 'for' | 'against'>()) =>
    inclinations(signals, mark, { today, refused, said, most }).map(shown)
  const enough = signals.length >= enoughProducts
  // What the person said holds however little was bought.
  const held = (all: ShownTaste['categories']) => (enough ? all : all.filter((one) => one.said !== null))
  return {
    asOf,
    words: preferences,
    products: signals.length,
    enough,
    halfLife,
    categories: held(by((id) => products.get(id)?.category, said.category)),
    brands: held(by((id) => products.get(id)?.brand, said.brand)),
    priceBands: priceCuts ? held(by((id) => bandOf(products.get(id)?.price, priceCuts))) : [],
    priceCuts,
  }
}

function shown({ last, ...one }: Inclination): ShownTaste['categories'][number] {
  return { ...one, last: last > 0 ? dayOf(last) : null }
}

function bandOf(price: number | null | undefined, { low, high }: { low: number; high: number }): string | undefined {
  if (price === null || price === undefined) return undefined
  return price <= low ? 'low' : price <= high ? 'middle' : 'high'
}

/** Categories and brands by name. A shop has hundreds, not thousands. */
async function namesInCatalog(ctx: Context): Promise<{ categories: string[]; brands: string[] }> {
  const { rows } = await sql<{ categories: string[]; brands: string[] }>`
    select array(select distinct category from products where category <> '' limit 2000) as categories,
           array(select name from brands limit 2000) as brands`.execute(ctx.db)
  return rows[0]!
}

/** Thirds of the prices of what was sold within a year, each sale counted; nothing where products have no prices. */
async function priceCutsOf(ctx: Context, asOf: Day): Promise<{ low: number; high: number } | null> {
  return answered(ctx, `recommend.prices ${asOf}`, async () => {
    const [row] = await rowsOf<{ sold: number; cuts: [number, number] }>(ctx, {
      sql: `SELECT count() AS sold, quantilesTDigest(0.3333, 0.6667)(toFloat64(p.price)) AS cuts
              FROM (SELECT product_id FROM order_lines FINAL WHERE sale = 1 AND product_id > 0 AND day > {from:Date} AND day <= {to:Date}) AS l
             INNER JOIN (SELECT id, price FROM products FINAL WHERE price > 0) AS p ON p.id = l.product_id`,
      params: { from: addDays(asOf, -365), to: asOf },
    })
    if (!row || row.sold < 30 || row.cuts[0] === row.cuts[1]) return null
    return { low: Math.round(row.cuts[0]), high: Math.round(row.cuts[1]) }
  })
}
