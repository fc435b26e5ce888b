import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import type { WriteKey } from './contract.ts'
import { writeKeyEnded } from './facts.ts'
import { writeKeyOf } from './write-key.ts'

/**
 * Ends a write key at once, in every process: the insert into the inbox asks for a key that has not ended. What it told before is
 * worked off. Ended twice is ended once.
 * @throws Refusal `ingest.unknown_key`
 */
export function endWriteKey(ctx: Context, id: number): Promise<WriteKey> {
  return inTransaction(ctx, async (ctx) => {
    const { rows } = await sql`
      update write_keys set ended_at = ${ctx.clock.machine()}, ended_by = ${ctx.actor.label}
       where id = ${id} and ended_at is null returning 1`.execute(ctx.db)
    if (rows[0]) await announce(ctx, writeKeyEnded, { subjectId: id, data: {} })
    return writeKeyOf(ctx, id)
  })
}
