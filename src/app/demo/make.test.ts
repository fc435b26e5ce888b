import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { useHouse } from '#platform/testing/index.ts'
import { clearDemo } from './anew.ts'
import { demoUpTo } from './make.ts'
import { demoShopOf } from './record.ts'

const house = useHouse({ empty: true })
const realHouse = useHouse()

const wanted = { seed: 5, customers: 150, weeks: 30 }
const now = new Date('2026-03-01T04:00:00Z')

async function contentOf(ctx: Context) {
  const { rows } = await sql`
    select (select count(*) from customers) as customers, (select count(*) from order_lines) as lines,
           (select md5(string_agg(number || ' ' || status || ' ' || amount, ',' order by number)) from orders) as orders,
           (select md5(string_agg(c.number || field || value::text, ',' order by c.number, field)) from profile_values v
              join profile_customers m on m.profile_id = v.profile_id join customers c on c.id = m.customer_id) as said,
           (select count(*) from facts where historic) as facts`.execute(ctx.db)
  return rows[0]
}

async function indexesOf(ctx: Context) {
  const { rows } = await sql<{ definition: string }>`
    select indexdef as definition from pg_indexes where schemaname = 'public' and tablename not like 'facts\\_%' order by 1`.execute(
    ctx.db,
  )
  return rows.map(({ definition }) => definition)
}

test('a demo whose making was broken off goes on from there and becomes the same shop', async () => {
  const [whole, broken] = [await house(), await house()]
  const before = await indexesOf(whole)
  await demoUpTo(whole, wanted, now)

  // Broken off in the middle of its history, by Ctrl-C.
  const controller = new AbortController()
  const portions = demoUpTo(broken, wanted, now, {
    signal: controller.signal,
    portion: 50,
    onProgress: (step, done, of) => step === 'history' && done > of / 2 && controller.abort(),
  })
  await expect(portions).rejects.toThrow()
  const stopped = await demoShopOf(broken)
  await demoUpTo(broken, wanted, now)

  expect(stopped!.madeAt).toBeNull()
  expect(stopped!.toldUntil.getTime()).toBeLessThan(now.getTime())
  expect(await contentOf(broken)).toEqual(await contentOf(whole))
  expect(await indexesOf(broken)).toEqual(before)
  expect(await indexesOf(whole)).toEqual(before)
  expect((await demoShopOf(broken))!.madeAt).not.toBeNull()
})

test('a demo is not made over a house in which somebody works, nor is such a house cleared', async () => {
  const ctx = await realHouse()

  await expect(demoUpTo(ctx, wanted, now)).rejects.toMatchObject({ code: 'demo.real_house' })
  await expect(clearDemo(ctx)).rejects.toMatchObject({ code: 'demo.real_house' })

  const { rows } = await sql`select name from merchant`.execute(ctx.db)
  expect(rows).toEqual([{ name: 'Test shop' }])
})

test('started again at once, nothing happens twice', async () => {
  const ctx = await house()
  await demoUpTo(ctx, wanted, now)
  const before = await contentOf(ctx)

  await demoUpTo(ctx, wanted, now)

  expect(await contentOf(ctx)).toEqual(before)
})
