import { expect, test } from 'vitest'
import { appendBehaviour, type Behaviour, writeBatches } from '#know/behaviour/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { type TestContext, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { anOrder, profileOf, someCustomers } from '#understand/projection/testing/records.ts'
import { countCustomers, lensOf, planOf } from '#understand/query/index.ts'
import { beforePurchaseOf } from './before-purchase.ts'
import { lifeOf } from './life.ts'

const house = useHouse()

const did = (profileId: number, kind: Behaviour['kind'], day: string): Behaviour => ({
  profileId,
  at: new Date(`${day}T04:00:00Z`),
  receivedAt: new Date(`${day}T04:00:00Z`),
  sourceId: 1,
  kind,
  event: kind,
  products: ['tea'],
  productIds: [0],
})

async function tell(ctx: TestContext, ...rows: Behaviour[]): Promise<void> {
  await inTransaction(ctx, (ctx) => appendBehaviour(ctx, rows))
  while (await writeBatches(ctx)) {}
}

test('before the first purchase somebody is a visitor, then known, then a target while she shows a wish, then a buyer', async () => {
  const ctx = await house()
  const [looker, wisher, faded, buyer] = await someCustomers(ctx, [{}, {}, {}, {}])
  const profiles = await Promise.all([looker, wisher, faded, buyer].map((id) => profileOf(ctx, id!)))
  await anOrder(ctx, profiles[3]!, { day: '2026-02-10' })
  await tell(
    ctx,
    did(profiles[0]!, 'viewed', '2026-02-20'),
    did(profiles[1]!, 'carted', '2026-02-20'),
    did(profiles[1]!, 'carted', '2026-02-25'),
    did(profiles[1]!, 'favoured', '2026-02-21'),
    did(profiles[2]!, 'carted', '2025-11-01'),
    did(profiles[3]!, 'carted', '2026-02-20'),
    // Two browsers of nobody, one of them seen long ago.
    did(900_001, 'viewed', '2026-02-27'),
    did(900_001, 'carted', '2026-02-27'),
    did(900_002, 'viewed', '2025-10-01'),
  )
  await projectAll(ctx)

  const life = await lifeOf(ctx, {})

  expect(life).toMatchObject({ days: 90, visitors: 1 })
  expect([life.potential.customers, life.target.customers, life.buyers.customers]).toEqual([2, 1, 1])
  expect(await beforePurchaseOf(ctx, looker!)).toMatchObject({ step: 'potential', signs: [] })
  expect(await beforePurchaseOf(ctx, wisher!)).toMatchObject({
    step: 'target',
    signs: [
      { sign: 'carted', day: '2026-02-25', times: 2 },
      { sign: 'favoured', day: '2026-02-21', times: 1 },
    ],
  })
  expect(await beforePurchaseOf(ctx, faded!)).toMatchObject({ step: 'potential' })
  expect(await beforePurchaseOf(ctx, buyer!)).toMatchObject({ step: null })

  // By the clock alone: a wish that nobody renewed is none any more.
  ctx.clock.moveTo('2026-05-27T04:00:00Z')
  expect((await lifeOf(ctx, {})).target.customers).toBe(0)
  expect(await beforePurchaseOf(ctx, wisher!)).toMatchObject({ step: 'potential' })
  const plan = planOf({ is: 'stage', in: ['never'] }, { by: 'added', direction: 'down' }, await lensOf(ctx), {})
  expect(await countCustomers(ctx, plan)).toBe(3)
})
