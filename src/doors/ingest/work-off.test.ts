import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { type TestContext, useHouse } from '#platform/testing/index.ts'
import { replayDrops } from './replay.ts'
import { aSender, rowsOf, settle } from './testing/index.ts'

const house = useHouse()

type Did = { kind: string; event: string; products: string[]; at: string; profile_id: number; product_ids: number[] }
const did = (ctx: TestContext) =>
  rowsOf<Did>(ctx, 'SELECT kind, event, products, at, profile_id, product_ids FROM behaviour ORDER BY at, event')

async function customerOf(ctx: TestContext, profileId: number): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    select customer_id as id from profile_customers where profile_id = ${profileId}`.execute(ctx.db)
  return rows[0]?.id
}

async function drops(ctx: TestContext): Promise<{ reason: string; subject: string | null }[]> {
  return (
    await sql<{ reason: string; subject: string | null }>`select reason, subject from ingest_drops order by id`.execute(
      ctx.db,
    )
  ).rows
}

type Document = { number: string; kind: string; amount: number; status: string; day: string }
async function orders(ctx: TestContext): Promise<Document[]> {
  return (await sql<Document>`select number, kind, amount, status, day from orders order by id`.execute(ctx.db)).rows
}

let next = 0
const track = (event: string, properties: object = {}, more: object = {}) => ({
  type: 'track',
  event,
  userId: 'u1',
  messageId: `m${next++}`,
  properties,
  ...more,
})

test('what a browser did before belongs to whoever signs in on it, and to nobody else', async () => {
  const ctx = await house()
  const { batch } = await aSender(ctx)
  await sql`insert into products (code, name) values ('TEA-1', 'Longjing')`.execute(ctx.db)

  await batch(
    {
      type: 'track',
      event: 'Product Viewed',
      anonymousId: 'b1',
      messageId: 'v1',
      properties: { sku: 'TEA-1', price: 88 },
    },
    {
      type: 'page',
      name: 'Home',
      anonymousId: 'b1',
      messageId: 'v2',
      context: { page: { path: '/?phone=13800138000' } },
    },
  )
  await settle(ctx)
  const before = (await did(ctx)).find(({ kind }) => kind === 'viewed')
  expect(before).toMatchObject({ kind: 'viewed', products: ['TEA-1'], product_ids: [1] })
  expect(await customerOf(ctx, before!.profile_id)).toBeUndefined()

  await batch(
    {
      type: 'identify',
      userId: 'u1',
      anonymousId: 'b1',
      messageId: 'i1',
      traits: { name: '王小明', phone: '138 0013 8000', gender: 'male', address: { city: '杭州' } },
    },
    {
      type: 'track',
      event: 'Product Added',
      userId: 'u1',
      anonymousId: 'b1',
      messageId: 't1',
      properties: { product_id: 'TEA-1' },
    },
    { type: 'identify', userId: 'u2', anonymousId: 'b1', messageId: 'i2', traits: { email: 'other@shop.example' } },
  )
  await settle(ctx)

  const rows = await did(ctx)
  const owners = new Set(await Promise.all(rows.map((row) => customerOf(ctx, row.profile_id))))
  expect(owners.size).toBe(1)
  const { rows: people } = await sql<{ id: number; name: string; phone: string; city: string; email: string }>`
    select id, name, phone, city, email from customers order by id`.execute(ctx.db)
  expect(people).toHaveLength(2)
  expect(people.find(({ id }) => owners.has(id))).toMatchObject({
    name: '王小明',
    phone: '+8613800138000',
    city: '杭州',
  })
  const [path] = await rowsOf<{ path: string }>(ctx, "SELECT path FROM behaviour WHERE kind = 'page'")
  expect(path).toEqual({ path: '/' })
})

test('the same message has its effect once, however often, by whichever key of the source, it comes', async () => {
  const ctx = await house()
  const { batch, send } = await aSender(ctx)
  const order = track('Order Completed', {
    order_id: 'A-1',
    total: 20,
    products: [{ sku: 'TEA-1', price: 10, quantity: 2 }],
  })
  const view = track('Product Viewed', { sku: 'TEA-1' })

  await batch(order, view, view)
  await batch(view, order)
  await settle(ctx)
  await batch(order, view)
  await send('track', view)
  await settle(ctx)

  expect(await did(ctx)).toHaveLength(1)
  expect(await orders(ctx)).toMatchObject([{ number: 'A-1', amount: 2000 }])
  const { rows } = await sql`select outcome, sum(count)::int as count from ingest_counts group by 1 order by 1`.execute(
    ctx.db,
  )
  expect(rows).toEqual([
    { outcome: 'repeated', count: 6 },
    { outcome: 'used', count: 2 },
  ])
})

test('however wrong the sender’s clock is, things happened when they did', async () => {
  const ctx = await house()
  const { send } = await aSender(ctx)
  const sent = { sentAt: '2031-05-05T10:00:00Z' }

  await send('batch', { batch: [track('an hour ago', {}, { timestamp: '2031-05-05T09:00:00Z' })], ...sent })
  await send('batch', { batch: [track('ahead', {}, { timestamp: '2031-05-06T09:00:00Z' })], ...sent })
  await send('batch', { batch: [track('late', {}, { timestamp: '2026-02-01T00:00:00Z' })] })
  await send('batch', { batch: [track('no time', {}, { timestamp: 'yesterday' })], ...sent })
  await settle(ctx)

  const rows = await did(ctx)
  expect(Object.fromEntries(rows.map(({ event, at }) => [event, at]))).toEqual({
    late: '2026-02-01 00:00:00.000',
    'an hour ago': '2026-03-01 03:00:00.000',
    ahead: '2026-03-01 04:00:00.000',
    'no time': '2026-03-01 04:00:00.000',
  })
})

test('an order is completed, told anew, given back in part and cancelled; stale news change nothing', async () => {
  const ctx = await house()
  const { batch } = await aSender(ctx)
  const products = [
    { sku: 'TEA-1', name: 'Longjing', price: '10.50', quantity: 2 },
    { sku: 'CUP-1', name: 'Cup', price: 30, quantity: 1 },
  ]
  const at = (time: string) => ({ timestamp: `2026-02-28T${time}Z` })

  await batch(
    track('Order Completed', { order_id: 'A-1', shipping: 5, discount: 1, total: 55, products }, at('16:30:00')),
    track('Order Completed', { order_id: 'A-2', revenue: 7 }, at('16:31:00')),
  )
  await settle(ctx)
  await batch(
    track('Order Updated', { order_id: 'A-1', shipping: 8, discount: 1, total: 58, products }, at('17:00:00')),
    track('Order Updated', { order_id: 'A-1', total: 1, products }, at('16:45:00')),
    track('Order Refunded', { order_id: 'A-1', products: [{ sku: 'TEA-1', quantity: 1 }] }, at('18:00:00')),
    track('Order Refunded', { order_id: 'A-1', total: 2 }, at('18:30:00')),
    track('Order Cancelled', { order_id: 'A-2' }, at('18:00:00')),
  )
  await settle(ctx)

  const documents = await orders(ctx)
  expect(documents).toMatchObject([
    { number: 'A-1', kind: 'sale', amount: 5800, day: '2026-03-01' },
    { number: 'A-2', kind: 'sale', amount: 700 },
    { kind: 'cancellation', amount: -1050 },
    { number: 'A-2-C', kind: 'cancellation', amount: -700 },
    { kind: 'cancellation', amount: -200 },
  ])
  const { rows } = await sql<{ kind: string; historic: boolean }>`
    select kind, historic from facts where kind like 'orders.%' order by id`.execute(ctx.db)
  expect(rows.map(({ kind }) => kind)).toEqual([
    'orders.placed',
    'orders.placed',
    'orders.changed',
    'orders.cancelled',
    'orders.cancelled',
    'orders.cancelled',
  ])
  expect(rows.every(({ historic }) => !historic)).toBe(true)
  expect(await drops(ctx)).toEqual([])
  const { rows: lines } = await sql<{ kind: string; amount: number }>`
    select l.kind, l.amount from order_lines l join orders o on o.id = l.order_id where o.number = 'A-1' order by l.line`.execute(
    ctx.db,
  )
  expect(lines).toEqual([
    { kind: 'goods', amount: 2100 },
    { kind: 'goods', amount: 3000 },
    { kind: 'postage', amount: 800 },
    { kind: 'discount', amount: -100 },
  ])

  await batch(track('Order Cancelled', { order_id: 'A-1' }), track('Order Cancelled', { order_id: 'A-1' }))
  await settle(ctx)
  const { rows: net } = await sql<{ net: number }>`
    select sum(amount)::int as net from orders where number like 'A-1%'`.execute(ctx.db)
  expect(net).toEqual([{ net: 0 }])
})

test('what is given back before its sale is known waits for it; a sale edited here stays', async () => {
  const ctx = await house()
  const { batch } = await aSender(ctx)
  await batch(track('Order Refunded', { order_id: 'A-9', total: 3 }))
  await settle(ctx)
  expect(await drops(ctx)).toEqual([{ reason: 'order_unknown', subject: 'A-9' }])

  await batch(track('Order Completed', { order_id: 'A-9', total: 10 }, { timestamp: '2026-02-01T00:00:00Z' }))
  await settle(ctx)

  expect(await drops(ctx)).toEqual([])
  expect(await orders(ctx)).toMatchObject([{ amount: 1000 }, { kind: 'cancellation', amount: -300 }])
  await sql`update orders set version = version + 1 where number = 'A-9'`.execute(ctx.db)
  await batch(track('Order Updated', { order_id: 'A-9', total: 11 }))
  await settle(ctx)
  expect(await drops(ctx)).toEqual([{ reason: 'order_edited', subject: 'A-9' }])
})

test('what cannot be used is kept with its reason, and used when the cause is mended', async () => {
  const ctx = await house()
  const { batch, send, keyId } = await aSender(ctx, { place: 'browser', orders: false })
  const order = track('Order Completed', { order_id: 'A-1', total: 10 })
  let deep: object = {}
  for (let level = 0; level < 30; level += 1) deep = { deep }

  await batch(
    order,
    { type: 'track', event: 'Product Viewed', messageId: 'x1' },
    { type: 'track', userId: 'u1', messageId: 'x2' },
    { type: 'dance', userId: 'u1', messageId: 'x3' },
    track('large', { text: 'x'.repeat(33_000) }),
    track('deep', deep),
    7 as unknown as object,
    track('nul', { text: 'a\u0000b\ud800' }),
  )
  await batch(order)
  // Nested further than any program may call itself, with letters that are none.
  const endless = `${'['.repeat(9_000)}"\\u0000"${']'.repeat(9_000)}`
  await send(
    'batch',
    `{"batch":[${endless},{"type":"track","event":"e","userId":"u1","messageId":"x9","properties":{"a":${endless}}}]}`,
  )
  await send('track', `{"event":"whole","userId":"u1","messageId":"x10","properties":{"a":1}}`)
  await settle(ctx)

  expect((await drops(ctx)).map(({ reason }) => reason).sort()).toEqual([
    'no_event',
    'no_person',
    'not_an_object',
    'order_not_allowed',
    'too_deep',
    'too_deep',
    'too_deep',
    'too_large',
    'unknown_type',
  ])
  expect((await did(ctx)).map(({ event }) => event)).toEqual(['nul', 'whole'])
  await sql`update write_keys set orders = true where id = ${keyId}`.execute(ctx.db)

  expect(await replayDrops(ctx, { reason: 'order_not_allowed' })).toEqual({ replayed: 1, left: 0 })
  await batch(order)
  await settle(ctx)

  expect(await orders(ctx)).toMatchObject([{ number: 'A-1', amount: 1000 }])
  expect((await drops(ctx)).map(({ reason }) => reason)).not.toContain('order_not_allowed')
})

test('a message on which the work breaks is set aside, and all others are used', async () => {
  const ctx = await house()
  const { batch } = await aSender(ctx)
  await sql`alter table profiles add constraint broken check (external_id <> 'u-broken')`.execute(ctx.db)

  await batch(track('one'), track('two', {}, { userId: 'u-broken' }), track('three'))
  await batch(track('four'))
  await settle(ctx)

  expect((await did(ctx)).map(({ event }) => event).sort()).toEqual(['four', 'one', 'three'])
  expect(await drops(ctx)).toEqual([{ reason: 'broken', subject: null }])
})

test('a batch that ClickHouse had already when its sender died is there once', async () => {
  const ctx = await house()
  const { batch } = await aSender(ctx)
  await batch(...Array.from({ length: 50 }, () => track('Product Viewed', { sku: "it's\ta \\ cup" })))
  const { workOff } = await import('./work-off.ts')
  const { writeBatches } = await import('#know/behaviour/index.ts')
  await workOff(ctx)
  const { rows } = await sql`select * from behaviour_batches`.execute(ctx.db)
  await writeBatches(ctx)
  const [{ id, token, rows: count, body }] = rows as [{ id: number; token: string; rows: number; body: Buffer }]
  await sql`insert into behaviour_batches (id, token, rows, body) values (${id}, ${token}, ${count}, ${body})`.execute(
    ctx.db,
  )

  await settle(ctx)

  const found = await did(ctx)
  expect(found).toHaveLength(50)
  expect(found[0]!.products).toEqual(["it's\ta \\ cup"])
})

test('how far an order is comes in any order, also before the order itself, and ends right', async () => {
  const ctx = await house()
  const { batch } = await aSender(ctx)
  const at = (day: number) => ({ timestamp: `2026-02-${day}T04:00:00Z` })
  const parcel = { order_id: 'A-9', carrier: '顺丰', tracking_number: 'SF9' }

  await batch(track('Order Delivered', parcel, at(24)))
  await settle(ctx)
  expect(await drops(ctx)).toEqual([{ reason: 'order_unknown', subject: 'A-9' }])
  await batch(
    track('Order Completed', { order_id: 'A-9', total: 20, products: [{ sku: 'TEA-1', price: 20 }] }, at(20)),
    track('order_shipped', parcel, at(21)),
  )
  await settle(ctx)

  const { rows } = await sql`
    select o.step, array_agg(s.step order by s.at) as told, min(s.carrier) as carrier, o.version from orders o
      join order_steps s on s.order_id = o.id group by o.id`.execute(ctx.db)
  expect(rows).toEqual([{ step: 'delivered', told: ['shipped', 'delivered'], carrier: '顺丰', version: 1 }])
  expect(await drops(ctx)).toEqual([])
})

test('the first page tells where somebody came from; a review with a rating is kept once, however often it is told', async () => {
  const ctx = await house()
  const { batch } = await aSender(ctx)
  const page = (referrer: string, day: number, campaign?: object) => ({
    ...{ type: 'page', anonymousId: 'b7', messageId: `p${day}`, timestamp: `2026-02-${day}T04:00:00Z` },
    context: { page: { path: '/tea', url: 'https://shop.example/tea', referrer }, ...(campaign ? { campaign } : {}) },
  })
  const review = { sku: 'TEA-1', review_id: 'R-1', review_body: '很香', order_id: 'A-7' }

  await batch(page('https://shop.example/', 20), page('https://www.google.com/', 22))
  await settle(ctx)
  await batch(
    page('https://www.xiaohongshu.com/', 21, { name: 'spring' }),
    { type: 'identify', userId: 'u1', anonymousId: 'b7', messageId: 'i7', traits: { name: '王芳' } },
    track('Order Completed', { order_id: 'A-7', total: 20, products: [{ sku: 'TEA-1', price: 20 }] }),
    track('Product Reviewed', { ...review, rating: 4 }),
    track('Product Reviewed', { sku: 'TEA-1', review_body: 'no stars' }),
  )
  await batch(track('Product Reviewed', { ...review, rating: '5' }))
  await settle(ctx)

  const { rows: came } = await sql`
    select w.key, a.campaign, a.on_day, customers.name from arrivals a join arrival_ways w on w.id = a.way_id
      join profile_customers map on map.profile_id = a.profile_id join customers on customers.id = map.customer_id`.execute(
    ctx.db,
  )
  expect(came).toEqual([{ key: 'xiaohongshu', campaign: 'spring', onDay: '2026-02-21', name: '王芳' }])
  const { rows: said } = await sql`
    select r.rating, r.words, p.code, o.number, r.line from reviews r join products p on p.id = r.product_id left join orders o on o.id = r.order_id`.execute(
    ctx.db,
  )
  expect(said).toEqual([{ rating: 5, words: '很香', code: 'TEA-1', number: 'A-7', line: 1 }])
  expect((await did(ctx)).filter(({ kind }) => kind === 'reviewed')).toHaveLength(3)
})

test('who is known is not looked up again, but whoever was forgotten is somebody new', async () => {
  const ctx = await house()
  const { batch } = await aSender(ctx)
  const look = () => track('Product Viewed', { sku: 'TEA-1' }, { anonymousId: 'b1' })

  await batch(look())
  await settle(ctx)
  await batch(look(), track('Order Completed', { order_id: 'A-1', total: 5 }, { anonymousId: 'b1' }))
  await settle(ctx)
  const [first, second] = await did(ctx)
  expect(second!.profile_id).toBe(first!.profile_id)

  await sql`delete from identifiers where kind = 'buyer'`.execute(ctx.db)
  await batch(look())
  await settle(ctx)
  expect((await sql`select value from identifiers where kind = 'buyer'`.execute(ctx.db)).rows).toEqual([
    { value: 'u1' },
  ])

  await sql`truncate orders, order_lines cascade`.execute(ctx.db)
  await sql`delete from profiles`.execute(ctx.db)
  await batch(look())
  await settle(ctx)
  const others = (await did(ctx)).filter((row) => row.profile_id !== first!.profile_id)
  expect(others).toHaveLength(1)
  expect(await customerOf(ctx, others[0]!.profile_id)).toBeDefined()
})
