import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { inTransaction } from '../postgres/transaction.ts'
import { useHouse } from '../testing/index.ts'
import { announce, announceAll, type Fact, fact, type Listener, listenOnce, registerListeners } from './index.ts'

const house = useHouse()
const shelfFilled = fact('test.shelf_filled', z.object({ cups: z.int() }))

function recorder(options: Partial<Listener> = {}): Listener & { heard: Fact[] } {
  const heard: Fact[] = []
  return {
    name: 'recorder',
    kinds: ['test.shelf_filled'],
    heard,
    async hear(_ctx, facts) {
      heard.push(...facts)
    },
    ...options,
  }
}

/** Listens until so many were heard: another test's open transaction on the same server holds the horizon back for a moment. */
async function hear(ctx: Context, listener: Listener & { heard: Fact[] }, count: number): Promise<void> {
  await vi.waitFor(
    async () => {
      while (await listenOnce(ctx, listener)) {}
      if (listener.heard.length < count) throw new Error(`${listener.heard.length} of ${count} heard`)
    },
    { timeout: 60_000, interval: 50 },
  )
}

test('a fact is heard once, in the order of commits', async () => {
  const ctx = await house()
  const listener = recorder()
  await registerListeners(ctx, [listener])

  for (const cups of [1, 2, 3]) await inTransaction(ctx, (ctx) => announce(ctx, shelfFilled, { data: { cups } }))
  await hear(ctx, listener, 3)
  await listenOnce(ctx, listener)

  expect(listener.heard.map((one) => one.data.cups)).toEqual([1, 2, 3])
})

test('a change that commits late is not skipped', async () => {
  const ctx = await house()
  const listener = recorder()
  await registerListeners(ctx, [listener])
  let finishSlow = () => {}
  const begun = Promise.withResolvers<void>()
  const slow = inTransaction(ctx, async (ctx) => {
    await announce(ctx, shelfFilled, { data: { cups: 1 } })
    begun.resolve()
    await new Promise<void>((resolve) => {
      finishSlow = resolve
    })
  })
  await begun.promise
  await inTransaction(ctx, (ctx) => announce(ctx, shelfFilled, { data: { cups: 2 } }))

  expect(await listenOnce(ctx, listener), 'the quick one waits for the slow one').toBe(0)
  finishSlow()
  await slow
  await hear(ctx, listener, 2)

  expect(listener.heard.map((one) => one.data.cups).sort()).toEqual([1, 2])
})

test('transactions are counted, not spelled: the thousandth comes after the nine hundred and ninety-ninth', async () => {
  const ctx = await house()
  const listener = recorder()
  await registerListeners(ctx, [listener])
  await sql`update listeners set epoch = 0, xid = '0', id = 0`.execute(ctx.db)
  // Of an epoch that is over, so that the horizon does not ask for real transactions.
  for (const [cups, xid] of [8, 9, 10, 11, 99, 100].entries()) {
    await sql`
      insert into facts (at, kind, epoch, xid, actor, historic, data)
      values (now(), 'test.shelf_filled', 0, ${String(xid)}::xid8, 'system', false, ${JSON.stringify({ cups })}::jsonb)`.execute(
      ctx.db,
    )
  }

  for (let turn = 0; turn < 4; turn += 1) await listenOnce(ctx, listener, 4)

  expect(listener.heard.map((one) => one.data.cups)).toEqual([0, 1, 2, 3, 4, 5])
})

test('a listener that fails hears the same facts again', async () => {
  const ctx = await house()
  const listener = recorder()
  const broken = recorder({
    async hear() {
      throw new Error('no paper')
    },
  })
  await registerListeners(ctx, [listener])
  await inTransaction(ctx, (ctx) => announce(ctx, shelfFilled, { data: { cups: 1 } }))

  await vi.waitFor(() => expect(listenOnce(ctx, broken)).rejects.toThrow('no paper'), { timeout: 60_000 })
  await hear(ctx, listener, 1)

  expect(listener.heard).toHaveLength(1)
})

test('imported history is not news', async () => {
  const ctx = await house()
  const listener = recorder()
  await registerListeners(ctx, [listener])
  await inTransaction(ctx, (ctx) =>
    announceAll(ctx, shelfFilled, [{ historic: true, data: { cups: 1 } }, { data: { cups: 2 } }]),
  )

  await hear(ctx, listener, 1)

  expect(listener.heard.map((one) => one.data.cups)).toEqual([2])
})

test('after a restore on a younger server a listener goes on and misses nothing', async () => {
  const ctx = await house()
  const listener = recorder()
  await registerListeners(ctx, [listener])
  // The restored facts carry transaction ids that this server will not reach for years.
  await sql`update epochs set system_identifier = 'the old server'`.execute(ctx.db)
  await sql`insert into facts (at, kind, actor, data, xid) values (now(), 'test.shelf_filled', 'system', '{"cups":1}', '999999999')`.execute(
    ctx.db,
  )
  await sql`insert into epochs (epoch, system_identifier) values (2, 'the new server')`.execute(ctx.db)
  await inTransaction(ctx, (ctx) => announce(ctx, shelfFilled, { data: { cups: 2 } }))

  await hear(ctx, listener, 2)

  expect(listener.heard.map((one) => one.data.cups)).toEqual([1, 2])
})

test('a fact cannot be announced without its change', async () => {
  const ctx = await house()

  await expect(announce(ctx, shelfFilled, { data: { cups: 1 } })).rejects.toThrow('outside a transaction')
})
