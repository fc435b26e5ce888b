import { z } from 'zod'
import { customerRow, factGroups, timelineFact } from '#know/customers/contract.ts'
import { endpoint, shape } from '#platform/contract/index.ts'

/** Something that happened in the shop, and with whom, where that is a customer. */
export const activityItem = timelineFact.extend({ customer: customerRow.nullable() })
export type ActivityItem = z.infer<typeof activityItem>

export const activityContract = {
  list: endpoint({
    method: 'GET',
    path: '/activity',
    summary: 'Who did what, newest first; of the customers whom one sees',
    description:
      'What was imported as history is left out, as is what colleagues did to accounts and keys: that stands in the audit log. A page may be short while more follow (`next`): each looks back a month at most.',
    tag: 'Customers',
    may: 'customers.read',
    scope: 'rows',
    input: z.object({
      of: z.array(z.enum(factGroups)).max(20).optional(),
      /** A day of the shop. */
      day: shape.day.optional(),
      /** What this colleague did. */
      staffId: z.coerce.number().int().positive().optional(),
      ...shape.pageInput,
    }),
    output: shape.pageOf(activityItem),
  }),
}
