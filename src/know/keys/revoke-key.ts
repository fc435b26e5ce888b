import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import type { Key } from './contract.ts'
import { keyRevoked } from './facts.ts'
import { keyOf } from './key.ts'

/** Ends a key: the next request with it is refused, by every process. Ended twice is ended once. @throws Refusal `keys.unknown_id` */
export function revokeKey(ctx: Context, id: number): Promise<Key> {
  return inTransaction(ctx, async (ctx) => {
    const { rows } = await sql`
      update api_keys set revoked_at = ${ctx.clock.machine()}, revoked_by = ${ctx.actor.label}
       where id = ${id} and revoked_at is null returning 1`.execute(ctx.db)
    if (rows[0]) await announce(ctx, keyRevoked, { subjectId: id, data: {} })
    return keyOf(ctx, id)
  })
}
