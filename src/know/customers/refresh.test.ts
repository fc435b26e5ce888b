import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { useHouse } from '#platform/testing/index.ts'
import { addIdentifier } from './add-identifier.ts'
import { editCustomer } from './edit-customer.ts'
import { getCustomer } from './get-customer.ts'
import { readRegions } from './read-regions.ts'
import { refresh } from './refresh.ts'
import { aCustomer, alsoSaid } from './testing/a-customer.ts'

const house = useHouse()

test('staff is believed before what the person stated, then imports, then what was observed, then what was inferred', async () => {
  const ctx = await house()
  const { id } = await aCustomer(ctx, { phones: ['13800138000'] })
  const shown = async () => (await getCustomer(ctx, id)).city

  await alsoSaid(ctx, id, { source: 'guess', origin: 'inferred', city: '广州' })
  expect(await shown()).toBe('广州')
  await alsoSaid(ctx, id, { source: 'web', origin: 'observed', city: '深圳' })
  expect(await shown()).toBe('深圳')
  await alsoSaid(ctx, id, { source: 'file', origin: 'import', city: '杭州', at: '2020-01-01T00:00:00Z' })
  expect(await shown()).toBe('杭州')
  await alsoSaid(ctx, id, { source: 'form', origin: 'stated', city: '上海', at: '2019-01-01T00:00:00Z' })
  expect(await shown()).toBe('上海')
  await editCustomer(ctx, (await getCustomer(ctx, id)).version, { id, values: { city: '北京' } })
  expect(await shown()).toBe('北京')
})

test('of two files that say different things the newer is shown, and the page says why and by whom', async () => {
  const ctx = await house()
  const { id } = await aCustomer(ctx, { phones: ['13800138000'] })
  await alsoSaid(ctx, id, { source: 'till', origin: 'import', name: '王晓明', at: '2025-06-01T00:00:00Z' })
  await alsoSaid(ctx, id, { source: 'taobao', origin: 'import', name: '王小明', at: '2025-01-01T00:00:00Z' })

  const page = await getCustomer(ctx, id)

  expect(page.name).toBe('王晓明')
  expect(page.values).toMatchObject([
    { field: 'name', value: '王晓明', source: { code: 'till' }, actor: 'import:1', chosen: 'newest' },
    { field: 'name', value: '王小明', source: { code: 'taobao' } },
  ])
  expect(page.values[1]).not.toHaveProperty('chosen')
})

test('a value that staff empties lets the file’s show again', async () => {
  const ctx = await house()
  const { id, version } = await aCustomer(ctx, { name: '王小明' })
  await alsoSaid(ctx, id, { source: 'till', origin: 'import', name: '王晓明' })

  const page = await editCustomer(ctx, version + 1, { id, values: { name: null } })

  expect(page.name).toBe('王晓明')
  expect(page.values).toMatchObject([{ chosen: 'only', origin: 'import' }])
})

test('many customers are refreshed at once, each a new version for the projection', async () => {
  const ctx = await house()
  await sql`insert into customers (created_at) select now() from generate_series(1, 300)`.execute(ctx.db)
  await sql`insert into profiles (source_id, external_id) select 1, 'p' || n from generate_series(1, 300) as n`.execute(
    ctx.db,
  )
  await sql`insert into profile_customers (profile_id, customer_id) select id, id from profiles`.execute(ctx.db)
  await sql`
    insert into profile_values (profile_id, field, value, origin, actor, at)
    select id, 'name', to_jsonb('王' || id), 'import', 'import:1', now() from profiles`.execute(ctx.db)

  await refresh(
    ctx,
    Array.from({ length: 300 }, (_, at) => at + 1),
  )

  const { rows } = await sql<{ count: number }>`
    select count(*) as count from customers
     where name = '王' || id and pinyin = 'wang' || id and tokens @> '{王}' and version = 2`.execute(ctx.db)
  expect(rows[0]!.count).toBe(300)
})

test('the phone that staff added last is the one shown', async () => {
  const ctx = await house()
  const { id, version } = await aCustomer(ctx, { phones: ['13800138000'] })

  const page = await addIdentifier(ctx, version, { id, kind: 'phone', value: '139 0013 9000' })

  expect(page.phone).toBe('+8613900139000')
  expect(page.identifiers).toMatchObject([
    { value: '+8613900139000', raw: '139 0013 9000', chosen: 'newest' },
    { value: '+8613800138000' },
  ])
})

test('where a customer is comes together from all that is said, and is sure where staff said it', async () => {
  const ctx = await house()
  const { id } = await aCustomer(ctx, { phones: ['13800138000'] })
  const region = async () => {
    const { rows } = await sql<{ region: number; isSure: boolean }>`
      select region, sure & 32 > 0 as is_sure from customers where id = ${id}`.execute(ctx.db)
    return rows[0]
  }
  const say = async (values: Record<string, string | null>) =>
    editCustomer(ctx, (await getCustomer(ctx, id)).version, { id, values })

  expect(await region()).toEqual({ region: 0, isSure: false })
  await alsoSaid(ctx, id, { source: 'file', origin: 'import', city: '杭州市' })
  expect(await region()).toEqual({ region: 330_100, isSure: false })
  await say({ address: '西湖區文三路 478 號' })
  expect(await region()).toEqual({ region: 330_106, isSure: false })
  await say({ city: 'Hangzhou' })
  expect(await region()).toEqual({ region: 330_106, isSure: true })
  await say({ country: 'France' })
  expect(await region()).toEqual({ region: 1_000_147, isSure: true })
  await say({ country: null })

  await sql`update customers set region = null, sure = 0`.execute(ctx.db)
  expect(await readRegions(ctx)).toBe(true)
  expect(await region()).toEqual({ region: 330_106, isSure: true })
  expect(await readRegions(ctx)).toBe(false)
})
