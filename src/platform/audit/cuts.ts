import { sql } from 'kysely'
import type { Context } from '../context.ts'

/** What went: everything up to the link `number`. */
export type Cut = { number: number; entries: number; before: string; actor: string; at: string }
export type CutRow = Omit<Cut, 'before' | 'at'> & { hash: Buffer; before: Date; at: Date; mark: Buffer }

/** Where the chain begins now. @returns `forged` where the mark is not ours: somebody cut it off who had the database alone */
export async function chainBegin(
  ctx: Context,
): Promise<{ number: number; hash: Buffer; cut: Cut; forged: boolean } | undefined> {
  const cut = await lastCut(ctx)
  return cut && { number: cut.number, hash: cut.hash, cut: toldOf(cut), forged: !markOf(ctx, cut).equals(cut.mark) }
}

/** The newest cut. */
export async function lastCut(ctx: Context): Promise<CutRow | undefined> {
  const { rows } = await sql<CutRow>`select * from audit_cuts order by number desc limit 1`.execute(ctx.db)
  return rows[0]
}

/** The mark under the house's key by which a cut is known as ours. */
export function markOf(
  { secrets }: Pick<Context, 'secrets'>,
  { number, hash, entries, before, actor, at }: Omit<CutRow, 'mark'>,
): Buffer {
  return secrets.mac(
    JSON.stringify([number, hash.toString('hex'), entries, before.toISOString(), actor, at.toISOString()]),
    'audit cut',
  )
}

export function toldOf({ number, entries, before, actor, at }: CutRow): Cut {
  return { number, entries, before: before.toISOString(), actor, at: at.toISOString() }
}
