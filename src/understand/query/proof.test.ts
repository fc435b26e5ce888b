import fc from 'fast-check'
import { expect, test } from 'vitest'
import { useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { type Condition, condition } from './contract.ts'
import { compileAnswers, lensOf, planOf, refuseCostly, rowsOf } from './index.ts'
import { isThere, naive } from './testing/naive.ts'
import { naiveTimes } from './testing/naive-calendar.ts'
import type { NaiveLens } from './testing/naive-lens.ts'
import { openShop } from './testing/open-shop.ts'
import { randomTree, type Vocabulary } from './testing/random-tree.ts'
import { smallCategories, smallCities, smallDays, smallKinds, smallShop, smallShops } from './testing/small-shop.ts'

const house = useHouse()
const thresholds = { active: 30, silent: 90, sleeping: 270 }
const cuts = {
  groups: 5 as const,
  high: 4,
  recency: ['2025-03-01', '2025-09-01', '2025-12-01', '2026-02-20'],
  frequency: [0, 1, 2, 3],
  monetary: [0, 1000, 2000, 4000],
}
const newest = { by: 'lastPurchase', direction: 'down' } as const

const words: Vocabulary = {
  days: fc.constantFrom(...smallDays),
  texts: fc.constantFrom(...smallCities, '浙江', '中国', 'female'),
  money: fc.integer({ min: -2, max: 10 }).map((one) => one * 500),
  ids: {
    staff: [1, 2],
    shop: [1, 2],
    tag: [1, 2],
    way: [1, 2],
    product: [1, 2, 3, 4, 5, 6, 7],
    brand: [1, 2],
    segment: [1],
    picked: [1, 2],
    state: [1, 2],
  },
  categories: fc.constantFrom(...smallCategories),
  regions: [100_000, 330_000, 330_100, 330_106, 330_109, 310_000, 310_115, 'FR', 'FR/浙江', 'DE'],
  kinds: smallKinds,
  times: naiveTimes as Vocabulary['times'],
}

/** Trees of each of three shops; many to one statement. REGULARS_TREES asks for more. */
const perShop = Math.ceil(Number(process.env.REGULARS_TREES ?? 10_200) / 3)
const perStatement = 40

test('ten thousand random questions find whom a plain reading of the shop finds', async () => {
  const seed = Number(process.env.REGULARS_SEED ?? 20_261_122)
  const wrong: string[] = []
  const found = { asked: 0, yes: 0, no: 0, unknown: 0 }
  for (const shopSeed of [seed, seed + 1, seed + 2]) {
    const ctx = await house()
    const shop = smallShop(shopSeed, 40)
    await openShop(ctx, shop)
    await projectAll(ctx)
    const looks = [{}, { asOf: '2026-01-15' }, { shopId: 1 }, { asOf: '2025-11-01', shopId: 2 }]
    const trees = fc
      .sample(randomTree(words), { numRuns: Math.ceil(perShop * 1.1), seed: shopSeed })
      .filter((tree) => condition.safeParse(tree).success && affordable(tree))
      .slice(0, perShop)
    for (let at = 0; at < trees.length; at += perStatement) {
      const asked = looks[(at / perStatement) % looks.length]!
      const lens = await lensOf(ctx, asked)
      const some = trees.slice(at, at + perStatement)
      const plan = planOf({ is: 'or', of: some }, newest, lens, {
        thresholds,
        cuts,
        tags: new Map(),
        zone: 'Asia/Shanghai',
        model: 1,
        positions: smallShops.map(([latitude, longitude], at) => ({
          id: at + 1,
          latitude,
          longitude,
          archived: false,
        })),
        exact: true,
      })
      const conditions = plan.where.is === 'or' ? plan.where.of : []
      const answers = await rowsOf<{ customerId: number; answers: number[] }>(
        ctx,
        compileAnswers({ lens, yardstick: plan.yardstick, conditions }),
      )
      const look: NaiveLens = { shop, asOf: lens.asOf, shopIds: lens.shopIds, thresholds, cuts }
      const there = shop.people.filter((person) => isThere(person, look, lens.knownBy !== undefined))
      expect(answers.map(({ customerId }) => customerId)).toEqual(there.map(({ id }) => id))
      for (const [row, person] of there.entries()) {
        for (const [index, tree] of some.entries()) {
          const expected = naive(tree, person, look)
          const given = answers[row]!.answers[index]
          const said = expected === null ? 2 : Number(expected)
          if (given !== said && wrong.length < 10) {
            wrong.push(
              `seed ${shopSeed}, ${JSON.stringify(asked)}: ${given} instead of ${said}\n${JSON.stringify(tree)}\n${JSON.stringify(person)}`,
            )
          }
          found[expected === null ? 'unknown' : expected ? 'yes' : 'no'] += 1
        }
      }
      found.asked += some.length
    }
  }

  expect(wrong).toEqual([])
  process.stdout.write(`${found.asked} trees, seeds ${seed} to ${seed + 2}: ${JSON.stringify(found)}\n`)
  expect(found.asked).toBeGreaterThanOrEqual(perShop * 3)
  for (const answer of ['yes', 'no', 'unknown'] as const) expect(found[answer]).toBeGreaterThan(found.asked)
}, 1_200_000)

function affordable(tree: Condition): boolean {
  try {
    refuseCostly(tree)
    return true
  } catch {
    return false
  }
}
