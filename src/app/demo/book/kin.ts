import { sql } from 'kysely'
import { mergeCustomers, saveMark } from '#know/identity/index.ts'
import type { Context } from '#platform/context.ts'
import { happens, oneOf } from '../life/chance.ts'
import { kinOf } from '../people/kin.ts'
import type { Acquaintance } from './whom.ts'
import { merged } from './words.ts'

/** Accounts that staff have joined, and people they have marked: a few, as in a shop that has begun with it. */
const mostMerged = 12

/**
 * What staff know of who is who: some families' phones are shared, some accounts of one person are one. Most of both is left, to be
 * found by whoever looks at the duplicates.
 */
export async function knowKin(ctx: Context, people: readonly Acquaintance[]): Promise<void> {
  const family = people.flatMap(({ chance, phone }) => {
    const { as, head } = kinOf(chance)
    return phone && (as === 'spouse' || as === 'child') && happens(head, 0.35, 'word', 13) ? [phone] : []
  })
  await sql`
    update identifiers set shared = true where kind = 'phone' and scope = '' and value = any(${[...new Set(family)]}::text[])`.execute(
    ctx.db,
  )
  const heads = new Map(people.map((one) => [one.chance.key, one]))
  const again = people.filter(({ chance }) => kinOf(chance).as === 'again')
  for (const one of again.slice(0, mostMerged)) {
    const head = heads.get(kinOf(one.chance).head.key)
    if (!head) continue
    const reason = oneOf(merged, one.chance, 'word', 13, 1)
    await mergeCustomers(ctx, { into: head.customerId, from: [one.customerId], evidence: 'staff', reason })
  }
  const lookers = people.filter(({ purchases, chance }) => purchases === 0 && kinOf(chance).as === 'alone')
  for (const [at, one] of lookers.slice(0, 3).entries()) {
    await saveMark(ctx, { id: one.customerId, mark: at === 0 ? 'staff' : 'test' })
  }
}
