import { expect, test } from 'vitest'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import type { Condition } from '#understand/query/contract.ts'
import { value } from '#understand/value/index.ts'
import { estimateQuestion } from './estimate-question.ts'
import { marginOf } from './margin.ts'
import { segments } from './module.ts'
import { tallyQuestion } from './tally-question.ts'

const house = useHouse()
const viewed: Condition = { is: 'did', kind: 'viewed', atLeast: 1, days: 30 }

/** Customers with one profile each, numbered otherwise; every fifth looked at something, every fiftieth carted it; in every tenth neighbourhood all searched. */
async function manyCustomers(customers: number) {
  const ctx = await house()
  const rows = (query: string) => ctx.columns.command({ query })
  await rows(
    `INSERT INTO traits (customer_id, version, has_phone, added, profiles) SELECT number + 1, 1, number % 2, '2026-01-01', [number + 5] FROM numbers(${customers})`,
  )
  await rows(
    `INSERT INTO profile_customers (profile_id, customer_id, version) SELECT number + 5, number + 1, 1 FROM numbers(${customers})`,
  )
  await rows(
    `INSERT INTO behaviour (profile_id, at, batch, place, kind) SELECT number + 5, toDateTime64('2026-02-20 04:00:00', 3), 1, number, if(number % 50 = 0, 'carted', 'viewed')
       FROM numbers(${customers}) WHERE number % 5 = 0`,
  )
  await rows(
    `INSERT INTO behaviour (profile_id, at, batch, place, kind) SELECT number + 5, toDateTime64('2026-02-20 04:00:00', 3), 2, number, 'searched'
       FROM numbers(${customers}) WHERE intHash64(intDiv(number + 1, 128) + 77) % 10 = 0`,
  )
  return { ctx, desk: serverOf(ctx, [segments, value], staffActor(['segments.read'])) }
}

test('of many customers a sample is asked, and says between which numbers the true one lies', async () => {
  const { ctx, desk } = await manyCustomers(120_000)
  const { body: about } = await desk.request('POST', '/segments/estimates', { body: { question: viewed } })
  const exactly = await tallyQuestion(ctx, viewed)

  expect(exactly).toEqual({ customers: 120_000, matched: 21_600, unknown: 0 })
  expect(about).toMatchObject({ customers: 120_000, exact: false, oneIn: 14 })
  expect(about.matched).not.toBe(exactly.matched)
  expect(about.least).toBeLessThan(exactly.matched)
  expect(about.most).toBeGreaterThan(exactly.matched)
  expect(about.most - about.least).toBeLessThan(2_200)

  // The same people are asked, whatever is asked of them: both halves are the whole, but for what rounding adds.
  const not = await estimateQuestion(ctx, { is: 'not', of: viewed })
  expect(Math.abs(not.matched + about.matched - 120_000)).toBeLessThanOrEqual(1)
})

test('where neighbours are alike, fewer people are worth as much, and the margin says so', async () => {
  const { ctx } = await manyCustomers(120_000)
  const searched: Condition = { is: 'did', kind: 'searched' }
  const [about, exactly] = [await estimateQuestion(ctx, searched), await tallyQuestion(ctx, searched)]

  expect(about.least).toBeLessThan(exactly.matched)
  expect(about.most).toBeGreaterThan(exactly.matched)
  expect(about.most - about.least).toBeGreaterThan(8_000)
})

test('what the traits alone answer is counted at once; nobody found is not nobody there; in a small shop all are asked', async () => {
  const { ctx } = await manyCustomers(120_000)
  const phones = await estimateQuestion(ctx, { is: 'has', what: 'phone' })
  const nobody = await estimateQuestion(ctx, { is: 'did', kind: 'favoured' })
  const small = await manyCustomers(1_000)

  expect(phones).toMatchObject({ matched: 60_000, least: 60_000, most: 60_000, exact: true })
  expect(nobody).toMatchObject({ matched: 0, least: 0, exact: false })
  expect(nobody.most).toBeGreaterThan(0)
  expect(await estimateQuestion(small.ctx, viewed)).toMatchObject({ matched: 180, exact: true, oneIn: 1 })
})

test('the margin is Wilson’s, and never denies whom it saw', () => {
  const seen = (matched: number, customers: number) => [{ matched, customers }]
  expect(marginOf(seen(10, 100), 100_000)).toEqual({ least: 5522, most: 17_437 })
  expect(marginOf(seen(0, 1000), 100_000)).toEqual({ least: 0, most: 383 })
  expect(marginOf(seen(1000, 1000), 1000)).toEqual({ least: 1000, most: 1000 })
  expect(marginOf([], 50)).toEqual({ least: 0, most: 50 })
})
