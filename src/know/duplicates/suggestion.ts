import { type RawBuilder, sql } from 'kysely'
import { visibleCustomers } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Proposal, Reason } from './contract.ts'

/** A suggestion, and whom its two lead to today. */
export type SuggestionRecord = {
  id: number
  oneId: number
  otherId: number
  oneNow: number
  otherNow: number
  probability: number
  reasons: Reason[]
  proposed: Proposal[]
  state: 'open' | 'accepted' | 'refused'
  foundAt: Date
  decidedAt: Date | null
  decidedBy: string | null
  mergeId: number | null
  apartIds: number[] | null
}

export const suggestionColumns = sql`
  s.id, s.one_id, s.other_id, coalesce(one.merged_into, one.id) as one_now, coalesce(other.merged_into, other.id) as other_now,
  s.probability, s.reasons, coalesce(s.proposed, '[]') as proposed, s.state, s.found_at, s.decided_at, s.decided_by, s.merge_id, s.apart_ids`

/** `duplicate_suggestions s` with the two nodes; only pairs of which the actor sees both. */
export function seenSuggestions(ctx: Context): RawBuilder<unknown> {
  const sees = (node: 'one' | 'other') => sql`exists (
    select from customers where customers.id = coalesce(${sql.ref(node)}.merged_into, ${sql.ref(node)}.id) and ${visibleCustomers(ctx)})`
  return sql`duplicate_suggestions as s
    join customers as one on one.id = s.one_id
    join customers as other on other.id = s.other_id
   where ${sees('one')} and ${sees('other')}`
}

/** What waits for a decision: two who are not one by now, and whom nobody said to be two. */
export const waits = sql`s.state = 'open' and coalesce(one.merged_into, one.id) <> coalesce(other.merged_into, other.id)
  and not exists (select from identity_cuts as cut
                   where cut.one_id = s.one_id and cut.other_id = s.other_id and cut.lifted_by is null)`

/**
 * The suggestion, held until the transaction ends: the second of two who decide waits here, then finds it decided.
 * @throws Refusal `duplicates.unknown` also where one of the two is not this actor's
 */
export async function heldSuggestion(ctx: Context, id: number): Promise<SuggestionRecord> {
  const { rows } = await sql<SuggestionRecord>`
    select ${suggestionColumns} from ${seenSuggestions(ctx)} and s.id = ${id} for update of s`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('not_found', 'duplicates.unknown', { id })
  return rows[0]
}
