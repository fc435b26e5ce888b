import type { z } from 'zod'
import { customersByIds, seenProfiles } from '#know/customers/index.ts'
import { customerOf } from '#know/identity/index.ts'
import type { Context } from '#platform/context.ts'
import { rowsOf } from '#understand/query/index.ts'
import type { recommendContract, ShownReason } from './contract.ts'
import { type CurrentModel, currentModel, shownModel } from './current-model.ts'
import { saidOf } from './declared.ts'
import type { Habit } from './habit.ts'
import { nextProducts, type Reason, type Told } from './next.ts'
import { type KnownProduct, productsShown, told } from './products-shown.ts'
import { refusalsOf } from './refusals.ts'
import type { DayNumber, Signal } from './signal.ts'
import { dayOf, signalsOf } from './signals-of.ts'

type NextFor = z.output<NonNullable<(typeof recommendContract.next)['~orpc']['outputSchema']>>

/**
 * What is next for a customer now: of what was done until this moment, at the shops that the actor sees, by the model of the day. What
 * the person says against a category or brand outranks all that was counted.
 * @throws Refusal `customers.unknown`
 */
export async function nextFor(ctx: Context, { id, limit }: { id: number; limit: number }): Promise<NextFor> {
  const customerId = await customerOf(ctx, id)
  const profileIds = await seenProfiles(ctx, customerId)
  const [{ asOf, today, signals }, refused, model, people] = await Promise.all([
    signalsOf(ctx, profileIds),
    refusalsOf(ctx, profileIds),
    currentModel(ctx),
    customersByIds(ctx, [customerId], { columns: ['preferences'] }),
  ])
  const refusedIds = new Set(refused.map(({ product }) => product.id))
  const { saying, products } = await toldOf(ctx, model, signals, refusedIds)
  const said = saidOf(people[0]?.more?.preferences, namesOf(products))
  const wanted: Told = {
    ...saying,
    isOffered: (productId) => {
      const product = products.get(productId)
      return product?.offered === true && !isAgainst(product, said)
    },
  }
  const list = nextProducts(signals, wanted, { today, most: limit, refused: refusedIds })
  return {
    asOf,
    model: shownModel(model),
    items: list.map(({ productId, score, reason }) => ({
      product: told(products.get(productId)!),
      score,
      reason: shownReason(reason, today, products),
    })),
    refused,
  }
}

/** What the model says of what somebody took, and the products that it speaks of. */
async function toldOf(
  ctx: Context,
  model: CurrentModel | undefined,
  signals: readonly Signal[],
  refused: ReadonlySet<number>,
): Promise<{ saying: Omit<Told, 'isOffered'>; products: Map<number, KnownProduct> }> {
  const ids = [...new Set([...signals.map(({ productId }) => productId), ...refused])]
  const params = { model: model?.number ?? 0, ids }
  const [related, habits] = model
    ? await Promise.all([
        rowsOf<{ id: number; productId: number; weight: number; alike: number }>(ctx, {
          sql: `SELECT product_id AS id, other_id AS productId, weight, alike FROM related_products
                 WHERE model = {model:UInt32} AND product_id IN {ids:Array(UInt64)}`,
          params,
        }),
        rowsOf<Habit & { id: number }>(ctx, {
          sql: `SELECT product_id AS id, buyers, again, every FROM product_habits
                 WHERE model = {model:UInt32} AND product_id IN {ids:Array(UInt64)}`,
          params,
        }),
      ])
    : [[], []]
  const speaks = Map.groupBy(related, ({ id }) => id)
  const habit = new Map(habits.map((one) => [one.id, one]))
  return {
    saying: {
      related: (productId) =>
        (speaks.get(productId) ?? []).map(({ productId, weight, alike }) => ({
          productId,
          weight,
          alike: alike === 1,
        })),
      habit: (productId) => habit.get(productId),
    },
    products: await productsShown(ctx, [...new Set([...ids, ...related.map(({ productId }) => productId)])]),
  }
}

function namesOf(products: ReadonlyMap<number, KnownProduct>): string[] {
  return [...products.values()].flatMap(({ category, brand }) => [category ?? [], brand ?? []].flat())
}

function isAgainst({ category, brand }: KnownProduct, said: ReadonlyMap<string, 'for' | 'against'>): boolean {
  return [category, brand].some((name) => name !== null && said.get(name) === 'against')
}

function shownReason(reason: Reason, today: DayNumber, products: ReadonlyMap<number, KnownProduct>): ShownReason {
  switch (reason.is) {
    case 'runs_out':
      return { is: 'runs_out', every: reason.every, since: dayOf(reason.since), days: today - reason.since }
    case 'related':
    case 'alike':
      return { is: reason.is, product: told(products.get(reason.productId)!) }
    default:
      return { is: reason.is, since: dayOf(reason.since), days: today - reason.since, times: reason.times }
  }
}
