import { expect, test } from 'vitest'
import { useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { countCustomers } from '#understand/query/index.ts'
import { openShop } from '#understand/query/testing/open-shop.ts'
import { type Person, smallShop } from '#understand/query/testing/small-shop.ts'
import { planFor } from '#understand/value/index.ts'
import { affinityOf } from './affinity-of.ts'

const house = useHouse()
const shop = smallShop(9, 200)

/** The different things that a person bought in the days, from the data. */
function thingsOf({ orders }: Person, by: 'product' | 'category', from: string): Set<string> {
  const bought = orders.filter(({ kind, status, day }) => kind === 'sale' && status !== 'void' && day >= from)
  const ids = bought.flatMap(({ lines }) =>
    lines.flatMap(({ kind, productId }) => (kind === 'postage' ? [] : (productId ?? []))),
  )
  if (by === 'product') return new Set(ids.map(String))
  return new Set(ids.flatMap((id) => shop.products.find((one) => one.id === id)?.category ?? []))
}

test('what the same people buy is what one counts by looking at each, more often than by chance, and opens them', async () => {
  const ctx = await house()
  await openShop(ctx, shop)
  await projectAll(ctx)
  let told = 0

  for (const by of ['product', 'category'] as const) {
    const { from, buyers, pairs } = await affinityOf(ctx, { by, days: 365 })
    const things = shop.people.map((one) => thingsOf(one, by, from))
    const who = (...keys: string[]) => things.filter((of) => keys.every((key) => of.has(key))).length
    const all = [...new Set(things.flatMap((of) => [...of]))].sort()
    const expected = all.flatMap((one, at) =>
      all.slice(at + 1).filter((other) => {
        const both = who(one, other)
        return both >= 5 && both * buyers > who(one) * who(other)
      }),
    ).length

    expect(pairs.length).toBe(expected)
    told += pairs.length
    for (const { one, other, boughtOne, boughtOther, boughtBoth, lift, people, notYet } of pairs) {
      expect([boughtOne, boughtOther, boughtBoth]).toEqual([who(one), who(other), who(one, other)])
      expect(lift).toBeCloseTo((boughtBoth * buyers) / (boughtOne * boughtOther), 10)
      expect(await countCustomers(ctx, await planFor(ctx, { where: people }))).toBe(boughtBoth)
      expect(await countCustomers(ctx, await planFor(ctx, { where: notYet }))).toBe(boughtOne - boughtBoth)
    }
    // Who bought goods that have no name in the catalog is a buyer too.
    expect(buyers).toBeGreaterThanOrEqual(things.filter(({ size }) => size > 0).length)
  }
  expect(told).toBeGreaterThan(0)
})
