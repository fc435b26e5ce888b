import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { editCustomer } from './edit-customer.ts'
import { getCustomer } from './get-customer.ts'
import { listChanges } from './list-changes.ts'
import { customers } from './module.ts'
import { removeIdentifier } from './remove-identifier.ts'
import { removeValue } from './remove-value.ts'
import { aCustomer, alsoSaid } from './testing/a-customer.ts'
import { timelineOf } from './timeline.ts'
import { undoChange } from './undo-change.ts'

const house = useHouse()

test('of two people editing at once the second is told, and overwrites nothing', async () => {
  const ctx = await house()
  const { id, version } = await aCustomer(ctx, { name: '王小明' })

  const tries = await Promise.allSettled([
    editCustomer(ctx, version, { id, values: { city: '北京' } }),
    editCustomer(ctx, version, { id, values: { city: '上海', occupation: '教师' } }),
  ])

  expect(tries.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  const lost = tries.find((one) => one.status === 'rejected')
  expect(lost?.reason).toMatchObject({ kind: 'stale', code: 'http.stale' })
  const page = await getCustomer(ctx, id)
  expect(page.version).toBe(version + 1)
  expect(page.city === '北京' ? page.values.length : 0).toBe(page.city === '北京' ? 2 : 0)
})

test('an edit over HTTP carries the version it was made from', async () => {
  const ctx = await house()
  const desk = serverOf(ctx, [customers()], staffActor(['customers.*']))
  const { id } = await aCustomer(ctx, { name: '王小明' })
  const etag = (await desk.request('GET', `/customers/${id}`)).headers.get('etag')!
  const edit = (headers: Record<string, string>) =>
    desk.request('PATCH', `/customers/${id}`, { body: { values: { city: '北京' } }, headers })

  const without = await edit({})
  const first = await edit({ 'if-match': etag })
  const second = await edit({ 'if-match': etag })

  expect([without.status, first.status, second.status]).toEqual([428, 200, 412])
  expect(first.body).toMatchObject({ city: '北京' })
  expect(first.headers.get('etag')).not.toBe(etag)
  expect(second.body.code).toBe('http.stale')
})

test('an edit is kept beside what the import said, and the log tells which fields, never the values', async () => {
  const ctx = await house()
  const { id, version } = await aCustomer(ctx, { phones: ['13800138000'] })
  await alsoSaid(ctx, id, { source: 'till', origin: 'import', name: '王小名', city: '杭州' })

  const page = await editCustomer(ctx, version + 1, { id, values: { name: '王小明' } })

  expect(page.values.map((one) => [one.field, one.value, one.origin])).toEqual([
    ['city', '杭州', 'import'],
    ['name', '王小明', 'staff'],
    ['name', '王小名', 'import'],
  ])
  const [fact] = (await timelineOf(ctx, id, { limit: 1 })).items
  expect(fact).toMatchObject({ kind: 'customers.changed', data: { fields: ['name'] }, subjectId: id })
  const { rows } = await sql<{ said: number }>`
    select count(*) as said from facts where data::text like '%王%' or data::text like '%138%'`.execute(ctx.db)
  expect(rows[0]!.said).toBe(0)
})

test('saying the same again changes nothing', async () => {
  const ctx = await house()
  const { id, version } = await aCustomer(ctx, { name: '王小明', birthday: { calendar: 'lunar', month: 8, day: 15 } })

  const page = await editCustomer(ctx, version, {
    id,
    values: { name: '王小明', birthday: { calendar: 'lunar', month: 8, day: 15 } },
  })

  expect(page.version).toBe(version)
})

test('a year of birth that has not come is refused', async () => {
  const ctx = await house()
  const { id, version } = await aCustomer(ctx, { name: '王小明' })

  const edit = editCustomer(ctx, version, {
    id,
    values: { birthday: { calendar: 'solar', year: 2031, month: 1, day: 1 } },
  })

  await expect(edit).rejects.toMatchObject({ code: 'customers.not_born' })
})

describe('history', () => {
  test('tells who said what, what stood before, newest first, page by page', async () => {
    const ctx = await house()
    const { id, version } = await aCustomer(ctx, { name: '王小明', city: '北京' })
    ctx.clock.moveTo('2026-03-02T04:00:00Z')
    await editCustomer(ctx, version, { id, values: { city: '上海', name: null } })

    const first = await listChanges(ctx, { id, limit: 1 })
    const rest = await listChanges(ctx, { id, limit: 10, after: first.next })

    const all = [...first.items, ...rest.items]
    expect(all.map((one) => [one.field, one.old, one.new]).sort()).toEqual(
      [
        ['city', '北京', '上海'],
        ['name', '王小明', null],
        ['city', null, '北京'],
        ['name', null, '王小明'],
      ].sort(),
    )
    expect(all.slice(0, 2).every((one) => one.at === '2026-03-02T04:00:00.000Z')).toBe(true)
  })

  test('can be undone, and the undo too; what others changed since stays', async () => {
    const ctx = await house()
    const { id, version } = await aCustomer(ctx, { name: '王小明', city: '北京' })
    await editCustomer(ctx, version, { id, values: { city: '上海' } })
    await editCustomer(ctx, version + 1, { id, values: { occupation: '教师' } })
    const change = (await listChanges(ctx, { id, limit: 10 })).items.find((one) => one.new === '上海')!

    const undone = await undoChange(ctx, version + 2, { id, changeId: change.id })
    const again = undoChange(ctx, version + 3, { id, changeId: change.id })

    expect(undone.city).toBe('北京')
    expect(undone.values.find((one) => one.field === 'occupation')?.value).toBe('教师')
    await expect(again).rejects.toMatchObject({ code: 'customers.already_so' })
    const undo = (await listChanges(ctx, { id, limit: 1 })).items[0]!
    expect((await undoChange(ctx, version + 3, { id, changeId: undo.id })).city).toBe('上海')
  })

  test('brings back a removed phone, and what a file said', async () => {
    const ctx = await house()
    const { id, identifiers } = await aCustomer(ctx, { name: '王小明', phones: ['13800138000'] })
    const profileId = await alsoSaid(ctx, id, { source: 'till', origin: 'import', city: '杭州' })
    const page = async () => getCustomer(ctx, id)
    await removeIdentifier(ctx, (await page()).version, { id, identifierId: identifiers[0]!.id })
    await removeValue(ctx, (await page()).version, { id, profileId, field: 'city' })
    expect(await page()).toMatchObject({ phone: null, city: null })

    for (const { id: changeId } of (await listChanges(ctx, { id, limit: 2 })).items) {
      await undoChange(ctx, (await page()).version, { id, changeId })
    }

    expect(await page()).toMatchObject({ phone: '+8613800138000', city: '杭州' })
    expect((await page()).values.find((one) => one.field === 'city')).toMatchObject({ origin: 'import' })
  })

  test('of another customer cannot be undone here', async () => {
    const ctx = await house()
    const one = await aCustomer(ctx, { name: '王小明' })
    const other = await aCustomer(ctx, { name: '李雷' })
    const [change] = (await listChanges(ctx, { id: other.id, limit: 1 })).items

    const undo = undoChange(ctx, one.version, { id: one.id, changeId: change!.id })

    await expect(undo).rejects.toMatchObject({ code: 'customers.no_change' })
  })
})
