import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ordersPlaced } from '#know/orders/index.ts'
import type { Context } from '#platform/context.ts'
import { announce, fact } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { serverOf, type TestContext, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { anOrder, giveProfile, profileOf, someCustomers } from '#understand/projection/testing/records.ts'
import { keepStages, lifecycle, saveThresholds, thresholdsOf } from './index.ts'

const house = useHouse()
const valueTold = fact('tags.told', z.object({}))

async function settle(ctx: Context): Promise<void> {
  await projectAll(ctx)
  await keepStages(ctx)
}

type Row = { customerId: number; stage: string; isNew: boolean; since: string; recheckOn: string | null }

async function stagesOf(ctx: Context): Promise<Row[]> {
  return (
    await sql<Row>`select customer_id, stage, is_new, since, recheck_on from customer_stages order by customer_id`.execute(
      ctx.db,
    )
  ).rows
}

type News = { from: string; to: string; by: string; historic: boolean }

async function newsOf(ctx: Context): Promise<News[]> {
  const { rows } = await sql<{ data: Omit<News, 'historic'>; historic: boolean }>`
    select data, historic from facts where kind = 'lifecycle.stage_changed' order by id`.execute(ctx.db)
  return rows.map(({ data, historic }) => ({ ...data, historic }))
}

/** An order as a till or a web shop tells it: with its fact, in one transaction. */
function aLiveOrder(ctx: Context, profileId: number, day: string): Promise<void> {
  return ctx.db.transaction().execute(async (db) => {
    const id = await anOrder({ ...ctx, db }, profileId, { day })
    await announce({ ...ctx, db }, ordersPlaced, { profileId, subjectId: id, data: { amount: 10_000, number: 'A1' } })
  })
}

describe('a story in time', () => {
  test('who does not come back falls silent at the shop’s midnight, then sleeps, then is lost', async () => {
    const ctx = await house()
    const [ana] = await someCustomers(ctx, [{ orders: [{ day: '2026-03-01' }] }])
    await settle(ctx)
    expect(await stagesOf(ctx)).toEqual([
      { customerId: ana, stage: 'active', isNew: true, since: '2026-03-01', recheckOn: '2026-05-30' },
    ])

    ctx.clock.moveTo('2026-05-29T15:59:59Z') // one second to midnight in Shanghai
    expect(await keepStages(ctx)).toBe(false)
    ctx.clock.moveTo('2026-05-29T16:00:00Z')
    expect(await keepStages(ctx)).toBe(true)
    expect(await stagesOf(ctx)).toMatchObject([{ stage: 'silent', isNew: false, since: '2026-05-30' }])
    ctx.clock.moveTo('2026-08-27T16:00:00Z')
    await keepStages(ctx)
    ctx.clock.moveTo('2026-11-26T12:00:00Z') // a day was slept through
    await keepStages(ctx)

    expect(await newsOf(ctx)).toEqual([
      { from: 'active', to: 'silent', by: 'clock', historic: false },
      { from: 'silent', to: 'sleeping', by: 'clock', historic: false },
      { from: 'sleeping', to: 'lost', by: 'clock', historic: false },
    ])
    expect(await stagesOf(ctx)).toMatchObject([{ stage: 'lost', since: '2026-11-26', recheckOn: null }])
  })

  test('who buys again is active again, and that is news', async () => {
    const ctx = await house()
    const [ana] = await someCustomers(ctx, [{ orders: [{ day: '2025-06-01' }] }])
    await settle(ctx)
    expect(await stagesOf(ctx)).toMatchObject([{ stage: 'lost' }])

    await aLiveOrder(ctx, await profileOf(ctx, ana!), '2026-03-01')
    await settle(ctx)

    expect(await stagesOf(ctx)).toMatchObject([{ stage: 'active', isNew: false, since: '2026-03-01' }])
    expect(await newsOf(ctx)).toEqual([{ from: 'lost', to: 'active', by: 'order', historic: false }])
  })

  test('who buys shortly before midnight is not called silent in between', async () => {
    const ctx = await house()
    const [ana] = await someCustomers(ctx, [{ orders: [{ day: '2026-03-01' }] }])
    await settle(ctx)
    await aLiveOrder(ctx, await profileOf(ctx, ana!), '2026-05-29')

    ctx.clock.moveTo('2026-05-29T16:00:01Z')
    await keepStages(ctx) // the columns do not know of the order yet
    await settle(ctx)

    expect(await stagesOf(ctx)).toMatchObject([{ stage: 'active', recheckOn: '2026-08-27' }])
    expect(await newsOf(ctx)).toEqual([])
  })

  test('imported history brings stages but no news', async () => {
    const ctx = await house()
    const [ana] = await someCustomers(ctx, [{}, { orders: [{ day: '2025-01-01' }] }])
    await settle(ctx)

    await anOrder(ctx, await profileOf(ctx, ana!), { day: '2025-12-01' })
    await settle(ctx)

    expect((await stagesOf(ctx)).map(({ stage }) => stage)).toEqual(['silent', 'lost'])
    expect(await newsOf(ctx)).toEqual([{ from: 'never', to: 'silent', by: 'order', historic: true }])
  })

  test('a live tag on somebody whose orders are history makes them no news', async () => {
    const ctx = await house()
    const [ana] = await someCustomers(ctx, [{ orders: [{ day: '2025-12-01' }] }])
    const profileId = await profileOf(ctx, ana!)
    await inTransaction(ctx, (ctx) => announce(ctx, valueTold, { profileId, data: {} }))

    await settle(ctx)

    expect(await stagesOf(ctx)).toMatchObject([{ stage: 'silent' }])
    expect(await newsOf(ctx)).toEqual([])
  })

  test('a first purchase that comes in live is news', async () => {
    const ctx = await house()
    const [ana] = await someCustomers(ctx, [{}])

    await aLiveOrder(ctx, await profileOf(ctx, ana!), '2026-03-01')
    await settle(ctx)

    expect(await newsOf(ctx)).toEqual([{ from: 'never', to: 'active', by: 'order', historic: false }])
  })

  test('a void order, late news of it and an undone merge are followed', async () => {
    const ctx = await house()
    const [ana, anna] = await someCustomers(ctx, [
      { orders: [{ day: '2025-08-01' }] },
      { orders: [{ day: '2026-02-01' }] },
    ])
    const profile = await profileOf(ctx, anna!)
    await settle(ctx)

    await giveProfile(ctx, profile, ana!)
    await settle(ctx)
    expect((await stagesOf(ctx)).map(({ customerId, stage }) => [customerId, stage])).toEqual([[ana, 'active']])

    await giveProfile(ctx, profile, anna!)
    await sql`update orders set status = 'void', version = version + 1, xid = pg_current_xact_id() where day = '2026-02-01'`.execute(
      ctx.db,
    )
    await settle(ctx)
    expect((await stagesOf(ctx)).map(({ customerId, stage }) => [customerId, stage])).toEqual([
      [ana, 'sleeping'],
      [anna, 'never'],
    ])
  })

  test('a turn that is done again changes nothing', async () => {
    const ctx = await house()
    await someCustomers(ctx, [{ orders: [{ day: '2025-12-01' }] }, {}])
    await settle(ctx)
    const before = await stagesOf(ctx)

    await sql`update stage_keeping set version = 0`.execute(ctx.db)
    await Promise.all([keepStages(ctx), keepStages(ctx)])

    expect(await stagesOf(ctx)).toEqual(before)
    expect(await newsOf(ctx)).toEqual([])
  })
})

describe('the limits of the stages', () => {
  async function aShop(): Promise<TestContext> {
    const ctx = await house()
    await someCustomers(ctx, [
      { orders: [{ day: '2026-02-20' }] },
      { orders: [{ day: '2026-01-15' }] },
      { orders: [{ day: '2025-12-25' }] },
      {},
    ])
    await settle(ctx)
    return ctx
  }

  test('are previewed before they are saved', async () => {
    const ctx = await aShop()

    const { status, body } = await serverOf(ctx, [lifecycle]).request('POST', '/lifecycle/previews', {
      body: { active: 30, silent: 60, sleeping: 270 },
    })

    expect(status).toBe(200)
    expect(body.before).toEqual({ active: 3, silent: 0, sleeping: 0, lost: 0, never: 1, new: 3 })
    expect(body.after).toEqual({ active: 1, silent: 1, sleeping: 1, lost: 0, never: 1, new: 1 })
    expect(body.moves).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ from: 'active', to: 'silent', customers: 1 }),
        expect.objectContaining({ from: 'active', to: 'sleeping', customers: 1 }),
      ]),
    )
  })

  test('once saved, customers move without news', async () => {
    const ctx = await aShop()

    await saveThresholds(ctx, { active: 30, silent: 60, sleeping: 270 }, 0)
    await keepStages(ctx)

    expect((await stagesOf(ctx)).map(({ stage }) => stage)).toEqual(['active', 'silent', 'sleeping', 'never'])
    expect(await newsOf(ctx)).toEqual([
      { from: 'active', to: 'silent', by: 'thresholds', historic: true },
      { from: 'active', to: 'sleeping', by: 'thresholds', historic: true },
    ])
    expect((await thresholdsOf(ctx)).version).toBe(1)
  })

  test('must rise, and are not overwritten by who saw older ones', async () => {
    const ctx = await house()
    const { request } = serverOf(ctx, [lifecycle])
    const put = (body: object, version: number) =>
      request('PUT', '/lifecycle/thresholds', { body, headers: { 'if-match': `"${version}"` } })

    const falling = await put({ active: 90, silent: 80, sleeping: 270 }, 0)
    const first = await put({ active: 60, silent: 120, sleeping: 240 }, 0)
    const second = await put({ active: 61, silent: 120, sleeping: 240 }, 0)
    const read = await request('GET', '/lifecycle/thresholds')

    expect(falling.status).toBe(400)
    expect(first).toMatchObject({ status: 200, body: { version: 1 } })
    expect(second.status).toBe(412)
    expect(read.body).toMatchObject({ thresholds: { active: 60 }, defaults: { active: 90 }, version: 1 })
  })
})
