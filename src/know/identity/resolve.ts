import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import type { Incoming } from './incoming.ts'
import { recognise } from './recognise.ts'
import { saveTold } from './save-told.ts'

export type Resolved = { profileId: number; customerId: number | null }

/**
 * Recognises everybody in a batch and keeps what it says of them: profiles, identifiers, values, whom they belong to. Who is not
 * known becomes a customer; a browser without a person belongs to nobody (customerId null) until somebody signs in on it. The same
 * batch twice, or in another order, gives the same; a bounded number of statements, whatever its size. In the caller's transaction,
 * once, and before it locks rows of customers.
 */
export function resolve(ctx: Context, incoming: readonly Incoming[]): Promise<Map<string, Resolved>> {
  return inTransaction(ctx, async (ctx) => {
    if (incoming.length === 0) return new Map()
    const recognised = await recognise(ctx, incoming)
    await saveTold(ctx, recognised)
    const { people, profileIds, customers } = recognised
    return new Map(
      people.flatMap((person, index) =>
        person.refs.map((ref): [string, Resolved] => [
          ref,
          { profileId: profileIds[index]!, customerId: customers[index] ?? null },
        ]),
      ),
    )
  })
}
