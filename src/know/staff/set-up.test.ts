import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { useHouse } from '#platform/testing/index.ts'
import { addStaff, setUpToken } from './index.ts'
import { aBrowser, aStaff, tokenOf } from './testing/index.ts'

const house = useHouse({ empty: true })

const wanted = {
  owner: { name: '陈掌柜', email: 'Owner@Shop.example', password: '山高路远 慢慢走 别着急啊', locale: 'zh-CN' },
  merchant: { name: '云上茶', zone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh-CN' },
  shop: { name: '总店' },
}

test('the first page makes owner, merchant and shop, and the owner is signed in', async () => {
  const ctx = await house()
  const browser = aBrowser(ctx)
  const before = await browser.ask('GET', '/session')

  const made = await browser.ask('POST', '/setup', { ...wanted, token: await setUpToken(ctx) })

  expect(before.body).toEqual({ setUp: false })
  expect(made).toMatchObject({
    status: 201,
    body: { setUp: true, staff: { email: 'owner@shop.example', role: 'owner' }, merchant: { currency: 'CNY' } },
  })
  expect((await browser.ask('GET', '/shops')).body.items).toMatchObject([{ name: '总店' }])
  const { rows } = await sql<{ kind: string; actor: string }>`select kind, actor from facts order by id`.execute(ctx.db)
  expect(rows.map((row) => row.kind)).toEqual(['shops.founded', 'shops.place_added', 'staff.joined'])
  expect(new Set(rows.map((row) => row.actor))).toEqual(new Set([`staff:${made.body.staff.id}`]))
})

test('two strangers with the address at once: one becomes the owner', async () => {
  const ctx = await house()
  const token = await setUpToken(ctx)
  const as = (email: string) =>
    aBrowser(ctx).ask('POST', '/setup', { ...wanted, token, owner: { ...wanted.owner, email } })

  const both = await Promise.all([as('a@shop.example'), as('b@shop.example')])

  expect(both.map((answer) => answer.status).sort()).toEqual([201, 409])
  const { rows } = await sql`select 1 from staff`.execute(ctx.db)
  expect(rows).toHaveLength(1)
  expect(await setUpToken(ctx)).toBeUndefined()
})

test('nobody becomes the owner without the token', async () => {
  const ctx = await house()
  await setUpToken(ctx)

  const guessed = await aBrowser(ctx).ask('POST', '/setup', { ...wanted, token: 'x'.repeat(43) })

  expect(guessed).toMatchObject({ status: 404, body: { code: 'staff.link_unknown' } })
})

test('the address of an earlier start stays good', async () => {
  const ctx = await house()
  const first = await setUpToken(ctx)
  await setUpToken(ctx)

  expect((await aBrowser(ctx).ask('POST', '/setup', { ...wanted, token: first })).status).toBe(201)
})

test('a weak password makes nothing, and the token stays good', async () => {
  const ctx = await house()
  const token = await setUpToken(ctx)
  const weak = { ...wanted.owner, password: 'Password1234' }

  const refused = await aBrowser(ctx).ask('POST', '/setup', { ...wanted, token, owner: weak })

  expect(refused).toMatchObject({ status: 422, body: { code: 'staff.password_common' } })
  expect((await sql`select 1 from merchant`.execute(ctx.db)).rows).toHaveLength(0)
  expect((await aBrowser(ctx).ask('POST', '/setup', { ...wanted, token })).status).toBe(201)
})

test('a merchant that an import made before keeps its orders’ currency', async () => {
  const ctx = await house()
  await sql`insert into merchant (name, zone, currency, locale) values ('import', 'Europe/London', 'GBP', 'en')`.execute(
    ctx.db,
  )
  await sql`insert into shops (code, name) values ('online', 'Online')`.execute(ctx.db)
  await sql`
    with profile as (insert into profiles (source_id, external_id) values (1, 'order:1') returning id)
    insert into orders (profile_id, source_id, shop_id, number, kind, placed_at, day, amount, line_count)
    select id, 1, 1, '1', 'sale', '2026-03-01T04:00Z', '2026-03-01', 100, 1 from profile`.execute(ctx.db)
  const token = await setUpToken(ctx)
  const browser = aBrowser(ctx)

  const other = await browser.ask('POST', '/setup', { ...wanted, token })
  const same = await browser.ask('POST', '/setup', {
    ...wanted,
    token,
    merchant: { ...wanted.merchant, zone: 'Europe/London', currency: 'GBP' },
  })

  expect(other).toMatchObject({ status: 409, body: { code: 'shops.zone_fixed' } })
  expect(same).toMatchObject({ status: 201, body: { merchant: { name: '云上茶', currency: 'GBP' } } })
  expect((await browser.ask('GET', '/shops')).body.items).toMatchObject([{ name: 'Online' }])
})

test('the command line adds staff only once the house is set up', async () => {
  const ctx = await house()
  const person = { name: 'Ana', email: 'ana@shop.example', role: 'admin' as const }

  await expect(addStaff(ctx, person)).rejects.toMatchObject({ code: 'staff.set_up_first' })

  await aStaff(ctx, { email: 'owner@shop.example', role: 'owner' })
  expect(tokenOf((await addStaff(ctx, person)).address)).toHaveLength(43)
})
