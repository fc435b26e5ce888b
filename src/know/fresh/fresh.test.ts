import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { suppress } from '#know/consent/index.ts'
import { customers } from '#know/customers/index.ts'
import { aCustomer } from '#know/customers/testing/a-customer.ts'
import { aStaff } from '#know/staff/testing/index.ts'
import { talks } from '#know/talks/index.ts'
import { listenOnce, registerListeners } from '#platform/facts/index.ts'
import { serverOf, staffActor, type TestContext, useHouse } from '#platform/testing/index.ts'
import { askToConfirm } from './ask.ts'
import type { Freshness } from './contract.ts'
import { fresh } from './module.ts'

const house = useHouse()

async function theDesk(ctx: TestContext) {
  await aStaff(ctx, { name: 'lin', email: 'lin@shop.example', role: 'assistant' })
  await registerListeners(ctx, fresh.listens!)
  const desk = serverOf(
    ctx,
    [customers(), talks, fresh],
    staffActor(['customers.read', 'customers.edit', 'record.edit']),
  )
  const states = async (id: number) =>
    Object.fromEntries(
      ((await desk.request('GET', `/customers/${id}/freshness`)).body.items as Freshness[]).map((one) => [
        one.field,
        one.state,
      ]),
    )
  const due = async () => (await desk.request('GET', '/promises?whose=all')).body.items
  const follow = async () => {
    for (const listener of fresh.listens!)
      for (let turn = 0; turn < 50; turn += 1) if (!(await listenOnce(ctx, listener))) break
  }
  return { desk, states, due, follow }
}

test('a phone grows old, is asked about before the next talk, and is right again by one tap', async () => {
  const ctx = await house()
  const { desk, states, due, follow } = await theDesk(ctx)
  const ann = await aCustomer(ctx, { name: 'Ann', phones: ['13900001111'], address: 'Lake Road 1' })
  const bo = await aCustomer(ctx, { name: 'Bo', phones: ['13900002222'] })
  expect(await states(ann.id)).toEqual({ name: 'fresh', phone: 'fresh', address: 'fresh' })

  // Identifiers keep machine time: the phones were told a year and a half ago.
  await sql`update identifiers set at = '2026-03-01T04:00Z'`.execute(ctx.db)
  ctx.clock.moveTo(new Date('2027-04-01T04:00Z'))
  expect(await states(ann.id)).toEqual({ name: 'fresh', phone: 'old', address: 'old' })
  expect(await askToConfirm(ctx), 'nobody is met soon').toBe(0)
  await desk.request('POST', `/customers/${ann.id}/promises`, { body: { kind: 'talk', dueOn: '2027-04-02' } })
  const asked = [await askToConfirm(ctx), await askToConfirm(ctx)]
  const asks = (await due()).filter(({ kind }: { kind: string }) => kind === 'confirm')

  expect(asked, 'asked once').toEqual([1, 0])
  expect(asks).toMatchObject([{ what: 'address', customer: { id: ann.id }, staffId: null, dueOn: '2027-04-01' }])
  expect(await states(bo.id)).toMatchObject({ phone: 'old' })

  await desk.request('PUT', `/promises/${asks[0].id}/end`, {
    body: { kept: true },
    headers: { 'if-match': `"${asks[0].version}"` },
  })
  await follow()
  expect(await states(ann.id)).toMatchObject({ address: 'fresh', phone: 'old' })
  await desk.request('PUT', `/customers/${ann.id}/freshness/phone`, { body: {} })
  expect(await states(ann.id)).toMatchObject({ phone: 'fresh' })
  expect((await desk.request('PUT', `/customers/${ann.id}/freshness/email`, { body: {} })).status).toBe(404)
})

test('what bounced or was heard to be wrong is marked, asked about first, and forgotten when it is said anew', async () => {
  const ctx = await house()
  const { desk, states, due, follow } = await theDesk(ctx)
  const ann = await aCustomer(ctx, { name: 'Ann', phones: ['13900001111'], emails: ['ann@mail.example'] })
  await sql`update identifiers set at = '2026-03-01T04:00Z'`.execute(ctx.db)
  ctx.clock.moveTo(new Date('2026-03-10T04:00Z'))

  await suppress(ctx, [{ kind: 'email', scope: '', value: 'ann@mail.example' }], {
    channel: 'email',
    purpose: 'any',
    reason: 'bounced',
    source: 'mail',
  } as never)
  const doubted = await desk.request('DELETE', `/customers/${ann.id}/freshness/phone`)
  expect(doubted.status).toBe(200)
  expect(await states(ann.id)).toMatchObject({ phone: 'invalid', email: 'bounced' })
  await desk.request('POST', `/customers/${ann.id}/promises`, { body: { kind: 'talk', dueOn: '2026-03-10' } })
  await askToConfirm(ctx)
  const open = async () =>
    (await due()).filter(({ kind }: { kind: string }) => kind === 'confirm').map(({ what }: { what: string }) => what)
  const [field] = await open()
  expect(['phone', 'email']).toContain(field)

  const { body: now } = await desk.request('GET', `/customers/${ann.id}`)
  await desk.request('POST', `/customers/${ann.id}/identifiers`, {
    body: field === 'phone' ? { kind: 'phone', value: '13900003333' } : { kind: 'email', value: 'ann@new.example' },
    headers: { 'if-match': `"${now.version}"` },
  })
  await follow()

  expect(await open()).toEqual([])
  expect((await states(ann.id))[field]).toBe('fresh')
  const saved = await desk.request('PUT', '/freshness/terms', {
    body: { months: { name: 1 } },
    headers: { 'if-match': '"0"' },
  })
  ctx.clock.moveTo(new Date('2026-05-10T04:00Z'))
  expect(saved.body).toMatchObject({ months: { name: 1 }, version: 1 })
  expect(await states(ann.id)).toMatchObject({ name: 'old' })
})
