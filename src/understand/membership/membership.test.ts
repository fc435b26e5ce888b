import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { activity } from '#know/activity/index.ts'
import { saveSteps } from '#know/orders/index.ts'
import type { Columns } from '#platform/clickhouse/connect.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { serverOf, staffActor, type TestContext, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { someCustomers } from '#understand/projection/testing/records.ts'
import type { Condition } from '#understand/query/contract.ts'
import { compileAnswers, rowsOf } from '#understand/query/index.ts'
import { openShop } from '#understand/query/testing/open-shop.ts'
import { randomTree, type Vocabulary } from '#understand/query/testing/random-tree.ts'
import {
  diceOf,
  smallCategories,
  smallCities,
  smallDays,
  smallKinds,
  smallShop,
} from '#understand/query/testing/small-shop.ts'
import { addSegment, segments } from '#understand/segments/index.ts'
import { basesOf } from './basis.ts'
import { keepMemberships } from './keep-memberships.ts'
import { membersOf as membersOfMany } from './members-of.ts'
import { membership } from './module.ts'
import { recallPast } from './recall-past.ts'
import { anEvent, happens, seldom } from './testing/happenings.ts'
import { membershipWords } from './words.ts'

const house = useHouse()

async function keep(ctx: TestContext) {
  await projectAll(ctx)
  while (await keepMemberships(ctx));
}

const membersOf = async (ctx: TestContext, id: number) => (await membersOfMany(ctx, [id])).get(id)

/** What was told, as `customer kind segment why`. */
async function told(ctx: TestContext) {
  const { rows } = await sql<{ kind: string; segment: number; customer: number; why: string }>`
    select kind, subject_id as segment, customer_id as customer, data ->> 'why' as why
      from facts join profile_customers using (profile_id) where kind like 'membership.%' order by id`.execute(ctx.db)
  return rows.map(({ kind, segment, customer, why }) => `${customer} ${kind.slice(11)} ${segment} ${why}`)
}

const aSegment = async (ctx: TestContext, question: Condition) =>
  (await addSegment(ctx, { name: `Segment ${Math.random()}`, question })).id

async function orders(ctx: TestContext, customer: number, day: string, { historic = false } = {}) {
  await sql`
    with o as (
      insert into orders (profile_id, source_id, shop_id, number, kind, status, placed_at, day, amount, line_count)
      select min(profile_id), 1, 1, gen_random_uuid()::text, 'sale', 'completed', ${day}::timestamptz, ${day}::date, 100, 0
        from profile_customers where customer_id = ${customer}
      returning id, profile_id
    )
    insert into facts (at, kind, profile_id, subject_id, actor, historic)
    select now(), 'orders.placed', profile_id, id, 'system', ${historic} from o`.execute(ctx.db)
}

const lastDays = (days: number): Condition => ({ is: 'orders', of: 'count', days, atLeast: 1 })

test('who is there when a segment is saved is no news; who comes by an order and who goes by time is', async () => {
  const ctx = await house()
  await someCustomers(ctx, [{ orders: [{ day: '2026-02-27', amount: 100 }] }, {}, {}])
  const recent = await aSegment(ctx, lastDays(3))
  const others = await aSegment(ctx, { is: 'not', of: { is: 'segment', in: [recent] } })
  await keep(ctx)
  expect([await membersOf(ctx, recent), await membersOf(ctx, others), await told(ctx)]).toEqual([[1], [2, 3], []])

  await orders(ctx, 2, '2026-03-01')
  await orders(ctx, 3, '2026-03-01', { historic: true })
  await keep(ctx)
  // The third came by what was imported: that is history, and in nobody's mouth.
  expect([await membersOf(ctx, recent), await membersOf(ctx, others)]).toEqual([[1, 2, 3], []])
  expect((await told(ctx)).sort()).toEqual([`2 entered ${recent} data`, `2 left ${others} data`].sort())

  // A minute after midnight of the shop, which is in Shanghai.
  ctx.clock.moveTo('2026-03-01T16:01:00Z')
  expect(await keepMemberships(ctx)).toBe(true)
  expect(await membersOf(ctx, recent)).toEqual([2, 3])
  expect((await told(ctx)).slice(2).sort()).toEqual([`1 entered ${others} time`, `1 left ${recent} time`].sort())
  expect(await keepMemberships(ctx)).toBe(false)

  const may = ['segments.read', 'segments.edit', 'customers.read']
  const desk = serverOf(ctx, [segments, membership, activity({ tellers: [membershipWords] })], staffActor(may))
  const { body: history } = await desk.request('GET', `/segments/${recent}/history`)
  expect(history).toMatchObject({ size: 2, asOf: '2026-03-02' })
  expect(history.days).toEqual([
    { day: '2026-03-01', size: 3, entered: 1, left: 0, anew: true },
    { day: '2026-03-02', size: 2, entered: 0, left: 1, anew: false },
  ])
  const { body: lately } = await desk.request('GET', `/segments/${recent}/moves`)
  expect(lately.items).toMatchObject([
    { customerId: 1, entered: false, why: 'time' },
    { customerId: 2, entered: true, why: 'data' },
  ])
  const ofOneShop = staffActor(['segments.read'], { scope: { kind: 'shops', shopIds: [1] } })
  expect((await desk.request('GET', `/segments/${recent}/moves`, { as: ofOneShop })).body).toEqual({
    items: [],
    untold: true,
  })

  await desk.request('PATCH', `/segments/${recent}`, {
    body: { question: lastDays(30) },
    headers: { 'if-match': '"1"' },
  })
  await keep(ctx)
  expect(await membersOf(ctx, recent)).toEqual([1, 2, 3])
  expect((await told(ctx)).length).toBe(4)
  // The feed says which one was made and changed.
  const { rows } = await sql<{ name: string }>`select name from segments where id = ${recent}`.execute(ctx.db)
  const { body: feed } = await desk.request('GET', '/activity?limit=10')
  expect(feed.items.filter(({ words }: { words: string }) => words === rows[0]!.name)).toHaveLength(2)
})

test('who looked and did not buy within two days is found when the two days are over; who was merged was there already', async () => {
  const ctx = await house()
  await someCustomers(ctx, [{ added: '2026-01-01' }, { added: '2026-01-02' }])
  const left = await aSegment(ctx, {
    is: 'sequence',
    steps: [{ did: 'viewed' }, { did: 'bought', not: true, within: 2 }],
    days: 30,
  })
  await keep(ctx)
  await anEvent(ctx, 2, { kind: 'viewed', productId: 1 })
  await keep(ctx)
  expect(await membersOf(ctx, left)).toEqual([])
  ctx.clock.moveTo('2026-03-03T16:00:10Z')
  await keep(ctx)
  expect([await membersOf(ctx, left), await told(ctx)]).toEqual([[2], [`2 entered ${left} time`]])

  const merges: number[] = []
  const { mergeCustomers, undoMerge } = await import('#know/identity/index.ts')
  merges.push((await mergeCustomers(ctx, { into: 1, from: [2], evidence: 'staff' })).mergeId)
  await keep(ctx)
  expect(await membersOf(ctx, left)).toEqual([1])
  await undoMerge(ctx, merges[0]!)
  await keep(ctx)
  expect(await membersOf(ctx, left)).toEqual([2])
  // She was in all the time; the first left when it turned out that it was not her.
  expect((await told(ctx)).slice(1)).toEqual([`1 left ${left} data`])
})

test('who is picked by hand comes into a live segment as news, and leaves it when the last day is over', async () => {
  const ctx = await house()
  await someCustomers(ctx, [{ added: '2026-01-01', orders: [{ day: '2026-02-27' }] }, { added: '2026-01-02' }])
  const buyers = await aSegment(ctx, { is: 'bought' })
  await keep(ctx)
  const desk = serverOf(ctx, [segments], staffActor(['segments.read', 'segments.edit', 'customers.read']))
  const pick = (id: number, body: object) => desk.request('PUT', `/customers/${id}/segments/${buyers}/pick`, { body })
  expect((await pick(2, { how: 'in', reason: 'Guest', until: '2026-03-02' })).status).toBe(200)
  await keep(ctx)
  await pick(1, { how: 'out', reason: 'Asked for it' })
  await keep(ctx)
  expect(await membersOf(ctx, buyers)).toEqual([2])
  ctx.clock.moveTo('2026-03-02T16:00:10Z')
  await keep(ctx)
  expect([await membersOf(ctx, buyers), await told(ctx)]).toEqual([
    [],
    [`2 entered ${buyers} data`, `1 left ${buyers} data`, `2 left ${buyers} time`],
  ])
})

test('a shop whose past is made at once remembers how many there were, and who came and left in the last days', async () => {
  const ctx = await house()
  await someCustomers(ctx, [
    { added: '2025-12-01', orders: [{ day: '2026-02-10' }] },
    { added: '2025-12-01', orders: [{ day: '2026-02-26' }] },
  ])
  const recent = await aSegment(ctx, lastDays(14))
  await keep(ctx)
  await recallPast(ctx)
  const desk = serverOf(ctx, [membership], staffActor(['segments.read', 'customers.read']))
  const { body: history } = await desk.request('GET', `/segments/${recent}/history`)
  const { body: lately } = await desk.request('GET', `/segments/${recent}/moves`)
  const of = (day: string) => history.days.find((one: { day: string }) => one.day === day)
  expect(of('2025-12-31')).toMatchObject({ size: 0, anew: true })
  expect(of('2026-02-23')).toMatchObject({ size: 1, left: 0 })
  expect(of('2026-02-26')).toMatchObject({ size: 1, entered: 1, left: 0, anew: false })
  expect(of('2026-03-01')).toMatchObject({ size: 1, anew: false })
  expect(
    lately.items.map(({ customerId, entered, why }: Record<string, unknown>) => [customerId, entered, why]),
  ).toEqual([
    [2, true, 'data'],
    [1, false, 'time'],
  ])
})

const words: Vocabulary = {
  days: fc.constantFrom(...smallDays),
  texts: fc.constantFrom(...smallCities, '浙江', '中国'),
  money: fc.integer({ min: -2, max: 10 }).map((one) => one * 500),
  ids: {
    staff: [1, 2],
    shop: [1, 2],
    tag: [1, 2],
    way: [1, 2],
    product: [1, 2, 3, 4, 5, 6],
    brand: [1, 2],
    segment: [1],
    picked: [1, 2],
    state: [1, 2],
  },
  categories: fc.constantFrom(...smallCategories),
  kinds: smallKinds,
}

/** What chance asks too rarely to notice when nobody is told of it: reviews, ways of orders, where people and shops are. */
const rarely: Condition[] = [
  { is: 'reviewed', days: 20 },
  { is: 'reviewed', answered: 'no', ratingTo: 3 },
  { is: 'parcel', step: 'shipped' },
  { is: 'parcel', step: 'received', days: 20 },
  { is: 'distance', atMost: 100 },
  { is: 'nearest', in: [1] },
  { is: 'region', in: [330_000] },
]

/** Who a plain question finds now, each segment by itself and nothing shared. */
async function askedAnew(ctx: TestContext): Promise<Map<number, number[]>> {
  const { bases, many } = await basesOf(ctx)
  const rows = await rowsOf<{ customerId: number; answers: number[] }>(ctx, compileAnswers(many))
  return new Map(
    bases.map(({ id }, at) => [id, rows.filter(({ answers }) => answers[at] === 1).map((one) => one.customerId)]),
  )
}

test('whatever happens, day after day, whoever is kept as a member is whom the question finds', async () => {
  const seed = Number(process.env.REGULARS_SEED ?? 20_261_122)
  const shops = Number(process.env.REGULARS_SHOPS ?? 1)
  for (let shopSeed = seed; shopSeed < seed + shops; shopSeed += 1) {
    const dice = diceOf(shopSeed)
    const ctx = await house()
    await openShop(ctx, smallShop(shopSeed, 24))
    const trees = fc.sample(randomTree(words, 4), { numRuns: 60, seed: shopSeed }) as Condition[]
    const ids: number[] = []
    for (const question of rarely) ids.push((await addSegment(ctx, { name: `${ids.length}`, question })).id)
    for (const tree of trees) {
      if (ids.length === 20) break
      const nested: Condition =
        ids.length % 6 === 5 ? { is: 'and', of: [tree, { is: 'segment', in: [ids.at(-1)!] }] } : tree
      await addSegment(ctx, { name: `${ids.length}`, question: nested }).then(
        ({ id }) => ids.push(id),
        () => undefined,
      )
    }
    const state = { merges: [] as number[] }
    const said: string[] = []
    const isRight = async () => {
      await projectAll(ctx)
      while (await keepMemberships(ctx));
      const expected = await askedAnew(ctx)
      const members = await membersOfMany(ctx, ids)
      for (const id of ids)
        expect(members.get(id), `seed ${shopSeed}, segment ${id}, after ${said.join(', ')}`).toEqual(expected.get(id))
    }
    for (let step = 0; step < 8; step += 1) {
      await isRight()
      for (let times = dice(4); times >= 0; times -= 1) said.push(await happens(ctx, dice, state))
      if (dice(3) === 0) {
        ctx.clock.moveTo(new Date(ctx.clock.now().getTime() + (1 + dice(20)) * 86_400_000))
        said.push(ctx.clock.now().toISOString().slice(0, 10))
      }
    }
    // And each by itself: in a crowd of happenings another may bring about what one forgot.
    for (const what of seldom) {
      said.push(await happens(ctx, dice, state, what))
      await isRight()
    }
  }
}, 240_000)

test('a parcel that leaves, a review that comes and is answered, a shop that moves: each changes who is there, by itself', async () => {
  const ctx = await house()
  await someCustomers(ctx, [{ orders: [{ day: '2026-02-27' }] }, {}])
  await sql`update customers set region = 330106, version = version + 1, xid = pg_current_xact_id() where id = 1`.execute(
    ctx.db,
  )
  const moveShop = (latitude: number) =>
    sql`with moved as (update shops set latitude = ${latitude}, longitude = 120 where id = 1)
        insert into facts (at, kind, subject_id, actor) values (${ctx.clock.now()}, 'shops.place_changed', 1, 'system')`.execute(
      ctx.db,
    )
  await moveShop(30)
  const parcel = await aSegment(ctx, { is: 'parcel', step: 'shipped' })
  const waits = await aSegment(ctx, { is: 'reviewed', answered: 'no' })
  const near = await aSegment(ctx, { is: 'distance', atMost: 100 })
  const now = async () => {
    await keep(ctx)
    const ids = [parcel, waits, near]
    const members = await membersOfMany(ctx, ids)
    return ids.map((id) => members.get(id))
  }
  expect(await now()).toEqual([[], [], [1]])
  const { rows } = await sql<{ id: number }>`select id from orders`.execute(ctx.db)
  await inTransaction(ctx, (ctx) => saveSteps(ctx, [{ orderId: rows[0]!.id, step: 'shipped', at: ctx.clock.now() }]))
  expect(await now()).toEqual([[1], [], [1]])
  await sql`insert into reviews (profile_id, rating, at, actor, told_at)
            select min(profile_id), 5, ${ctx.clock.now()}, 'system', ${ctx.clock.now()} from profile_customers where customer_id = 2`.execute(
    ctx.db,
  )
  expect(await now()).toEqual([[1], [2], [1]])
  await sql`update reviews set answer = 'thanks', answered_at = ${ctx.clock.now()}, xid = pg_current_xact_id()`.execute(
    ctx.db,
  )
  expect(await now()).toEqual([[1], [], [1]])
  await moveShop(40)
  expect(await now()).toEqual([[1], [], []])
})

test('killed anywhere, and by two at once, nobody comes in twice and nobody is forgotten', async () => {
  const ctx = await house()
  await someCustomers(ctx, [{ orders: [{ day: '2026-02-27' }] }, {}, {}, {}])
  const ids = [await aSegment(ctx, lastDays(3)), await aSegment(ctx, { is: 'did', kind: 'viewed', days: 2 })]
  await keep(ctx)
  const happened = async (day: string) => {
    ctx.clock.moveTo(`${day}T04:00:00Z`)
    await orders(ctx, 2, day)
    await anEvent(ctx, 3, { kind: 'viewed', productId: 1 })
    await projectAll(ctx)
  }
  for (let dies = 1; dies <= 12; dies += 1) {
    await happened(`2026-03-${String(dies * 2).padStart(2, '0')}`)
    await keepMemberships({ ...ctx, columns: dyingAfter(ctx.columns, dies) }).catch(() => undefined)
    await Promise.all([keep(ctx), keep(ctx)])
  }
  const expected = await askedAnew(ctx)
  for (const id of ids) expect(await membersOf(ctx, id)).toEqual(expected.get(id))
  // Who came in left before coming in again.
  const last = new Map<string, string>([[`1 ${ids[0]}`, 'entered']])
  for (const line of await told(ctx)) {
    const [customer, kind, segment] = line.split(' ')
    expect(last.get(`${customer} ${segment}`) ?? 'left', line).not.toBe(kind)
    last.set(`${customer} ${segment}`, kind!)
  }
  for (const id of ids) {
    const there = [...last]
      .filter(([key, kind]) => key.endsWith(` ${id}`) && kind === 'entered')
      .map(([key]) => Number(key.split(' ')[0]))
    expect(there.sort()).toEqual(expected.get(id))
  }
}, 120_000)

/** Columns that answer so many times, and then nobody hears of them again. */
function dyingAfter(columns: Columns, times: number): Columns {
  let left = times
  return new Proxy(columns, {
    get(target, name) {
      const value = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...given: unknown[]) => {
        left -= 1
        if (left < 0) throw new Error('dead')
        return value.apply(target, given)
      }
    },
  })
}
