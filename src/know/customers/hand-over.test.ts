import { expect, test } from 'vitest'
import { aStaff } from '#know/staff/testing/index.ts'
import { type TestContext, useHouse } from '#platform/testing/index.ts'
import { getCustomer } from './get-customer.ts'
import { handOver } from './hand-over.ts'
import { countOwned, handOverAll } from './hand-over-all.ts'
import { listOwners } from './list-owners.ts'
import { aCustomer } from './testing/a-customer.ts'
import { timelineOf } from './timeline.ts'

const house = useHouse()

async function shop(): Promise<{ ctx: TestContext; mei: number; ran: number }> {
  const ctx = await house()
  const of = (email: string) => aStaff(ctx, { name: email, email, role: 'assistant' })
  return { ctx, mei: await of('mei@x.example'), ran: await of('ran@x.example') }
}

test('a customer is handed over with a word; who looked after her before is not forgotten', async () => {
  const { ctx, mei, ran } = await shop()
  const { id, version } = await aCustomer(ctx, { name: 'Ann' })

  const first = await handOver(ctx, version, { id, ownerId: mei })
  await handOver(ctx, first.version, { id, ownerId: ran, note: 'Likes jasmine' })

  expect((await getCustomer(ctx, id)).ownerId).toBe(ran)
  const { items } = await listOwners(ctx, { id, limit: 10 })
  expect(items.map(({ fromId, toId, note }) => [fromId, toId, note])).toEqual([
    [mei, ran, 'Likes jasmine'],
    [null, mei, null],
  ])
  const facts = (await timelineOf(ctx, id, { limit: 10 })).items.filter((one) => one.kind === 'customers.handed_over')
  expect(facts.map((one) => one.data)).toEqual([
    { from: mei, to: ran },
    { from: null, to: mei },
  ])
})

test('to hand over to who looks after her already changes nothing; to who left is refused; of two at once the second is told', async () => {
  const { ctx, mei, ran } = await shop()
  const { id, version } = await aCustomer(ctx, { name: 'Ann' })
  const { version: now } = await handOver(ctx, version, { id, ownerId: mei })
  await ctx.db.updateTable('staff').set({ deactivatedAt: new Date() }).where('id', '=', ran).execute()

  expect(await handOver(ctx, now, { id, ownerId: mei })).toEqual({ ownerId: mei, version: now })
  await expect(handOver(ctx, now, { id, ownerId: ran })).rejects.toMatchObject({ code: 'customers.unknown_owner' })
  await expect(handOver(ctx, now, { id, ownerId: 999 })).rejects.toMatchObject({ code: 'customers.unknown_owner' })
  await expect(handOver(ctx, version, { id, ownerId: null })).rejects.toMatchObject({ code: 'http.stale' })
})

test('all customers of who leaves go to a colleague at once, each with history and fact', async () => {
  const { ctx, mei, ran } = await shop()
  const ids: number[] = []
  for (const name of ['Ann', 'Bo', 'Cy']) {
    const { id, version } = await aCustomer(ctx, { name })
    await handOver(ctx, version, { id, ownerId: mei })
    ids.push(id)
  }
  const other = await aCustomer(ctx, { name: 'Di' })

  expect(await handOverAll(ctx, { id: mei, ownerId: ran, note: 'Moved away' })).toBe(3)

  expect([await countOwned(ctx, mei), await countOwned(ctx, ran)]).toEqual([0, 3])
  expect((await getCustomer(ctx, other.id)).ownerId).toBeNull()
  expect((await listOwners(ctx, { id: ids[0]!, limit: 1 })).items[0]).toMatchObject({ toId: ran, note: 'Moved away' })
  expect((await timelineOf(ctx, ids[2]!, { limit: 1 })).items[0]).toMatchObject({
    kind: 'customers.handed_over',
    data: { from: mei, to: ran },
  })
})
