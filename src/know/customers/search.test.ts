import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { addCustomer } from './add-customer.ts'
import { customers } from './module.ts'
import { type SearchAlso, search } from './search.ts'
import { searchKey } from './search-key.ts'
import { aCustomer, alsoSaid, anOrderOf } from './testing/a-customer.ts'

const house = useHouse()

async function aShopWithRegulars() {
  const ctx = await house()
  await aCustomer(ctx, { name: '张三丰', phones: ['138 0013 8000'], emails: ['Feng@Wudang.example'] })
  await aCustomer(ctx, { name: '张三', member: 'VIP-0007' })
  await aCustomer(ctx, { name: '欧阳锋', phones: ['021-62345678'] })
  await aCustomer(ctx, { name: '单雄信' })
  await aCustomer(ctx, { name: 'Ann O’Neil Smith', emails: ['ann@example.com'], phones: ['+44 7911 123456'] })
  const names = async (text: string) => (await search(ctx, { text, limit: 20 })).map((one) => one.name)
  return { ctx, names }
}

describe('one box finds a customer', () => {
  test('by any part of a Chinese name, the exact one first', async () => {
    const { ctx, names } = await aShopWithRegulars()

    expect(await names('张三')).toEqual(['张三', '张三丰'])
    expect(await names('三丰')).toEqual(['张三丰'])
    expect(await names('锋')).toEqual(['欧阳锋'])
    expect(await names('张三丰')).toEqual(['张三丰'])
    expect(await names('欧阳 锋')).toEqual(['欧阳锋'])
    expect(await names('李')).toEqual([])

    // Sixty of the same given name come later; whose whole name it is, still comes first.
    const { tokens } = searchKey('单雄信')
    await sql`insert into customers (name, tokens) select '单雄信', ${tokens} from generate_series(1, 60)`.execute(
      ctx.db,
    )
    await sql`insert into customers (name, pinyin, tokens, created_at)
              values ('雄信', 'xiongxin', '{雄,信,雄信}', '2020-01-01')`.execute(ctx.db)
    expect((await names('雄信')).slice(0, 2)).toEqual(['雄信', '单雄信'])
  })

  test('by pinyin whole, begun or of a given name, and by initials', async () => {
    const { names } = await aShopWithRegulars()

    expect(await names('zhangsanfeng')).toEqual(['张三丰'])
    expect(await names('zhangs')).toEqual(['张三', '张三丰'])
    expect(await names('Zhang San')).toEqual(['张三', '张三丰'])
    expect(await names('sanfeng')).toEqual(['张三丰'])
    expect(await names('zs')).toEqual(['张三', '张三丰'])
    expect(await names('oyf')).toEqual(['欧阳锋'])
    expect(await names('feng')).toContain('欧阳锋')
  })

  test('by the reading of a surname, not of its everyday character', async () => {
    const { names } = await aShopWithRegulars()

    expect(await names('shanx')).toEqual(['单雄信'])
    expect(await names('danx')).toEqual([])
  })

  test('by a Latin name in any case, any part, any order of words', async () => {
    const { names } = await aShopWithRegulars()

    expect(await names('SMITH')).toEqual(['Ann O’Neil Smith'])
    expect(await names('mit')).toEqual(['Ann O’Neil Smith'])
    expect(await names('smith ann')).toEqual(['Ann O’Neil Smith'])
    expect(await names('ａｎｎ')).toEqual(['Ann O’Neil Smith'])
  })

  test('by a phone in any writing, or by its last four digits and more', async () => {
    const { names } = await aShopWithRegulars()

    expect(await names('13800138000')).toEqual(['张三丰'])
    expect(await names('+86 138-0013-8000')).toEqual(['张三丰'])
    expect(await names('8000')).toEqual(['张三丰'])
    expect(await names('138000')).toEqual(['张三丰'])
    expect(await names('3456')).toEqual(['Ann O’Neil Smith'])
    expect(await names('９９９９')).toEqual([])
  })

  test('by an e-mail address or its beginning, by a member number, and by what it cannot know itself', async () => {
    const { ctx, names } = await aShopWithRegulars()
    const [sought] = await search(ctx, { text: '欧阳', limit: 1 })
    const profileId = await alsoSaid(ctx, sought!.id, { source: 'till', origin: 'import' })
    await anOrderOf(ctx, profileId, 1, 'A-1001')
    const byOrder: SearchAlso = async (ctx, text) =>
      (await sql<{ profileId: number }>`select profile_id from orders where number = ${text}`.execute(ctx.db)).rows.map(
        (row) => row.profileId,
      )

    expect(await names('FENG@wudang.example')).toEqual(['张三丰'])
    expect(await names('feng@w')).toEqual(['张三丰'])
    expect(await names('vip-0007')).toEqual(['张三'])
    expect(await names('VIP')).toEqual(['张三'])
    expect(await search(ctx, { text: 'A-1001', limit: 20 }, [byOrder])).toMatchObject([
      { name: '欧阳锋', matched: 'order' },
    ])
  })

  test('in the moment of saving', async () => {
    const ctx = await house()

    const found = await inTransaction(ctx, async (ctx) => {
      await addCustomer(ctx, { values: { name: '令狐冲' }, phones: [], emails: [] })
      return search(ctx, { text: 'lhc', limit: 20 })
    })

    expect(found).toMatchObject([{ name: '令狐冲', matched: 'name' }])
  })

  test('and takes wildcards for what they are', async () => {
    const { names } = await aShopWithRegulars()

    expect(await names('%')).toEqual([])
    expect(await names('%%%')).toEqual([])
    expect(await names('m_t')).toEqual([])
    expect(await names("'; drop table customers; --")).toEqual([])
  })
})

test('a search travels in the body, and needs no key', async () => {
  const { ctx } = await aShopWithRegulars()
  const desk = serverOf(ctx, [customers()], staffActor(['customers.read']))

  const answer = await desk.request('POST', '/customers/search', {
    body: { text: '三丰' },
    headers: { 'idempotency-key': '' },
  })

  expect(answer.status).toBe(200)
  expect(answer.body.items).toMatchObject([{ name: '张三丰', phone: '+8613800138000', matched: 'name' }])
})
