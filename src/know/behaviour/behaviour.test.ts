import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { addCustomer, customers } from '#know/customers/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { serverOf, staffActor, type TestContext, useHouse } from '#platform/testing/index.ts'
import { forgetWaiting } from './forget-waiting.ts'
import { appendBehaviour, type Behaviour, behaviourTimeline, writeBatches } from './index.ts'
import { knownBatches } from './kept-behaviour.ts'

const house = useHouse()

async function aPerson(ctx: TestContext): Promise<{ id: number; profileId: number }> {
  const { id, profiles } = await addCustomer(ctx, { values: { name: 'Ana' }, phones: [], emails: [], anyway: true })
  return { id, profileId: profiles[0]!.id }
}

const did = (profileId: number, at: Date, product: string, more: Partial<Behaviour> = {}): Behaviour => ({
  profileId,
  at,
  receivedAt: at,
  sourceId: 1,
  kind: 'viewed',
  event: 'Product Viewed',
  products: [product],
  productIds: [0],
  ...more,
})
const append = (ctx: TestContext, ...rows: Behaviour[]) => inTransaction(ctx, (ctx) => appendBehaviour(ctx, rows))

test('what somebody did stands among what happened, each once, page after page, and of other shops not', async () => {
  const ctx = await house()
  const { id, profileId } = await aPerson(ctx)
  const now = ctx.clock.now()
  // At the very moment of the facts, and before.
  await append(ctx, ...['A', 'B', 'C', 'D', 'E'].map((product) => did(profileId, now, product, { shopId: 1 })))
  await append(ctx, did(profileId, new Date(now.getTime() - 5), 'F'), did(profileId, now, 'G', { shopId: 9 }))
  while (await writeBatches(ctx)) {}
  const owner = staffActor(['customers.read'])
  const { request } = serverOf(ctx, [customers({ timelineAlso: [behaviourTimeline] })], owner)
  // Two of them are in the catalog, one of these without a name.
  await sql`insert into products (code, name) values ('A', 'Apricot tea'), ('B', null)`.execute(ctx.db)
  type Item = { kind: string; data: { products?: string } }
  const page = async (limit: number, after = '') =>
    (await request('GET', `/customers/${id}/timeline?limit=${limit}${after && `&after=${encodeURIComponent(after)}`}`))
      .body as { items: Item[]; next?: string }

  const whole = (await page(50)).items
  const paged: Item[] = []
  for (let next: string | undefined = ''; next !== undefined; ) {
    const one = await page(2, next)
    paged.push(...one.items)
    next = one.next
  }

  expect(paged).toEqual(whole)
  expect(whole.map(({ kind, data }) => data.products ?? kind)).toEqual([
    'customers.added',
    'G',
    'E',
    'D',
    'C',
    'B',
    'Apricot tea',
    'F',
  ])
  const ofShop = staffActor(['customers.read'], { scope: { kind: 'shops', shopIds: [1] } })
  await sql`insert into customer_shops (customer_id, shop_id) values (${id}, 1)`.execute(ctx.db)
  const seen = await request('GET', `/customers/${id}/timeline`, { as: ofShop })
  expect(seen.body.items.map(({ data }: Item) => data.products)).not.toContain('G')
})

test('a backup keeps what its records know of, and who is forgotten is taken out on the way too', async () => {
  const ctx = await house()
  const [ana, bo] = [await aPerson(ctx), await aPerson(ctx)]
  const now = ctx.clock.now()
  await append(ctx, did(ana.profileId, now, 'A'), did(bo.profileId, now, 'B'))
  await writeBatches(ctx)
  await append(ctx, did(ana.profileId, now, 'C'), did(bo.profileId, now, 'D'))

  expect(await knownBatches(ctx)).toBe('batch <= 2 AND batch NOT IN (2)')
  expect(await inTransaction(ctx, (ctx) => forgetWaiting(ctx, { profileIds: [ana.profileId] }))).toBe(1)
  await writeBatches(ctx)

  const found = await ctx.columns.query({
    query: 'SELECT products FROM behaviour ORDER BY products',
    format: 'JSONEachRow',
  })
  expect(await found.json()).toEqual([{ products: ['A'] }, { products: ['B'] }, { products: ['D'] }])
  expect(await knownBatches(ctx)).toBe('batch <= 2')
})
