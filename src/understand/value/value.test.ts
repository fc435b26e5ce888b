import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { aCrowd, rowsOf, someCustomers } from '#understand/projection/testing/records.ts'
import { lensOf } from '#understand/query/index.ts'
import type { Rulers, ValueClass } from './contract.ts'
import { countStandings, gridOf, listStandings, rulersOf, standingOfCustomer, value } from './index.ts'
import { classOf, cutPlaces, groupsFor, scoreOf, scoresOf } from './score.ts'

const house = useHouse()

describe('scores', () => {
  const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 300 })
  const cut = (all: number[], groups: number) => {
    const sorted = all.toSorted((a, b) => a - b)
    return cutPlaces(all.length, groups).map((place) => sorted[place]!)
  }

  test('rise with the value, are equal for equals, and stay between 1 and the number of groups', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(3, 5), (all, groups) => {
        const cuts = cut(all, groups)
        const scored = all.map((one) => [one, scoreOf(one, cuts)] as const).sort((a, b) => a[0] - b[0])
        for (const [index, [one, score]] of scored.entries()) {
          expect(score >= 1 && score <= groups).toBe(true)
          const before = scored[index - 1]
          if (before) expect(one === before[0] ? score === before[1] : score >= before[1]).toBe(true)
        }
      }),
    )
  })

  test('at least a fifth of the buyers lies at or below the first cut, and exactly a fifth where nobody ties', () => {
    fc.assert(
      fc.property(values, (all) => {
        const [first] = cut(all, 5)
        expect(all.filter((one) => one <= first!).length * 5).toBeGreaterThanOrEqual(all.length)
      }),
    )
    const distinct = Array.from({ length: 50 }, (_, index) => index)
    const cuts = cut(distinct, 5)
    expect([1, 2, 3, 4, 5].map((score) => distinct.filter((one) => scoreOf(one, cuts) === score).length)).toEqual([
      10, 10, 10, 10, 10,
    ])
  })

  test('where most bought once, once is the lowest score', () => {
    const all = [...Array.from({ length: 80 }, () => 1), ...Array.from({ length: 20 }, () => 5)]

    expect([scoreOf(1, cut(all, 5)), scoreOf(5, cut(all, 5))]).toEqual([1, 5])
  })

  test('few buyers are cut into thirds, very few not at all', () => {
    expect([0, 14, 15, 49, 50, 1_000_000].map(groupsFor)).toEqual([0, 0, 3, 3, 5, 5])
  })

  test('the classes are told by money and number of purchases', () => {
    const of = (frequency: number, monetary: number) =>
      classOf({ recency: 1, frequency, monetary, frequencyMonetary: 3 }, 4)

    expect([of(5, 5), of(3, 4), of(4, 3), of(3, 3)]).toEqual(['retain', 'develop', 'loyal', 'ordinary'])
  })
})

type Trait = { customer_id: number; last_purchase: string | null; purchases: number; revenue: number }

async function buyersOf(ctx: Context): Promise<Trait[]> {
  return rowsOf(ctx, 'SELECT customer_id, last_purchase, purchases, revenue FROM traits FINAL WHERE purchases > 0')
}

describe('the value of a crowd', () => {
  test('cuts, scores, classes and the grid are the same in the columns and by the rule', async () => {
    const ctx = await house()
    await aCrowd(ctx, 300)
    await projectAll(ctx)
    const buyers = await buyersOf(ctx)

    const rulers = await rulersOf(ctx, await lensOf(ctx))
    const places = cutPlaces(buyers.length, 5)
    const cutsBy = <T extends string | number>(of: (buyer: Trait) => T) => {
      const sorted = buyers.map(of).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      return places.map((place) => sorted[place]!)
    }
    expect(rulers).toEqual({
      asOf: '2026-03-01',
      buyers: buyers.length,
      groups: 5,
      high: 4,
      recency: cutsBy((one) => one.last_purchase!),
      frequency: cutsBy((one) => one.purchases),
      monetary: cutsBy((one) => one.revenue),
    } satisfies Rulers)

    const classes = new Map<ValueClass, number>()
    for (const { last_purchase, purchases, revenue } of buyers) {
      const scores = scoresOf({ lastPurchase: last_purchase, purchases, revenue }, rulers)!
      const name = classOf(scores, rulers.high)
      classes.set(name, (classes.get(name) ?? 0) + 1)
    }
    const grid = await gridOf(ctx, {})
    for (const { valueClass, customers, people } of grid.classes) {
      expect(customers).toBe(classes.get(valueClass) ?? 0)
      expect(await countStandings(ctx, { where: people })).toBe(customers)
    }
    for (const { customers, people } of grid.cells) expect(await countStandings(ctx, { where: people })).toBe(customers)
    expect(grid.cells.reduce((sum, cell) => sum + cell.customers, 0)).toBe(buyers.length)

    const { items } = await listStandings(ctx, { where: { is: 'class', in: ['loyal', 'retain'] }, limit: 100 })
    expect(items.every((one) => one.valueClass === 'loyal' || one.valueClass === 'retain')).toBe(true)
  })

  test('a shop of twelve is not cut, and says so', async () => {
    const ctx = await house()
    await someCustomers(
      ctx,
      Array.from({ length: 12 }, (_, index) => ({ orders: [{ day: '2026-02-01', amount: 100 * index }] })),
    )
    await projectAll(ctx)

    const grid = await gridOf(ctx, {})
    const standing = await standingOfCustomer(ctx, 1)

    expect(grid).toMatchObject({ rulers: { buyers: 12, groups: 0 }, cells: [], classes: [] })
    expect(standing).toMatchObject({ scores: null, valueClass: null, valueReason: { missing: 'too_few_buyers' } })
    expect(await countStandings(ctx, { where: { is: 'class', in: ['ordinary'] } })).toBe(0)
    expect(await countStandings(ctx, { where: { is: 'not', of: { is: 'class', in: ['ordinary'] } } })).toBe(0)
  })
})

describe('a customer’s standing', () => {
  test('comes with what it rests on, and what would lift her', async () => {
    const ctx = await house()
    await someCustomers(ctx, [
      ...Array.from({ length: 20 }, (_, index) => ({
        orders: Array.from({ length: 1 + (index % 3) }, () => ({ day: '2026-02-01', amount: 1000 })),
      })),
      {},
    ])
    await projectAll(ctx)
    const { request } = serverOf(ctx, [value], staffActor(['customers.read']))

    const once = await request('GET', '/customers/1/standing')
    const never = await request('GET', '/customers/21/standing')
    const nobody = await request('GET', '/customers/99/standing')

    expect(once.body).toMatchObject({
      stage: 'active',
      isNew: true,
      scores: { recency: 1, frequency: 1, monetary: 1, frequencyMonetary: 1 },
      valueClass: 'ordinary',
      stageReason: { lastPurchaseDay: '2026-02-01', daysSince: 28, nextStage: 'silent', nextDay: '2026-05-02' },
      valueReason: { missing: null, highFrequency: false, toHighFrequency: 2, toHighMonetary: 1001 },
    })
    expect(never.body).toMatchObject({ stage: 'never', valueReason: { missing: 'never_bought' } })
    expect(nobody).toMatchObject({ status: 404, body: { code: 'customers.unknown' } })
  })

  test('lists show the person from the records and the numbers from the columns', async () => {
    const ctx = await house()
    await someCustomers(ctx, [
      { country: 'China', phone: '+8613800000001', orders: [{ day: '2026-02-01', amount: 1000 }] },
      { country: 'France', orders: [{ day: '2026-02-03', amount: 500 }] },
    ])
    await projectAll(ctx)
    const { request } = serverOf(ctx, [value])

    const first = await request('POST', '/customers/query', { body: { limit: 1 } })
    const second = await request('POST', '/customers/query', { body: { limit: 1, after: first.body.next } })
    const count = await request('POST', '/customers/query/count', { body: { where: { is: 'has', what: 'phone' } } })

    expect(first.body.items).toMatchObject([{ customerId: 2, revenue: 500, customer: { id: 2, country: 'France' } }])
    expect(second.body).toMatchObject({ items: [{ customerId: 1, stage: 'active', customer: { country: 'China' } }] })
    expect(second.body.next).toBeUndefined()
    expect(count.body).toEqual({ customers: 1 })
  })

  test('staff of another shop do not see her', async () => {
    const ctx = await house()
    await someCustomers(ctx, [{ orders: [{ day: '2026-02-01' }] }])
    await projectAll(ctx)
    const stranger = staffActor(['customers.read'], { scope: { kind: 'shops', shopIds: [7] } })
    const { request } = serverOf(ctx, [value], stranger)

    expect((await request('GET', '/customers/1/standing')).status).toBe(404)
    expect((await request('POST', '/customers/query', { body: {} })).body.items).toEqual([])
  })
})
