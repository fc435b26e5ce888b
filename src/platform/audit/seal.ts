import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { Loop } from '../jobs.ts'
import { inTransaction } from '../postgres/transaction.ts'
import { beginning, linkOf, type Sealed, sealedColumns } from './chain.ts'

/** Entries sealed in one transaction: half a second on a busy machine. */
const most = 1_000

/**
 * Gives the entries that wait their place in the chain, in the order of their ids; one that committed late simply comes later.
 * A chain is serial, so one process at a time does it, and no request waits for it: what requests write is unsealed, for some
 * seconds.
 * @returns how many were sealed
 */
export function seal(ctx: Context): Promise<number> {
  return inTransaction(ctx, async (ctx) => {
    const { rows: locks } = await sql<{ got: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended('audit.seal', 0)) as got`.execute(ctx.db)
    if (!locks[0]?.got) return 0
    const { rows: waiting } = await sql<Sealed>`
      select ${sql.raw(sealedColumns)} from audit_tail t join audit_entries e on e.id = t.entry_id
       order by e.id limit ${most}`.execute(ctx.db)
    if (waiting.length === 0) return 0
    const { rows: last } = await sql<{ number: number; hash: Buffer }>`
      select number, hash from audit_seals order by number desc limit 1`.execute(ctx.db)
    let { number, hash }: { number: number; hash: Buffer } = last[0] ?? { number: 0, hash: beginning }
    const links = waiting.map((entry) => {
      number += 1
      hash = linkOf(ctx, hash, number, entry)
      return { number, entry_id: entry.id, hash: hash.toString('hex') }
    })
    await sql`
      with links as (
        select * from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as row(number bigint, entry_id bigint, hash text)
      ),
      gone as (delete from audit_tail using links where audit_tail.entry_id = links.entry_id)
      insert into audit_seals (number, entry_id, hash) select number, entry_id, decode(hash, 'hex') from links order by number`.execute(
      ctx.db,
    )
    return links.length
  })
}

export const sealing: Loop = { name: 'audit.seal', everyMs: 2_000, turn: async (ctx) => (await seal(ctx)) === most }
