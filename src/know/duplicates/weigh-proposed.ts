import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { FoundPair } from './likeness/found.ts'
import type { Learnt } from './likeness/learnt.ts'
import { scoreFew } from './likeness/score-few.ts'
import { peopleOf } from './people.ts'

/** Of more, those that wait the longest are told without a likelihood. */
const most = 5_000

/**
 * What a look found, and how alike they are whom identity proposed: those stay in the queue however unlike they are, and staff
 * see that too.
 * @param among only pairs with one of these; absent: all
 */
export async function withProposed(
  ctx: Context,
  found: readonly FoundPair[],
  learnt: Learnt,
  among?: readonly number[],
): Promise<FoundPair[]> {
  const { rows } = await sql<{ oneId: number; otherId: number }>`
    select one_id, other_id from duplicate_suggestions
     where state = 'open' and proposed is not null
       ${among ? sql`and (one_id = any(${among}::bigint[]) or other_id = any(${among}::bigint[]))` : sql``}
     order by id desc limit ${most}`.execute(ctx.db)
  const known = new Set(found.map(({ one, other }) => `${one} ${other}`))
  const asked = rows.filter(({ oneId, otherId }) => !known.has(`${oneId} ${otherId}`))
  if (asked.length === 0) return [...found]
  const people = await peopleOf(ctx, [...new Set(asked.flatMap(({ oneId, otherId }) => [oneId, otherId]))])
  const pairs = asked.map(({ oneId, otherId }): [number, number] => [oneId, otherId])
  return [...found, ...scoreFew(people, pairs, learnt, 0)]
}
