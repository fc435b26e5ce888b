import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { customersByIds } from './customers-by-ids.ts'
import { listNewest } from './list-newest.ts'
import { customers } from './module.ts'
import { aCustomer } from './testing/a-customer.ts'
import { timelineOf } from './timeline.ts'

const house = useHouse()

test('the list is walked to its end without a repeat or a gap while people are added', async () => {
  const ctx = await house()
  // Many share an instant, as an import's do, and instants have microseconds.
  await sql`
    insert into customers (name, created_at)
    select 'c' || n, '2026-01-01T00:00:00.000001Z'::timestamptz + (n / 7) * interval '1 microsecond' from generate_series(1, 50) as n`.execute(
    ctx.db,
  )
  const seen: string[] = []
  let after: string | undefined

  do {
    const page = await listNewest(ctx, { limit: 7, after })
    seen.push(...page.items.map((row) => row.name!))
    after = page.next
    await sql`insert into customers (name, created_at) values ('new', '2026-02-01'), ('late', '2025-01-01')`.execute(
      ctx.db,
    )
  } while (after && seen.length < 200)

  const old = seen.filter((name) => name.startsWith('c'))
  expect(old).toEqual(Array.from({ length: 50 }, (_, at) => `c${50 - at}`))
})

test('a page marker of another list is refused', async () => {
  const ctx = await house()

  await expect(listNewest(ctx, { limit: 5, after: 'WzEsMl0' })).rejects.toMatchObject({ code: 'page.cursor' })
})

test('rows are given in the order asked, with the columns asked', async () => {
  const ctx = await house()
  const one = await aCustomer(ctx, { name: '王芳', occupation: '教师', city: '上海' })
  const two = await aCustomer(ctx, { name: '李雷' })

  const rows = await customersByIds(ctx, [two.id, 999, one.id], { columns: ['city', 'occupation'] })

  expect(rows.map((row) => [row.name, row.city, row.more])).toEqual([
    ['李雷', null, {}],
    ['王芳', '上海', { occupation: '教师' }],
  ])
})

test('the list over HTTP takes columns', async () => {
  const ctx = await house()
  await aCustomer(ctx, { name: '王芳', occupation: '教师' })
  const desk = serverOf(ctx, [customers()], staffActor(['customers.read']))

  const answer = await desk.request('GET', '/customers?limit=5&columns[]=occupation')

  expect(answer.body.items).toMatchObject([{ name: '王芳', more: { occupation: '教师' } }])
})

test('what is shown can be taken along as a file that a spreadsheet cannot run, and the log tells so', async () => {
  const ctx = await house()
  await aCustomer(ctx, {
    name: '=1+1',
    gender: 'female',
    notes: 'a "quote"',
    birthday: { calendar: 'lunar', month: 8, day: 15 },
  })
  await aCustomer(ctx, { name: '王芳', phones: ['13800138000'] })
  const desk = serverOf(ctx, [customers()], staffActor(['customers.export'], { locale: 'zh-CN' }))

  const answer = await desk.request('POST', '/customers/export', {
    body: { columns: ['name', 'gender', 'birthday', 'notes'] },
  })

  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="customers-2026-03-01.csv"')
  const lines = answer.body.replace(/^\ufeff/, '').split('\r\n')
  expect(lines).toEqual([
    '"姓名","性别","生日","备注"',
    '"王芳","","",""',
    `"'=1+1","女","农历八月十五","a ""quote"""`,
    '',
  ])
  const { rows } = await sql`select data from facts where kind = 'customers.exported'`.execute(ctx.db)
  expect(rows).toEqual([{ data: { count: 2, columns: ['name', 'gender', 'birthday', 'notes'] } }])
})

test('the timeline is walked page by page over all that sources tell', async () => {
  const ctx = await house()
  const { id, values } = await aCustomer(ctx, { name: '王芳' })
  const { profileId } = values[0]!
  await sql`
    insert into facts (at, kind, profile_id, actor, data)
    select '2026-01-01T00:00:00Z'::timestamptz + (n / 4) * interval '1 hour', 'orders.placed', ${profileId}, 'import:1', '{}'
      from generate_series(1, 30) as n`.execute(ctx.db)
  const ids: number[] = []
  let after: string | undefined

  do {
    const page = await timelineOf(ctx, id, { limit: 7, after })
    ids.push(...page.items.map((one) => one.id))
    after = page.next
  } while (after)

  expect(ids).toHaveLength(31)
  expect(new Set(ids).size).toBe(31)
})
