import { expect, test } from 'vitest'
import { useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { aCrowd, someCustomers } from '#understand/projection/testing/records.ts'
import { valueClasses } from '#understand/query/contract.ts'
import { countCustomers, findAll } from '#understand/query/index.ts'
import { migrationOf } from './migration.ts'
import { planFor } from './yardstick-for.ts'

const house = useHouse()

test('moves between value classes are those of each customer’s class on each day, and open as many people', async () => {
  const ctx = await house()
  await aCrowd(ctx, 90)
  await projectAll(ctx)
  const since = '2025-03-01'
  const classesOn = async (asOf: string) => {
    const found = new Map<number, string>()
    for (const one of valueClasses) {
      const plan = await planFor(ctx, { where: { is: 'class', in: [one] }, asOf })
      for await (const page of findAll(ctx, plan)) for (const { customerId } of page) found.set(customerId, one)
    }
    return found
  }
  const [then, now] = [await classesOn(since), await classesOn('2026-03-01')]
  const expected = new Map<string, number>()
  for (const id of Array.from({ length: 90 }, (_, at) => at + 1)) {
    const move = `${then.get(id) ?? 'never'} ${now.get(id) ?? 'never'}`
    expected.set(move, (expected.get(move) ?? 0) + 1)
  }

  const { moves } = await migrationOf(ctx, { since })

  expect(new Map(moves.map(({ from, to, customers }) => [`${from} ${to}`, customers]))).toEqual(expected)
  expect(moves.length).toBeGreaterThan(8)
  for (const { people, customers } of moves) {
    expect(await countCustomers(ctx, await planFor(ctx, { where: people }))).toBe(customers)
  }
})

test('a shop with too few buyers moves nobody', async () => {
  const ctx = await house()
  await someCustomers(ctx, [{ orders: [{ day: '2025-10-01' }, { day: '2026-02-01' }] }])
  await projectAll(ctx)

  expect(await migrationOf(ctx)).toEqual({ from: '2025-12-01', to: '2026-03-01', moves: [] })
})
