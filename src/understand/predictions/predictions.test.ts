import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { serverOf, staffActor, type TestContext, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { rowsOf, someCustomers } from '#understand/projection/testing/records.ts'
import type { Condition } from '#understand/query/contract.ts'
import { compileAnswers } from '#understand/query/index.ts'
import { countStandings, planFor, value } from '#understand/value/index.ts'
import { makeForecast, outlookOf, predictions } from './index.ts'
import { latestForecast } from './latest-forecast.ts'
import { toDoOf } from './to-do.ts'

const house = useHouse()

/**
 * A shop over three years up to 2026-03-01, of people who live by the model (r 1, alpha 8 weeks, a 1, b 4), by one statement, the same
 * each time.
 */
async function aShop(ctx: Context, people: number): Promise<void> {
  const dice = (...parts: string[]) =>
    sql.raw(`((abs(hashint8extended(${parts.join(' * 1009 + ')}, 5)) % 100000 + 0.5) / 100000.0)`)
  await sql`
    with c as (
      insert into customers (created_at) select timestamptz '2023-03-01T12:00:00+08' from generate_series(1, ${people}::int) returning id
    ), p as (
      insert into profiles (source_id, external_id) select 1, 'made:' || id from c returning id, substr(external_id, 6)::bigint as customer_id
    ), m as (
      insert into profile_customers (profile_id, customer_id) select id, customer_id from p
    ), life as (
      select id, customer_id, date '2023-03-02' + (${dice('customer_id', '1')} * 1090)::int as first, -ln(${dice('customer_id', '2')}) / 8 as rate,
             1 + least(60, floor(ln(${dice('customer_id', '3')}) / ln(${dice('customer_id', '4')} ^ 0.25)))::int as times
        from p
    ), made as (
      select id, customer_id, first + coalesce(sum(-ln(${dice('customer_id', 'i', '5')}) / rate * 7) filter (where i > 0)
               over (partition by id order by i), 0)::int as day
        from life, generate_series(0, times) as i
       where rate > 0.001
    ), o as (
      insert into orders (profile_id, source_id, shop_id, number, kind, status, placed_at, day, amount, line_count)
      select id, 1, 1, id || '-' || day, 'sale', 'completed', day::timestamptz, day, 5000 + (${dice('customer_id', '6')} * 20000)::int, 1
        from made where day <= date '2026-03-01' group by id, customer_id, day
      returning id, amount
    )
    insert into order_lines (order_id, line, kind, quantity, unit_price, amount) select id, 1, 'goods', 1, amount / 100.0, amount from o`.execute(
    ctx.db,
  )
}

const outlooks = (ctx: TestContext) =>
  rowsOf<{ customer_id: number; step: string; again90: number; value365: number; next_day: string | null }>(
    ctx,
    'SELECT * FROM outlooks WHERE forecast = (SELECT max(id) FROM forecasts) ORDER BY customer_id',
  )

/** 0 no, 1 yes, 2 unknown. */
async function answersOf(ctx: TestContext, customerId: number, where: Condition): Promise<number | undefined> {
  const { lens, yardstick, where: condition } = await planFor(ctx, { where })
  const { sql: query, params } = compileAnswers({ lens, yardstick, conditions: [condition] }, customerId)
  const result = await ctx.columns.query({ query, query_params: params, format: 'JSONEachRow' })
  return (await result.json<{ answers: number[] }>())[0]?.answers[0]
}

describe('a forecast', () => {
  test('of a shop with a history: fitted, checked against the past, and everybody judged by it', async () => {
    const ctx = await house()
    await aShop(ctx, 3000)
    await projectAll(ctx)

    const id = await makeForecast(ctx)
    const { forecast, running } = await latestForecast(ctx)
    const rows = await outlooks(ctx)

    expect(running).toBe(false)
    expect(forecast).toMatchObject({ asOf: '2026-03-01', sample: 1, buyers: rows.length })
    const { check, purchases, scored } = forecast!
    expect(purchases.status).toBe('holds')
    expect(check!.people).toBeGreaterThan(1000)
    // Its people live by the model, so the chances that were foretold came true.
    expect(check!.off).toBeLessThan(0.05)
    expect(check!.purchases.expected / check!.purchases.actual).toBeCloseTo(1, 0)
    expect(scored).toMatchObject({ model: rows.length, alike: 0, own: 0, none: 0 })
    expect(forecast!.tracking!.points.at(-1)!.day).toBe('2026-03-01')
    for (const bin of check!.bins) expect(await countStandings(ctx, { where: bin.peopleNow })).toBe(bin.now)
    expect(await countStandings(ctx, { where: { is: 'foretoldBy', in: ['model', 'alike', 'own'] } })).toBe(rows.length)

    // The customer page says what stands in the columns.
    const one = rows[10]!
    const told = await outlookOf(ctx, one.customer_id)
    expect(told).toMatchObject({ step: one.step, next: one.next_day, value365: one.value365 })
    expect(Math.floor(told.again90! * 100)).toBe(one.again90)

    // What is to be done is told of each as her page tells it; each number opens its people.
    const { items } = await toDoOf(ctx)
    for (const { action, customers, people, owners } of items) {
      expect(await countStandings(ctx, { where: people }), action).toBe(customers)
      expect(owners.reduce((sum, one) => sum + one.customers, 0)).toBe(customers)
    }
    expect(items.reduce((sum, one) => sum + one.customers, 0)).toBeGreaterThan(1000)
    for (const { customer_id: customerId } of rows.slice(0, 60)) {
      const { action } = await outlookOf(ctx, customerId)
      for (const { action: one, people } of items) {
        const hers = await answersOf(ctx, customerId, people)
        expect([customerId, one, hers]).toEqual([customerId, one, action === null ? 2 : Number(action === one)])
      }
    }

    // Another takes its place whole, and the one before goes.
    const next = await makeForecast(ctx)
    expect(next).toBeGreaterThan(id!)
    expect(await rowsOf(ctx, 'SELECT DISTINCT forecast FROM outlooks')).toEqual([{ forecast: next }])
  })

  test('of a shop of a few: no model and no shares, and it says so; a regular has a rhythm, others nothing', async () => {
    const ctx = await house()
    const [regular, once, never] = await someCustomers(ctx, [
      {
        orders: ['2025-09-01', '2025-10-02', '2025-11-01', '2025-12-01', '2026-01-02', '2026-02-01'].map((day) => ({
          day,
        })),
      },
      { orders: [{ day: '2026-02-10' }] },
      {},
    ])
    await projectAll(ctx)
    expect(await outlookOf(ctx, once!)).toMatchObject({ step: null, reason: 'no_forecast' })

    await makeForecast(ctx)

    const { forecast } = await latestForecast(ctx)
    expect(forecast).toMatchObject({
      purchases: { status: 'too_few' },
      check: null,
      tracking: null,
      scored: { model: 0, alike: 0, own: 1, none: 1 },
    })
    expect(await outlookOf(ctx, regular!)).toMatchObject({
      step: 'own',
      reason: 'own',
      modelFault: 'too_few',
      again90: null,
      next: '2026-03-03',
      action: 'wait',
      basis: { purchaseDays: 6, daysSince: 28, gap: 30 },
    })
    expect(await outlookOf(ctx, once!)).toMatchObject({ step: null, reason: 'too_little', value90: null, action: null })
    expect(await outlookOf(ctx, never!)).toMatchObject({ step: null, reason: 'never_bought' })
    await expect(outlookOf(ctx, 999)).rejects.toMatchObject({ code: 'customers.unknown' })
    // What is not known of her is neither a yes nor a no.
    const unlikely = { is: 'foretold' as const, of: 'again90' as const, atMost: 50 }
    expect(await countStandings(ctx, { where: unlikely })).toBe(0)
    expect(await countStandings(ctx, { where: { is: 'not', of: unlikely } })).toBe(0)
    expect(
      await countStandings(ctx, { where: { is: 'foretoldDay', of: 'next', from: '2026-03-01', to: '2026-03-05' } }),
    ).toBe(1)
  })

  test('who sees one shop is told by what was bought there alone, and finds nobody by what was foretold of all', async () => {
    const ctx = await house()
    await sql`insert into shops (code, name) values ('second', 'Second')`.execute(ctx.db)
    const { rows } = await sql<{ id: number }>`select max(id) as id from shops`.execute(ctx.db)
    const other = rows[0]!.id
    const days = ['2025-09-01', '2025-10-01', '2025-11-01', '2025-12-01', '2026-01-01', '2026-02-01']
    const [both] = await someCustomers(ctx, [
      { orders: days.map((day, place) => ({ day, shopId: place % 2 ? other : 1 })) },
    ])
    await projectAll(ctx)
    await makeForecast(ctx)
    const assistant = staffActor(['customers.read', 'insight.read'], { scope: { kind: 'shops', shopIds: [1] } })
    const hers = { ...ctx, actor: assistant }

    expect(await outlookOf(ctx, both!)).toMatchObject({ step: 'own' })
    expect(await outlookOf(hers, both!)).toMatchObject({ step: null, reason: 'some_shops', basis: { purchaseDays: 3 } })
    expect(await countStandings(hers, { where: { is: 'foretoldBy', in: ['own'] } })).toBe(0)
    const server = serverOf(ctx, [predictions, value], assistant)
    expect((await server.request('GET', `/customers/${both}/outlook`)).status).toBe(200)
    expect((await server.request('GET', '/forecast')).status).toBe(403)
  })
})
