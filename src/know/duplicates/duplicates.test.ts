import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aCustomer, anOrderOf } from '#know/customers/testing/a-customer.ts'
import { customerOf, keepApart, mergeCustomers, saveMark } from '#know/identity/index.ts'
import { bring } from '#know/identity/testing/told.ts'
import { serverOf, staffActor, type TestContext, useHouse } from '#platform/testing/index.ts'
import { accept } from './accept.ts'
import { cancelScan, latestScan } from './latest-scan.ts'
import { countOpen, listSuggestions } from './list-suggestions.ts'
import { duplicates } from './module.ts'
import { refuse } from './refuse.ts'
import { beginScan } from './scan.ts'
import { scanAll } from './scan-all.ts'
import { scanChanged } from './scan-changed.ts'
import { undoDecision } from './undo-decision.ts'

const house = useHouse()
const may12 = { calendar: 'solar' as const, year: 1985, month: 5, day: 12 }
const home = { province: '浙江', city: '杭州', district: '西湖区', address: '问茶巷27号3幢501室' }

/** One person twice, a family on one phone, and some others. */
async function aShop(ctx: TestContext) {
  const add = async (told: Parameters<typeof aCustomer>[1]) => (await aCustomer(ctx, told)).id
  const one = await add({ name: '王小明', phones: ['13800138000'], birthday: may12, ...home })
  const other = await add({ name: 'Wang Xiaoming', phones: ['13800138001'], birthday: may12, city: '杭州' })
  const mother = await add({ name: '陈秀英', phones: ['13700001111'], ...home, address: '听泉路8号' })
  const daughter = await add({ name: '陈梓萱', phones: ['13700001111'], ...home, address: '听泉路8号' })
  for (let i = 0; i < 12; i += 1) {
    const name = `${'赵钱孙李周吴郑冯褚卫蒋沈'[i]}${'丽国海秀文芳静强燕明华平'[(i * 5) % 12]}`
    await add({
      name,
      phones: [`1390000${String(i * 613).padStart(4, '0')}`],
      birthday: { ...may12, month: i + 1, year: 1950 + i },
    })
  }
  return { one, other, mother, daughter }
}

const open = async (ctx: TestContext) => (await listSuggestions(ctx, { state: 'open', limit: 20 })).items
const alike = (field: string) => expect.objectContaining({ field })
const pairsOf = (items: { one: { id: number }; other: { id: number } }[]) =>
  items.map(({ one, other }) => [one.id, other.id])

test('who is here twice is suggested with reasons; a family on one phone is not; a merge and its undo change the queue', async () => {
  const ctx = await house()
  const { one, other } = await aShop(ctx)

  expect(await scanAll(ctx)).toBe(1)

  const [pair] = await open(ctx)
  expect(pairsOf([pair!])).toEqual([[one, other]])
  expect(pair!.probability).toBeGreaterThan(0.9)
  expect(pair!.one.phones).toEqual(['+8613800138000'])
  expect(pair!.reasons).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ field: 'phone', how: 'near' }),
      expect.objectContaining({ field: 'birth', how: 'same' }),
      expect.objectContaining({ field: 'given', how: 'reads' }),
    ]),
  )

  expect(await accept(ctx, pair!.id)).toEqual({ customerId: one })
  expect(await customerOf(ctx, other)).toBe(one)
  expect(await countOpen(ctx)).toBe(0)
  expect((await listSuggestions(ctx, { state: 'decided', limit: 20 })).items).toMatchObject([{ state: 'accepted' }])
  await expect(accept(ctx, pair!.id)).rejects.toMatchObject({ code: 'duplicates.decided' })

  await undoDecision(ctx, pair!.id)
  expect(await customerOf(ctx, other)).toBe(other)
  expect(pairsOf(await open(ctx))).toEqual([[one, other]])
})

test('“not the same” holds: through later looks, and when one of the two is merged with somebody else', async () => {
  const ctx = await house()
  const { one, other } = await aShop(ctx)
  await scanAll(ctx)
  const [pair] = await open(ctx)

  await refuse(ctx, pair!.id)
  await scanAll(ctx)
  expect(await countOpen(ctx)).toBe(0)

  const older = (await aCustomer(ctx, { name: '王小明', birthday: may12, phones: ['13800138000'] })).id
  await mergeCustomers(ctx, { into: older, from: [one], evidence: 'staff' })
  await scanAll(ctx)
  expect(pairsOf(await open(ctx)).flat()).not.toContain(other)

  await undoDecision(ctx, pair!.id)
  await scanAll(ctx)
  expect(pairsOf(await open(ctx)).flat()).toContain(other)
})

test('pairs that were merged elsewhere are not asked about; those no longer alike go', async () => {
  const ctx = await house()
  const { one, other } = await aShop(ctx)
  await scanAll(ctx)

  await mergeCustomers(ctx, { into: one, from: [other], evidence: 'staff' })
  expect(await open(ctx)).toEqual([])

  await scanAll(ctx)
  const { rows } = await sql`select from duplicate_suggestions`.execute(ctx.db)
  expect(rows).toEqual([])
})

test('a phone that is said to be of several people speaks for nobody, and who is a test is nobody', async () => {
  const ctx = await house()
  const { other } = await aShop(ctx)
  const add = async (name: string) => (await aCustomer(ctx, { name, phones: ['13611112222'] })).id
  const [lin, again] = [await add('林晓梅'), await add('林晓梅')]
  // Added although the phone was known, it is of several people by that; here nobody said so.
  await sql`update identifiers set shared = false`.execute(ctx.db)

  await scanAll(ctx)
  const pair = (await open(ctx)).find(({ one }) => one.id === lin)!
  expect(pair).toMatchObject({ other: { id: again }, reasons: expect.arrayContaining([alike('phone')]) })

  await sql`update identifiers set shared = true where value = '+8613611112222'`.execute(ctx.db)
  await saveMark(ctx, { id: other, mark: 'test' })
  await scanAll(ctx)
  const left = await open(ctx)
  expect(pairsOf(left).flat()).not.toContain(other)
  expect(left.flatMap(({ reasons }) => reasons)).not.toContainEqual(alike('phone'))
})

test('after a change only the changed are looked at, and weighed as all were', async () => {
  const ctx = await house()
  const { daughter } = await aShop(ctx)
  await scanAll(ctx)
  // As if the shop were too large for looking at all each time.
  await sql`update duplicate_scans set learnt = jsonb_set(learnt, '{people}', '30000')`.execute(ctx.db)

  expect(await scanChanged(ctx)).toBe(0)
  const again = (await aCustomer(ctx, { name: '陈梓轩', phones: ['13700001112'], ...home, address: '听泉路8号' })).id
  const found = await scanChanged(ctx)

  expect(await latestScan(ctx)).toMatchObject({ kind: 'changed', state: 'done' })
  expect(found).toBeGreaterThan(0)
  expect(pairsOf(await open(ctx))).toContainEqual([daughter, again])
})

test('a look that is cancelled lays nothing down; a small one does not begin beside it', async () => {
  const ctx = await house()
  await aShop(ctx)
  const running = await beginScan(ctx, 'all', 'staff:1')

  expect(await beginScan(ctx, 'changed', null)).toBeUndefined()
  await cancelScan(ctx, running!.id)
  expect(await running!.told({ step: 'comparing', done: 5, of: 10 })).toBe(false)
  expect(await latestScan(ctx)).toMatchObject({ state: 'cancelled' })

  const stop = new AbortController()
  stop.abort(new Error('the house closes'))
  expect(await scanAll(ctx, { signal: stop.signal })).toBeUndefined()
  expect(await countOpen(ctx)).toBe(0)
})

test('what identity proposes waits in the queue with its reason, however unlike the two are, and is decided there', async () => {
  const ctx = await house()
  await aShop(ctx)
  const phone = '+8613800000001'
  const [ana, ben] = await bring(
    ctx,
    { id: 'a', unionid: 'wx u1', phone, values: { name: '周雪' } },
    { id: 'b', unionid: 'wx u2', phone, values: { name: 'Ben Stone' } },
  )
  const proposed = [{ kind: 'phone', why: 'contradicted' }]

  expect(await open(ctx), 'at once, before anybody compared them').toMatchObject([
    { one: { id: ana }, other: { id: ben }, proposed, probability: null, reasons: [] },
  ])
  await scanAll(ctx)
  const pair = (await open(ctx)).find(({ one }) => one.id === ana)!
  expect(pair).toMatchObject({ proposed, probability: expect.any(Number) })
  expect(pair.probability).toBeLessThan(0.5)
  expect(pair.reasons).toContainEqual(expect.objectContaining({ field: 'phone', how: 'same' }))
  await sql`update duplicate_scans set learnt = jsonb_set(learnt, '{people}', '30000')`.execute(ctx.db)
  await bring(ctx, { id: 'a', values: { name: '周雪儿' } })
  await scanChanged(ctx)
  expect((await open(ctx)).map(({ id }) => id)).toContain(pair.id)

  await refuse(ctx, pair.id)
  const [third] = await bring(ctx, { id: 'c', unionid: 'wx u3', phone, values: { name: '吴刚' } })
  expect(pairsOf(await open(ctx))).not.toContainEqual([ana, ben])
  await undoDecision(ctx, pair.id)
  await accept(ctx, pair.id)
  expect(await customerOf(ctx, ben!)).toBe(ana)

  // A proposal between two whom somebody keeps apart is none, by whatever names they stood then.
  const older = (await aCustomer(ctx, { name: '吴刚' })).id
  await mergeCustomers(ctx, { into: older, from: [third!], evidence: 'staff' })
  await keepApart(ctx, ana!, older)
  await sql`delete from duplicate_suggestions`.execute(ctx.db)
  await sql`
    insert into identity_proposals (one_id, other_id, kind, why, at)
    values (least(${third}::bigint, ${ben}::bigint), greatest(${third}::bigint, ${ben}::bigint), 'card', 'weak', now())`.execute(
    ctx.db,
  )
  expect(await open(ctx)).toEqual([])
})

test('staff of one shop see pairs of whom both are theirs, as masked as elsewhere', async () => {
  const ctx = await house()
  const { one, other } = await aShop(ctx)
  await scanAll(ctx)
  const of = async (id: number) => {
    const { rows } = await sql<{
      id: number
    }>`select profile_id as id from profile_customers where customer_id = ${id}`.execute(ctx.db)
    return rows[0]!.id
  }
  const actor = staffActor(['customers.read', 'customers.edit'], {
    scope: { kind: 'shops', shopIds: [1] },
    sight: { phone: 'masked', birthday: 'none' },
  })
  const server = serverOf(ctx, [duplicates], actor)
  const [pair] = await open(ctx)

  await anOrderOf(ctx, await of(one), 1, 'A-1')
  expect((await server.request('GET', '/duplicates')).body.items).toEqual([])
  expect((await server.request('POST', `/duplicates/${pair!.id}/refusal`, { body: {} })).status).toBe(404)

  await anOrderOf(ctx, await of(other), 1, 'A-2')
  const { body } = await server.request('GET', '/duplicates')
  expect(body.items[0].one.phones).toEqual(['138****8000'])
  expect(JSON.stringify(body)).not.toMatch(/1985|"birth"/)
  expect((await server.request('GET', '/duplicates/count')).body).toEqual({ open: 1 })
})
