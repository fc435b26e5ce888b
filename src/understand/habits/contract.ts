import { z } from 'zod'
import { customerRow } from '#know/customers/contract.ts'
import { endpoint, shape } from '#platform/contract/index.ts'

/** What of somebody's habits has drifted: what she buys, at which price, where, at which time of day, with how many discounts. */
export const habits = ['goods', 'price', 'shop', 'hour', 'discount'] as const
export const habit = z.enum(habits)
export type Habit = z.infer<typeof habit>

/**
 * What it was and what it is. goods: the category that had the greatest part, with that part (0 to 1); shop: the same of shops by their ids, hour of parts of
 * the day (night, morning, afternoon, evening); price: minor units an item; discount: the part of purchases with one.
 */
export const habitValue = z.object({ name: z.string().nullable(), value: z.number() })
export type HabitValue = z.infer<typeof habitValue>

export const drift = z.object({
  id: shape.id,
  habit,
  before: habitValue,
  after: habitValue,
  noticedOn: shape.day,
  /** Purchases in the half year before noticing, and in that before it. */
  purchases: z.object({ before: z.number(), after: z.number() }),
})
export type Drift = z.infer<typeof drift>

const tag = 'Insight'

export const habitsContract = {
  ofCustomer: endpoint({
    method: 'GET',
    path: '/customers/{id}/drifts',
    summary: 'How a customer’s habits have drifted within a year, the latest first',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ id: shape.id }),
    output: z.object({ items: z.array(drift), ownerId: z.number().nullable() }),
  }),
  list: endpoint({
    method: 'GET',
    path: '/drifts',
    summary: 'Whose habits have drifted, the latest noticed first',
    tag,
    may: 'insight.read',
    scope: 'rows',
    input: z.object({
      habit: habit.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(25),
      after: z.string().max(200).optional(),
    }),
    output: shape.pageOf(drift.extend({ customer: customerRow })),
  }),
}
