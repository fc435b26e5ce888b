import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/** How far all memberships have followed. */
export type Keeping = { turn: number; epoch: number; now: number; version: string; batch: number; reached: string }

export async function keepingOf(ctx: Pick<Context, 'db'>): Promise<Keeping> {
  const { rows } = await sql<Keeping>`
    select turn, epoch, current_epoch() as now, version::text as version, batch, reached::text as reached from membership_keeping`.execute(
    ctx.db,
  )
  return rows[0]!
}

/** Up to which batch of behaviour the columns have all: batches arrive there in the order of their ids. */
export async function behaviourPosition(ctx: Pick<Context, 'db'>): Promise<number> {
  const { rows } = await sql<{ batch: number }>`
    select coalesce((select min(id) - 1 from behaviour_batches), (select last_id from behaviour_keeping)) as batch`.execute(
    ctx.db,
  )
  return rows[0]!.batch
}

/** What a turn has seen: of the traits, of behaviour, of the answers whether people may be written to. */
export type Position = Pick<Keeping, 'version' | 'batch' | 'reached'>

/** Whether there is anything after a position. */
export function isAfter(at: Position, since: Position): boolean {
  return (
    BigInt(at.version) > BigInt(since.version) || at.batch > since.batch || BigInt(at.reached) > BigInt(since.reached)
  )
}

/** A turn's right to write. Whoever else wrote meanwhile takes it away. */
export type Fence = { turn: number }

/**
 * Call first in each transaction of a turn.
 * @throws Error where another process has taken a turn since: nothing of this one is written
 */
export async function pass(ctx: Context, fence: Fence): Promise<void> {
  const { rows } = await sql`
    update membership_keeping set turn = turn + 1 where turn = ${fence.turn} returning turn`.execute(ctx.db)
  if (rows.length === 0) throw new Error('another process keeps the memberships')
  fence.turn += 1
}
