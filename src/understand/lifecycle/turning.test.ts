import { expect, test } from 'vitest'
import { addDays } from '#platform/days.ts'
import { useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { anOrder, profileOf, someCustomers } from '#understand/projection/testing/records.ts'
import { countCustomers, lensOf, planOf } from '#understand/query/index.ts'
import { turningOf } from './turning.ts'

const house = useHouse()
const ago = (days: number) => addDays('2026-03-01', -days)

test('who is about to turn is told before it happens, by name and by what they spent, until they buy', async () => {
  const ctx = await house()
  const silences = [0, 59, 60, 76, 83, 89, 90, 175, 240, 269, 270]
  const ids = await someCustomers(
    ctx,
    silences.map((days) => ({ orders: [{ day: ago(days), amount: 1_000 + days }] })),
  )
  await projectAll(ctx)
  const told = async () => {
    const { items } = await turningOf(ctx, {})
    for (const { people, customers } of items) {
      const plan = planOf(people, { by: 'revenue', direction: 'down' }, await lensOf(ctx), {})
      expect(await countCustomers(ctx, plan)).toBe(customers)
    }
    return items.map(({ into, within, customers, revenue }) => [into, within, customers, revenue])
  }

  expect(await told()).toEqual([
    ['silent', 7, 2, 2_172],
    ['silent', 14, 3, 3_248],
    ['silent', 30, 4, 4_308],
    ['sleeping', 7, 1, 1_175],
    ['sleeping', 14, 1, 1_175],
    ['sleeping', 30, 1, 1_175],
    ['lost', 7, 1, 1_269],
    ['lost', 14, 1, 1_269],
    ['lost', 30, 2, 2_509],
  ])

  await anOrder(ctx, await profileOf(ctx, ids[5]!), { day: '2026-03-01' })
  await projectAll(ctx)
  expect((await told())[0]).toEqual(['silent', 7, 1, 1_083])
  // By the clock alone: a day later the next one is near.
  ctx.clock.moveTo('2026-03-02T04:00:00Z')
  expect((await told())[5]).toEqual(['sleeping', 30, 1, 1_175])
  expect((await told())[8]).toEqual(['lost', 30, 1, 1_240])
})
