import { expect, test } from 'vitest'
import { useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import type { Condition } from './contract.ts'
import { compileAnswers, compileFound, compileMembers, lensOf, planOf, rowsOf } from './index.ts'
import { naive } from './testing/naive.ts'
import { openShop } from './testing/open-shop.ts'
import { smallKinds, smallShop } from './testing/small-shop.ts'

const house = useHouse()
const thresholds = { active: 30, silent: 90, sleeping: 270 }
const cuts = { groups: 5 as const, high: 4, recency: [], frequency: [], monetary: [] }
const windows = [{ days: 7 }, { days: 60 }, { from: '2025-06-01', to: '2025-12-31' }, { days: 365 }, {}]
const looked = [{}, { categories: ['茶'] }, { brandIds: [2] }, { categories: ['茶', '器'], brandIds: [1] }]

/** Deeds of every kind, in every window, of every description; once and several times. */
const deeds = smallKinds.flatMap((kind, at) =>
  windows.flatMap((days, place): Condition[] =>
    looked.map((of, turn) => ({
      ...{ is: 'did', kind, ...days, ...of },
      ...((at + place + turn) % 3 === 0 ? { atMost: 1 } : { atLeast: 1 + ((place + turn) % 3) }),
    })),
  ),
)

/** The same steps in windows of their own, so that their moments are gathered once. */
const sequences = windows.flatMap((days): Condition[] => [
  { is: 'sequence', ...days, steps: [{ did: 'viewed' }, { did: 'bought', not: true, within: 7 }] },
  {
    is: 'sequence',
    ...days,
    steps: [
      { did: 'viewed', categories: ['茶'] },
      { did: 'carted', within: 20 },
    ],
  },
  { is: 'sequence', ...days, steps: [{ did: 'carted' }, { did: 'viewed' }, { did: 'bought', within: 20 }] },
  { is: 'sequence', ...days, steps: [{ did: 'viewed' }, { did: 'viewed', within: 3 }] },
])

/** So many different sets of the six products: more than an event has room for. */
const sets = Array.from({ length: 63 }, (_, at): number[] =>
  [1, 2, 3, 4, 5, 6].filter((product) => ((at + 1) >> (product - 1)) & 1),
)
const ofSets = (count: number) =>
  sets.slice(0, count).map((productIds): Condition => ({ is: 'did', kind: 'viewed', days: 365, productIds }))
const joined: Condition[] = [
  { is: 'and', of: [deeds[1]!, { is: 'not', of: deeds[7]! }, { is: 'has', what: 'phone' }] },
  { is: 'or', of: [sequences[0]!, deeds[13]!, { is: 'orders', of: 'count', atLeast: 2, days: 90 }] },
]

const isBounded = (question: Condition) => 'days' in question || 'from' in question

test('segments counted together have the members that each has alone', async () => {
  const ctx = await house()
  const shop = smallShop(20_261_123, 60)
  await openShop(ctx, shop)
  await projectAll(ctx)
  const cases = [
    { asked: {}, questions: [...deeds, ...sequences, ...joined] },
    // Of some shops alone one more thing is asked of each event; and what begins on no day would gather all, whatever the others need.
    { asked: { shopId: 1 }, questions: [...deeds, ...sequences].filter(isBounded) },
    { asked: { asOf: '2026-01-15' }, questions: [...ofSets(20), ...deeds] },
    { asked: {}, questions: [...ofSets(63), ...deeds, ...sequences] },
  ]
  for (const [generation, { asked, questions }] of cases.entries()) {
    const lens = await lensOf(ctx, asked)
    const { where, yardstick } = planOf({ is: 'or', of: questions }, { by: 'added', direction: 'up' }, lens, {
      ...{ thresholds, cuts, tags: new Map(), zone: 'Asia/Shanghai' },
    })
    const conditions = where.is === 'or' ? where.of : []
    expect(conditions).toHaveLength(questions.length)
    const many = { lens, yardstick, conditions, ids: conditions.map((_, at) => at) }
    const { sql, params } = compileMembers(many, generation + 1)
    await ctx.columns.command({ query: sql, query_params: params })
    const written = await rowsOf<{ id: number; members: number[] }>(ctx, {
      sql: 'SELECT segment_id AS id, bitmapToArray(members) AS members FROM memberships WHERE generation = {generation:UInt64}',
      params: { generation: generation + 1 },
    })
    const together = new Map(written.map(({ id, members }) => [id, members.sort((a, b) => a - b)]))
    const everybody = { customers: '1', profiles: 'SELECT profile_id FROM profile_customers FINAL' }
    const touched = await rowsOf<{ customerId: number; found: number[] }>(ctx, compileFound(many, everybody))
    for (const [at, question] of questions.entries()) {
      const answers = await rowsOf<{ customerId: number; answers: number[] }>(
        ctx,
        compileAnswers({ lens, yardstick, conditions: [conditions[at]!] }),
      )
      const alone = answers.flatMap(({ customerId, answers }) => (answers[0] === 1 ? [customerId] : []))
      const found = touched.flatMap(({ customerId, found }) => (found.includes(at) ? [customerId] : []))
      expect(together.get(at), JSON.stringify(question)).toEqual(alone)
      expect(
        found.sort((a, b) => a - b),
        JSON.stringify(question),
      ).toEqual(alone)
      const look = { shop, asOf: lens.asOf, shopIds: lens.shopIds, thresholds, cuts }
      const there = new Set(answers.map(({ customerId }) => customerId))
      const plainly = shop.people.flatMap((one) => (there.has(one.id) && naive(question, one, look) ? [one.id] : []))
      expect(alone, JSON.stringify(question)).toEqual(plainly)
    }
  }
}, 120_000)
