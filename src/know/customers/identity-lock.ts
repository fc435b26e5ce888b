import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/** Up to so many identifiers are locked one by one; more take the whole. Two of them may meet in a bucket, and wait without need. */
export const fewIdentifiers = 200
const buckets = 4096

/**
 * Holds identifiers until the transaction ends, so that two who bring the same new phone at once do not make two customers: the
 * second waits, then finds the first's. Meanwhile nobody is merged or taken apart. Before any row of `customers` is locked, and once
 * a transaction: then nobody waits in a circle. A batch of more than 200 (an import's chunk) holds the whole.
 */
export async function lockIdentifiers(
  ctx: Context,
  identifiers: readonly { kind: string; scope?: string; value: string }[],
): Promise<void> {
  if (identifiers.length > fewIdentifiers) return lockIdentity(ctx)
  const keys = identifiers.map(({ kind, scope = '', value }) => `${kind} ${scope} ${value}`)
  await sql`select pg_advisory_xact_lock_shared(hashtextextended('know.identity', 0))`.execute(ctx.db)
  if (keys.length === 0) return
  // The first number is the class of these locks; materialized, so that they are taken in their order.
  await sql`
    with wanted as materialized (
      select distinct hashtext(key) & ${buckets - 1}::int as bucket from unnest(${keys}::text[]) as key order by 1
    )
    select pg_advisory_xact_lock(731, bucket) from wanted`.execute(ctx.db)
}

/**
 * Holds who is whom as a whole: for merging and taking apart, one at a time. It waits for batches under way (milliseconds; a chunk
 * of an import up to 2 s), and they for it.
 */
export async function lockIdentity(ctx: Context): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('know.identity', 0))`.execute(ctx.db)
}
