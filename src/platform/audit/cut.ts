import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../postgres/transaction.ts'
import { Refusal } from '../refusal.ts'
import { type Cut, type CutRow, lastCut, markOf, toldOf } from './cuts.ts'
import { append } from './entry.ts'
import { verify } from './verify.ts'

/** Nothing younger is let go: half a year is the least that anybody's law asks for. */
export const leastDays = 183
const portion = 10_000

/**
 * Lets go of the entries from before an instant, oldest first, and goes on where an earlier call was cut off. The chain is verified before,
 * so that nothing goes that does not hold; afterwards it begins at the last link that went, under a mark of the house's key.
 * An anchor from before the cut cannot be held against it any more: note the new one. That it was done stands in the log itself.
 * @throws Refusal `audit.too_young`, `audit.broken`
 */
export async function cutAudit(
  ctx: Context,
  { before }: { before: Date },
): Promise<{ entries: number; cut: Cut | undefined }> {
  if (ctx.clock.machine().getTime() - before.getTime() < leastDays * 86_400_000)
    throw new Refusal('invalid', 'audit.too_young', { days: leastDays })
  const { ok, broken } = await verify(ctx)
  if (!ok) throw new Refusal('conflict', 'audit.broken', { number: broken!.number })
  await inTransaction(ctx, async (ctx) => {
    // The sealer waits: links are numbered from the newest there is.
    await sql`select pg_advisory_xact_lock(hashtextextended('audit.seal', 0))`.execute(ctx.db)
    const last = await lastCut(ctx)
    // The newest link stays, so that the chain never ends in nothing. One entry that is young keeps all that were sealed after it.
    const { rows } = await sql<{ number: number; hash: Buffer }>`
      select number, hash from audit_seals
       where number < least((select max(number) from audit_seals),
                            (select min(s.number) from audit_seals s join audit_entries e on e.id = s.entry_id where e.at >= ${before}))
       order by number desc limit 1`.execute(ctx.db)
    const [end] = rows
    if (!end || end.number <= (last?.number ?? 0)) return
    const cut: Omit<CutRow, 'mark'> = {
      ...end,
      entries: end.number,
      before,
      actor: ctx.actor.label,
      at: ctx.clock.machine(),
    }
    await sql`
      insert into audit_cuts (number, hash, entries, before, mark, actor, at)
      values (${cut.number}, ${cut.hash}, ${cut.entries}, ${cut.before}, ${markOf(ctx, cut)}, ${cut.actor}, ${cut.at})`.execute(
      ctx.db,
    )
    const data = { number: cut.number, before: before.toISOString() }
    await append(ctx, { action: 'audit.cut', outcome: 'done', rows: cut.number - (last?.number ?? 0), data })
  })
  let entries = 0
  for (let gone = portion; gone === portion; entries += gone) {
    const { rows } = await sql<{ gone: number }>`select let_audit_go(${portion}) as gone`.execute(ctx.db)
    gone = rows[0]!.gone
  }
  const cut = await lastCut(ctx)
  return { entries, cut: cut && toldOf(cut) }
}
