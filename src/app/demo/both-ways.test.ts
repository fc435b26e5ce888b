import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { readConfig } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { type TestContext, useHouse } from '#platform/testing/index.ts'
import { modulesOf } from '../modules.ts'
import { fillColumns } from './fill-columns.ts'
import { foundDemo, stockUp } from './found.ts'
import { dayOf } from './life/calendar.ts'
import { demoUpTo } from './make.ts'
import { demoShopOf, livesOf } from './record.ts'
import { tellByFiles } from './write/by-files.ts'
import { sourcesOf } from './write/sources.ts'

const house = useHouse({ empty: true })

const wanted = { seed: 7, customers: 220, weeks: 40 }
const end = new Date('2026-03-01T04:00:00Z')

/** Where the story is broken off: while an order waits to be paid, while one waits to be given up, while one is about to come back. */
function parts(): Date[] {
  const { crowd } = livesOf({ ...wanted, zeal: 1, curiosity: 1, opened: '2025-05-25' }, end)
  const sales = Array.from({ length: wanted.weeks * 7 }, () => crowd.nextDay())
    .flat()
    .flatMap((one) => (one.what === 'sale' ? [one.sale] : []))
  const paid = sales.find(({ settled }) => settled?.status === 'completed')!
  const given = sales.find(({ at, settled }) => at > paid.settled!.at && settled?.status === 'void')!
  const back = sales.find(({ at, refund }) => at > given.settled!.at && refund)!
  return [...[paid, given, back].map(({ at }) => new Date(at + 60_000)), end]
}

/** By files, in parts, as a shop that exports every few weeks. */
async function byFiles(ctx: TestContext): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'regulars-demo-'))
  await foundDemo(ctx, wanted)
  await sourcesOf(ctx)
  for (const part of parts()) {
    ctx.clock.moveTo(part)
    const shop = (await demoShopOf(ctx))!
    const lives = livesOf(shop, part)
    await stockUp(ctx, lives.goods, dayOf(part.getTime()))
    await tellByFiles(ctx, shop, lives, { until: part, folder })
  }
}

/** Set-wise: the history in bulk, then what happened since. */
async function setWise(ctx: TestContext): Promise<void> {
  for (const part of parts()) await demoUpTo(ctx, wanted, part)
}

/** What people see of a shop; ids and the time at which something was entered are of the way it came. */
async function seen(ctx: Context) {
  await fillColumns(ctx, modulesOf(readConfig({ REGULARS_DATA: '/tmp/none' })))
  const rows = async (query: ReturnType<typeof sql>) => (await query.execute(ctx.db)).rows
  return {
    customers: await rows(sql`
      select s.code as source, p.external_id, c.name, c.gender, c.birth_calendar, c.birth_month, c.birth_day, c.birth_leap, c.birth_year,
             c.phone, c.email, c.province, c.city, c.region, c.number, c.pinyin, array(select unnest(c.tokens) order by 1) as tokens,
             st.stage, st.is_new, st.first_purchase, st.last_purchase
        from customers c join profile_customers m on m.customer_id = c.id join profiles p on p.id = m.profile_id
        join sources s on s.id = p.source_id left join customer_stages st on st.customer_id = c.id
       where s.kind in ('web', 'shop') and p.external_id not like 'order:%' order by 1, 2`),
    values: await rows(sql`
      select c.number, s.kind, v.field, v.value, v.origin from profile_values v
        join profile_customers m on m.profile_id = v.profile_id join customers c on c.id = m.customer_id
        join profiles p on p.id = v.profile_id join sources s on s.id = p.source_id order by 1, 2, 3, 4`),
    history: await rows(sql`
      select c.number, h.field, h.old, h.new, h.origin from profile_value_changes h
        join profile_customers m on m.profile_id = h.profile_id join customers c on c.id = m.customer_id order by 1, h.at, h.id`),
    identifiers: await rows(sql`
      select p.external_id, i.kind, i.scope, i.value, i.raw from identifiers i join profiles p on p.id = i.profile_id order by 1, 2, 3, 4`),
    orders: await rows(sql`
      select s.code as source, o.number, shop.code as shop, o.kind, o.status, o.placed_at, o.day, o.amount, o.line_count, p.external_id,
             sale.number as cancels, o.reason, o.step, m.customer_id is not null as known
        from orders o join sources s on s.id = o.source_id join shops shop on shop.id = o.shop_id join profiles p on p.id = o.profile_id
        left join orders sale on sale.id = o.cancels_id left join profile_customers m on m.profile_id = o.profile_id order by 1, 2`),
    lines: await rows(sql`
      select o.number, l.line, pr.code, l.kind, l.name, l.quantity, l.unit_price, l.amount
        from order_lines l join orders o on o.id = l.order_id left join products pr on pr.id = l.product_id order by 1, 2`),
    steps: await rows(sql`
      select o.number, k.step, k.at, k.carrier, k.tracking, s.code as source
        from order_steps k join orders o on o.id = k.order_id join sources s on s.id = k.source_id order by 1, 3, 2`),
    arrivals: await rows(sql`
      select p.external_id, a.origin, w.key, a.campaign, a.referrer, a.at, a.on_day
        from arrivals a join profiles p on p.id = a.profile_id left join arrival_ways w on w.id = a.way_id order by 1`),
    reviews: await rows(sql`
      select r.external_id, p.external_id as whose, o.number, r.line, g.code, r.rating, r.words, r.at
        from reviews r join profiles p on p.id = r.profile_id left join orders o on o.id = r.order_id left join products g on g.id = r.product_id
       order by 1`),
    shops: await rows(sql`
      select c.number, s.code from customer_shops k join customers c on c.id = k.customer_id join shops s on s.id = k.shop_id order by 1, 2`),
    products: await rows(
      sql`
      select p.code, p.name, kind, category, b.code as brand, price, cost, stock, attributes, p.version
        from products p left join brands b on b.id = p.brand_id order by 1`,
    ),
    behaviour: await behaviourIn(ctx),
    // Of reviews the door says itself what is news: those of the last days.
    facts: await rows(sql`
      select kind, case when kind <> 'reviews.said' then historic end as historic, data ->> 'number' as number, data ->> 'amount' as amount, count(*) as count from facts
       where kind like 'orders.%' or kind in ('customers.added', 'reviews.said') group by 1, 2, 3, 4 order by 1, 2, 3, 4`),
  }
}

/** What people did, and whose it is. */
async function behaviourIn(ctx: Context): Promise<string[]> {
  const { rows } = await sql<{ id: number; who: string }>`
    select p.id, concat_ws(' ', p.external_id, coalesce(c.number, 'nobody')) as who
      from profiles p left join profile_customers m on m.profile_id = p.id left join customers c on c.id = m.customer_id`.execute(
    ctx.db,
  )
  const who = new Map(rows.map((row) => [row.id, row.who]))
  const found = await ctx.columns.query({
    query: `SELECT profile_id, at, source_id, shop_id, kind, event, has(product_ids, 0) AS unknown, products, quantity, amount,
                   text, path, referrer, campaign, properties FROM behaviour`,
    format: 'JSONEachRow',
  })
  const told = await found.json<{ profile_id: number }>()
  return told.map(({ profile_id, ...row }) => `${who.get(profile_id)} ${JSON.stringify(row)}`).sort()
}

test('a history that is written set-wise is the shop that its files and its staff would have made', async () => {
  const [one, other] = [await house(), await house()]
  one.clock.moveTo(end)
  await byFiles(one)
  other.clock.moveTo(end)
  await setWise(other)

  const told = await seen(one)
  const written = await seen(other)

  for (const what of Object.keys(told) as (keyof typeof told)[]) expect(written[what], what).toEqual(told[what])
  expect(told.orders.filter((order) => (order as { status: string }).status === 'void').length).toBeGreaterThan(1)
  expect(told.customers.length).toBeGreaterThan(200)
  expect(told.behaviour.length).toBeGreaterThan(1500)
  expect(told.behaviour.some((one) => one.startsWith('anonymous:') && !one.includes(' nobody '))).toBe(true)
  expect(told.orders.filter((order) => (order as { kind: string }).kind === 'cancellation').length).toBeGreaterThan(2)
  expect([told.steps.length > 60, told.arrivals.length > 5, told.reviews.length > 5]).toEqual([true, true, true])
  expect(new Set(told.customers.map((customer) => (customer as { stage: string }).stage)).size).toBeGreaterThanOrEqual(
    4,
  )
})
