import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { foundMerchant, merchantOf, shops, sourceOf } from './index.ts'

const house = useHouse()
const emptyHouse = useHouse({ empty: true })
const owner = staffActor(['shops.read', 'shops.edit'])
const assistant = staffActor(['shops.read'])

async function aShop() {
  const ctx = await house()
  return { ctx, shop: serverOf(ctx, [shops], owner) }
}

async function anOrder(ctx: Context) {
  await sql`
    with profile as (insert into profiles (source_id, external_id) values (1, 'order:1') returning id)
    insert into orders (profile_id, source_id, shop_id, number, kind, placed_at, day, amount, line_count)
    select id, 1, 1, '1', 'sale', '2026-03-01T04:00Z', '2026-03-01', 100, 1 from profile`.execute(ctx.db)
}

test('a shop stands somewhere, or moves, or stands nowhere; half a position is none', async () => {
  const { shop } = await aShop()
  const position = { latitude: 30.248, longitude: 120.131 }
  const edit = (body: object, version: number) =>
    shop.request('PATCH', '/shops/1', { body, headers: { 'if-match': `"${version}"` } })

  expect((await shop.request('POST', '/shops', { body: { name: '二店', position } })).body).toMatchObject({ position })
  expect((await edit({ position }, 1)).body).toMatchObject({ position, version: 2 })
  expect((await edit({ name: '一店' }, 2)).body).toMatchObject({ position })
  expect((await edit({ position: { latitude: 30 } }, 3)).status).toBe(400)
  expect((await edit({ position: { latitude: 91, longitude: 0 } }, 3)).status).toBe(400)
  expect((await edit({ position: null }, 3)).body).toMatchObject({ position: null })
})

describe('the merchant', () => {
  test('moves to another zone and currency while nothing was sold', async () => {
    const { shop } = await aShop()
    const before = await shop.request('GET', '/merchant')

    const moved = await shop.request('PATCH', '/merchant', {
      body: { zone: 'Asia/Taipei', currency: 'TWD' },
      headers: { 'if-match': before.headers.get('etag')! },
    })

    expect(before.body).toMatchObject({ name: 'Test shop', currency: 'CNY', fixed: false })
    expect(moved.body).toMatchObject({ name: 'Test shop', zone: 'Asia/Taipei', currency: 'TWD', version: 2 })
  })

  test('keeps its zone and currency once orders exist, and says why', async () => {
    const { ctx, shop } = await aShop()
    await anOrder(ctx)
    const edit = (body: object) => shop.request('PATCH', '/merchant', { body, headers: { 'if-match': '"1"' } })

    expect(await edit({ zone: 'Asia/Taipei' })).toMatchObject({ status: 409, body: { code: 'shops.zone_fixed' } })
    expect(await edit({ currency: 'TWD' })).toMatchObject({ status: 409, body: { code: 'shops.currency_fixed' } })
    expect(await edit({ name: '茶铺', zone: 'Asia/Shanghai' })).toMatchObject({ status: 200, body: { name: '茶铺' } })
    expect((await shop.request('GET', '/merchant')).body.fixed).toBe(true)
  })

  test('is not overwritten by an edit of an older version', async () => {
    const { shop } = await aShop()
    const edit = (name: string) =>
      shop.request('PATCH', '/merchant', { body: { name }, headers: { 'if-match': '"1"' } })

    const both = await Promise.all([edit('Tea'), edit('Coffee')])

    expect(both.map((answer) => answer.status).sort()).toEqual([200, 412])
  })

  test('is asked for where it does not exist yet', async () => {
    const ctx = await emptyHouse()

    await expect(merchantOf(ctx)).rejects.toMatchObject({ kind: 'unavailable', code: 'shops.not_set_up' })
  })

  test('is founded once, with one first shop, however many ask at once', async () => {
    const ctx = await emptyHouse()
    const wanted = { name: '茶铺', zone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh-CN' as const }

    await Promise.all([1, 2, 3].map(() => foundMerchant(ctx, wanted, { name: '总店' })))

    expect(await merchantOf(ctx)).toMatchObject(wanted)
    const list = await serverOf(ctx, [shops], owner).request('GET', '/shops')
    expect(list.body.items).toMatchObject([{ name: '总店', archived: false }])
  })
})

describe('a shop', () => {
  test('has a code of its own and belongs to a channel and a brand', async () => {
    const { shop } = await aShop()
    const channel = await shop.request('POST', '/channels', { body: { name: '微信', kind: 'wechat' } })
    const brand = await shop.request('POST', '/brands', { body: { name: '云上茶', code: 'yun' } })

    const added = await shop.request('POST', '/shops', {
      body: { name: '小程序店', code: 'Mini', channelId: channel.body.id, brandId: brand.body.id },
    })
    const twice = await shop.request('POST', '/shops', { body: { name: 'Another', code: 'mini' } })

    expect(channel.body).toMatchObject({ kind: 'wechat', code: `channel-${channel.body.id}` })
    expect(added).toMatchObject({ status: 201, body: { code: 'mini', brandId: brand.body.id } })
    expect(twice).toMatchObject({ status: 409, body: { code: 'shops.code_taken' } })
  })

  test('of an unknown channel is refused', async () => {
    const { shop } = await aShop()

    const added = await shop.request('POST', '/shops', { body: { name: 'Shop', channelId: 99 } })

    expect(added).toMatchObject({ status: 422, body: { code: 'shops.unknown_part' } })
  })

  test('is renamed and archived by who saw its newest version', async () => {
    const { shop } = await aShop()
    const edit = (body: object, version: number) =>
      shop.request('PATCH', '/shops/1', { body, headers: { 'if-match': `"${version}"` } })

    expect((await edit({ name: '新名字', archived: true }, 1)).body).toMatchObject({ name: '新名字', archived: true })
    expect(await edit({ archived: false }, 1)).toMatchObject({ status: 412 })
    expect((await edit({ archived: false }, 2)).body).toMatchObject({ archived: false, version: 3 })
    expect((await shop.request('PATCH', '/shops/9', { body: {}, headers: { 'if-match': '"1"' } })).status).toBe(404)
  })

  test('that sold is not deleted: the uses are listed', async () => {
    const { ctx, shop } = await aShop()
    await anOrder(ctx)
    const spare = await shop.request('POST', '/shops', { body: { name: 'Spare' } })

    const used = await shop.request('DELETE', '/shops/1')
    const unused = await shop.request('DELETE', `/shops/${spare.body.id}`)

    expect(used).toMatchObject({ status: 409, body: { code: 'shops.in_use', params: { orders: 1 } } })
    expect(used.body.title).toContain('1 order')
    expect(unused.status).toBe(200)
    expect((await shop.request('GET', '/shops')).body.items).toHaveLength(1)
  })

  test('is listed to those who may see it', async () => {
    const { shop } = await aShop()
    const other = await shop.request('POST', '/shops', { body: { name: 'Other' } })
    const here = staffActor(['shops.read'], { scope: { kind: 'shops', shopIds: [other.body.id] } })

    expect((await shop.request('GET', '/shops', { as: here })).body.items).toMatchObject([{ name: 'Other' }])
    expect((await shop.request('POST', '/shops', { body: { name: 'X' }, as: assistant })).status).toBe(403)
    const scoped = staffActor(['shops.edit'], { scope: { kind: 'shops', shopIds: [1] } })
    expect((await shop.request('POST', '/shops', { body: { name: 'X' }, as: scoped })).status).toBe(403)
  })
})

test('a source is made once, however many ask for it at once', async () => {
  const ctx = await house()

  const all = await Promise.all(
    [1, 2, 3, 4].map(() => sourceOf(ctx, 'taobao', { name: '淘宝', kind: 'shop', shopId: 1 })),
  )

  expect(new Set(all.map((source) => source.id)).size).toBe(1)
  expect(all[0]).toMatchObject({ code: 'taobao', kind: 'shop', shopId: 1 })
})
