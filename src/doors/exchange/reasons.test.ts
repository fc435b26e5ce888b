import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { useHouse } from '#platform/testing/index.ts'
import { anImport } from './an-import.ts'
import type { Preset } from './preset.ts'

const house = useHouse()

const preset: Partial<Preset> = {
  columns: {
    'order.number': ['Order'],
    'order.placedAt': ['Date'],
    'order.status': ['State'],
    'order.refund': ['Refund'],
    'order.reason': ['Why'],
    'line.name': ['Item'],
    'line.amount': ['Paid'],
  },
  statuses: { done: 'completed', closed: 'void' },
}
const header = 'Order,Date,State,Refund,Why,Item,Paid\n'

test('a file says why something went back or never came about; told otherwise later it is changed, told again it is the same', async () => {
  const ctx = await house()
  const of = (why: string) =>
    `${header}a,2026-02-01 10:00,done,20,${why},Mug,100\nb,2026-02-02 10:00,closed,,no longer wanted,Mug,50\n` +
    'c,2026-02-03 10:00,done,,a gift for Ms Lin,Mug,50\n'
  const counts = (told: { new: number; changed: number; same: number } | undefined) =>
    told && [told.new, told.changed, told.same]

  const one = await anImport(ctx, of('came broken'), { preset })
  const again = await anImport(ctx, of('came broken'), { preset, goal: 'compared' })
  const otherwise = await anImport(ctx, of('came late'), { preset, goal: 'compared' })
  const two = await anImport(ctx, of('came late'), { preset })

  expect([one.state, two.state]).toEqual(['applied', 'applied'])
  expect([counts(again.comparison!.orders), counts(otherwise.comparison!.orders)]).toEqual([
    [0, 0, 4],
    [0, 1, 3],
  ])
  expect(otherwise.comparison!.samples).toMatchObject([
    { key: 'a-R', fields: [{ field: 'reason', old: 'came broken', new: 'came late' }] },
  ])
  const { rows } = await sql`select number, kind, status, reason from orders order by number`.execute(ctx.db)
  expect(rows).toEqual([
    { number: 'a', kind: 'sale', status: 'completed', reason: null },
    { number: 'a-R', kind: 'cancellation', status: 'completed', reason: 'came late' },
    { number: 'b', kind: 'sale', status: 'void', reason: 'no longer wanted' },
    { number: 'c', kind: 'sale', status: 'completed', reason: null },
  ])
})
