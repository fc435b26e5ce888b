import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { catalogModule } from './module.ts'

const house = useHouse()
const buyer = staffActor(['catalog.read', 'catalog.edit'])
const assistant = staffActor(['catalog.read'])

async function aShop() {
  const ctx = await house()
  return { ctx, shop: serverOf(ctx, [catalogModule], buyer) }
}

async function soldOnce(ctx: Context, productId: number) {
  await sql`
    with profile as (insert into profiles (source_id, external_id) values (1, 'order:1') returning id),
    sale as (
      insert into orders (profile_id, source_id, shop_id, number, kind, placed_at, day, amount, line_count)
      select id, 1, 1, '1', 'sale', '2026-03-01T04:00Z', '2026-03-01', 100, 1 from profile returning id
    )
    insert into order_lines (order_id, line, product_id, kind, quantity, unit_price, amount)
    select id, 1, ${productId}, 'goods', 1, 1, 100 from sale`.execute(ctx.db)
}

describe('a product', () => {
  test('keeps its code as written, and two products cannot share one', async () => {
    const { shop } = await aShop()

    const added = await shop.request('POST', '/products', { body: { code: '85123a', name: '白色挂心', price: 2550 } })
    const other = await shop.request('POST', '/products', { body: { code: '85123A' } })
    const twice = await shop.request('POST', '/products', { body: { code: '85123a' } })

    expect(added.status).toBe(201)
    expect(added.body).toMatchObject({ code: '85123a', kind: 'goods', price: 2550, stock: null, archived: false })
    expect(other.status).toBe(201)
    expect(twice).toMatchObject({ status: 409, body: { code: 'catalog.code_taken' } })
  })

  test('shows its cost only to those who may edit the catalog', async () => {
    const { shop } = await aShop()
    const { body } = await shop.request('POST', '/products', { body: { code: 'A', price: 900, cost: 400 } })

    const forBuyer = await shop.request('GET', `/products/${body.id}`)
    const forAssistant = await shop.request('GET', `/products/${body.id}`, { as: assistant })
    const list = await shop.request('GET', '/products', { as: assistant })

    expect(forBuyer.body.cost).toBe(400)
    expect(forAssistant.body).not.toHaveProperty('cost')
    expect(list.body.items[0]).not.toHaveProperty('cost')
    expect((await shop.request('PATCH', `/products/${body.id}`, { body: {}, as: assistant })).status).toBe(403)
  })

  test('two people editing at once do not overwrite each other', async () => {
    const { shop } = await aShop()
    const { body } = await shop.request('POST', '/products', { body: { code: 'A', name: 'Mug' } })
    const edit = (change: object) =>
      shop.request('PATCH', `/products/${body.id}`, { body: change, headers: { 'if-match': `"${body.version}"` } })

    const answers = await Promise.all([edit({ name: 'Red mug' }), edit({ price: 500 })])

    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412])
    expect((await shop.request('PATCH', `/products/${body.id}`, { body: { price: 1 } })).status).toBe(428)
  })

  test('remembers who changed what, and not what stayed the same', async () => {
    const { shop } = await aShop()
    const { body } = await shop.request('POST', '/products', {
      body: { code: 'A', name: 'Mug', attributes: { size: 'L' } },
    })

    const edited = await shop.request('PATCH', `/products/${body.id}`, {
      body: { name: 'Mug', price: 700, stock: 12.5, attributes: { size: 'L' } },
      headers: { 'if-match': '"1"' },
    })
    const same = await shop.request('PATCH', `/products/${body.id}`, {
      body: { price: 700 },
      headers: { 'if-match': '"2"' },
    })
    const history = await shop.request('GET', `/products/${body.id}/changes`)

    expect(edited.body).toMatchObject({ name: 'Mug', price: 700, stock: 12.5, version: 2 })
    expect(same.body.version).toBe(2)
    expect(history.body.items).toMatchObject([
      { kind: 'catalog.changed', fields: ['price', 'stock'], actor: 'staff:1' },
      { kind: 'catalog.added', fields: [] },
    ])
  })

  test('that was sold is archived, not deleted; an unused one is deleted and the columns learn of it', async () => {
    const { ctx, shop } = await aShop()
    const sold = await shop.request('POST', '/products', { body: { code: 'SOLD' } })
    const unused = await shop.request('POST', '/products', { body: { code: 'UNUSED' } })
    await soldOnce(ctx, sold.body.id)

    const refused = await shop.request('DELETE', `/products/${sold.body.id}`)
    const removed = await shop.request('DELETE', `/products/${unused.body.id}`)
    const archived = await shop.request('PUT', `/products/${sold.body.id}/archived`, {
      body: { archived: true },
      headers: { 'if-match': '"1"' },
    })

    expect(refused).toMatchObject({ status: 409, body: { code: 'catalog.used' } })
    expect(removed.status).toBe(200)
    expect((await shop.request('GET', `/products/${unused.body.id}`)).status).toBe(404)
    expect(archived.body.archived).toBe(true)
    const { rows } = await sql`select entity, row_id from tombstones`.execute(ctx.db)
    expect(rows).toEqual([{ entity: 'products', rowId: unused.body.id }])
    expect((await shop.request('GET', '/products')).body.items).toEqual([])
    expect((await shop.request('GET', '/products?archived=only')).body.items).toHaveLength(1)
  })

  test('of an unknown brand, or with a picture that is no address, is refused', async () => {
    const { shop } = await aShop()

    const brand = await shop.request('POST', '/products', { body: { code: 'A', brandId: 99 } })
    const image = await shop.request('POST', '/products', { body: { code: 'B', image: 'javascript:alert(1)' } })

    expect(brand).toMatchObject({ status: 422, body: { code: 'catalog.unknown_brand' } })
    expect(image.status).toBe(400)
  })
})

describe('the list of products', () => {
  async function aCatalog() {
    const { ctx, shop } = await aShop()
    await sql`
      insert into products (code, name, kind, category) values
        ('85123A', 'White hanging heart', 'goods', 'Home'), ('85124', '红色茶杯', 'goods', 'Kitchen'),
        ('POST', 'Postage', 'postage', null), ('t_1', '100% cotton', 'goods', 'Home'), ('noname', null, 'goods', null)`.execute(
      ctx.db,
    )
    const codes = async (query: string) =>
      (await shop.request('GET', `/products?${query}`)).body.items.map((item: { code: string }) => item.code)
    return { shop, codes }
  }

  test('is searched by the beginning of a code in any case, or any part of a name, Chinese too', async () => {
    const { codes } = await aCatalog()

    expect(await codes('search=85123a')).toEqual(['85123A'])
    expect(await codes('search=8512&sort=code')).toEqual(['85123A', '85124'])
    expect(await codes(`search=${encodeURIComponent('茶杯')}`)).toEqual(['85124'])
    expect(await codes('search=HEART')).toEqual(['85123A'])
  })

  test('takes % and _ for what they are', async () => {
    const { codes } = await aCatalog()

    expect(await codes(`search=${encodeURIComponent('%')}`)).toEqual(['t_1'])
    expect(await codes('search=_')).toEqual([])
    expect(await codes('search=t_')).toEqual(['t_1'])
  })

  test('is filtered by kind and category, and knows the categories in use', async () => {
    const { shop, codes } = await aCatalog()

    expect(await codes('kind=postage')).toEqual(['POST'])
    expect(await codes('category=Home&sort=code')).toEqual(['85123A', 't_1'])
    expect((await shop.request('GET', '/product-categories')).body.items).toEqual(['Home', 'Kitchen'])
  })

  test.each(['newest', 'code', '-code', 'name', '-name'])('pages through all, by %s, each once', async (sort) => {
    const { shop, codes } = await aCatalog()
    const whole = await codes(`sort=${sort}`)

    const seen: string[] = []
    let after = ''
    do {
      const { body } = await shop.request('GET', `/products?sort=${sort}&limit=2${after && `&after=${after}`}`)
      seen.push(...body.items.map((item: { code: string }) => item.code))
      after = body.next ?? ''
    } while (after)

    expect(seen).toEqual(whole)
    expect(seen).toHaveLength(5)
  })

  test('does not take the page marker of another order', async () => {
    const { shop } = await aCatalog()
    const { body } = await shop.request('GET', '/products?sort=name&limit=2')

    const answer = await shop.request('GET', `/products?sort=code&after=${body.next}`)

    expect(answer).toMatchObject({ status: 422, body: { code: 'page.cursor' } })
  })
})
