import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { addDays } from '#platform/days.ts'
import { useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { aCrowd, rowsOf, someCustomers } from '#understand/projection/testing/records.ts'
import { countCustomers, lensOf, planOf } from '#understand/query/index.ts'
import { stages } from './contract.ts'
import { distributionOf, flowOf } from './index.ts'
import { judged } from './judge-sql.ts'
import { defaultThresholds, isNewOn, reasonOf, recheckDay, stageOn } from './stage.ts'
import { transitionsOf } from './transitions.ts'

const house = useHouse()
const days = fc.integer({ min: 0, max: 700 }).map((count) => addDays('2025-01-01', count))
const purchases = fc
  .option(fc.tuple(days, fc.integer({ min: 0, max: 500 })))
  .map((made) =>
    made
      ? { firstPurchase: made[0], lastPurchase: addDays(made[0], made[1]) }
      : { firstPurchase: null, lastPurchase: null },
  )
const thresholds = fc
  .tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 }))
  .map(([a, b, c]) => ({ active: a, silent: a + b, sleeping: a + b + c }))

describe('the rule of the stages', () => {
  test('active until the 89th day, silent from the 90th, sleeping from the 180th, lost from the 270th', () => {
    const stageAfter = (count: number) =>
      stageOn(addDays('2026-01-01', count), { firstPurchase: null, lastPurchase: '2026-01-01' }, defaultThresholds)

    expect([0, 89, 90, 179, 180, 269, 270, 5000].map(stageAfter)).toEqual([
      'active',
      'active',
      'silent',
      'silent',
      'sleeping',
      'sleeping',
      'lost',
      'lost',
    ])
  })

  test('the reason names what comes next and when', () => {
    expect(
      reasonOf('2026-03-01', { firstPurchase: '2024-05-01', lastPurchase: '2025-11-01' }, defaultThresholds),
    ).toEqual({
      stage: 'silent',
      isNew: false,
      asOf: '2026-03-01',
      firstPurchaseDay: '2024-05-01',
      lastPurchaseDay: '2025-11-01',
      daysSince: 120,
      thresholds: defaultThresholds,
      nextStage: 'sleeping',
      nextDay: '2026-04-30',
    })
  })

  test('nothing changes before the day of recheck, and something on it', () => {
    fc.assert(
      fc.property(purchases, thresholds, fc.integer({ min: 0, max: 900 }), (bought, limits, count) => {
        fc.pre(bought.lastPurchase !== null)
        const today = addDays(bought.lastPurchase!, count)
        const recheck = recheckDay(today, bought, limits)
        const standing = (day: string) => [stageOn(day, bought, limits), isNewOn(day, bought, limits)]
        if (recheck === null) {
          expect(standing(addDays(today, 4000))).toEqual(standing(today))
          return
        }
        expect(recheck > today).toBe(true)
        expect(standing(addDays(recheck, -1))).toEqual(standing(today))
        expect(standing(recheck)).not.toEqual(standing(today))
      }),
    )
  })
})

describe('one rule, told four times', () => {
  test('Postgres judges as the rule does', async () => {
    const ctx = await house()
    const cases = fc.sample(fc.tuple(purchases, thresholds, fc.integer({ min: 0, max: 900 })), 40)
    for (const [bought, limits, count] of cases) {
      const today = addDays(bought.lastPurchase ?? '2026-01-01', count)
      const { rows } = await sql<{ stage: string; isNew: boolean; recheckOn: string | null }>`
        select ${judged('r', today, limits)}
          from (select ${bought.firstPurchase}::date as first_purchase, ${bought.lastPurchase}::date as last_purchase) as r`.execute(
        ctx.db,
      )
      expect(rows[0]).toMatchObject({
        stage: stageOn(today, bought, limits),
        isNew: isNewOn(today, bought, limits),
        recheckOn: recheckDay(today, bought, limits),
      })
    }
  })

  test('conditions, counts, the flow of the past and the rule agree on a crowd', async () => {
    const ctx = await house()
    await aCrowd(ctx, 400)
    await projectAll(ctx)

    for (const asOf of ['2026-03-01', '2025-07-31', '2024-02-29']) {
      const naive = await naively(ctx, asOf)
      const lens = await lensOf(ctx, { asOf })
      const counted = await distributionOf(ctx, lens, defaultThresholds)
      const found = Object.fromEntries(
        await Promise.all(
          stages.map(async (stage) => {
            const plan = planOf({ is: 'stage', in: [stage] }, sort, lens, { thresholds: defaultThresholds })
            return [stage, await countCustomers(ctx, plan)] as const
          }),
        ),
      )
      const fresh = await countCustomers(ctx, planOf({ is: 'new' }, sort, lens, { thresholds: defaultThresholds }))
      const flow = await flowOf(ctx, { asOf, months: 12 })

      expect(counted).toEqual(naive)
      expect({ ...found, new: fresh }).toEqual(naive)
      expect(flow.months.at(-1)).toMatchObject({ day: asOf, stages: naive })
      expect(flow.months.length).toBe(12)
    }
  })

  test('each month of the flow is as a look on its last day, and its moves lead there', async () => {
    const ctx = await house()
    await aCrowd(ctx, 300, 7)
    await projectAll(ctx)

    const { months } = await flowOf(ctx, { months: 8 })
    let before = months[0]!.stages
    for (const { day, stages: standing, moves } of months.slice(1)) {
      expect(standing).toEqual(await naively(ctx, day))
      // Each number opens those who moved.
      for (const { customers, people } of moves) {
        const plan = planOf(people, sort, await lensOf(ctx, { asOf: day }), { thresholds: defaultThresholds })
        expect(await countCustomers(ctx, plan)).toBe(customers)
      }
      for (const stage of stages) {
        if (stage === 'never') continue
        const came = moves.filter(({ to }) => to === stage).reduce((sum, one) => sum + one.customers, 0)
        const went = moves.filter(({ from }) => from === stage).reduce((sum, one) => sum + one.customers, 0)
        expect(before[stage] + came - went).toBe(standing[stage])
      }
      before = standing
    }
  })

  test('between two days everybody stands once on each side', async () => {
    const ctx = await house()
    await someCustomers(ctx, [
      { orders: [{ day: '2025-10-01' }, { day: '2026-02-01' }] },
      { orders: [{ day: '2025-10-01' }] },
      { orders: [{ day: '2026-02-01' }] },
    ])
    await projectAll(ctx)

    const moves = await transitionsOf(ctx, { from: '2025-12-01', to: '2026-03-01' })

    expect(moves).toHaveLength(3)
    expect(moves).toEqual(
      expect.arrayContaining([
        { from: 'active', to: 'active', customers: 1 },
        { from: 'active', to: 'silent', customers: 1 },
        { from: 'never', to: 'active', customers: 1 },
      ]),
    )
  })
})

const sort = { by: 'added', direction: 'down' } as const

/** By the rule alone, from each customer's purchases. */
async function naively(ctx: Context, asOf: string) {
  const rows = await rowsOf<{ added: string; days: string[]; sales: number[] }>(
    ctx,
    'SELECT added, days, sales FROM traits FINAL',
  )
  const counts: Record<string, number> = { active: 0, silent: 0, sleeping: 0, lost: 0, never: 0, new: 0 }
  for (const { added, days: placed, sales } of rows) {
    if (added > asOf && !(placed[0] && placed[0] <= asOf)) continue
    const bought = placed.filter((day, index) => sales[index] === 1 && day <= asOf)
    const made = { firstPurchase: bought[0] ?? null, lastPurchase: bought.at(-1) ?? null }
    counts[stageOn(asOf, made, defaultThresholds)]! += 1
    if (isNewOn(asOf, made, defaultThresholds)) counts.new! += 1
  }
  return counts
}
