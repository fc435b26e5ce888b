import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Condition } from '#understand/query/contract.ts'
import { namedSegments, namedSnapshots } from '#understand/query/index.ts'
import type { Use } from './contract.ts'

type User = { kind: Use['kind']; id: number; name: string }

/**
 * Tells which segments and snapshots a question names, in the transaction that saves it: none of them is deleted while it does. Without a
 * question it names none any more. Which segments a segment names, its question says by itself.
 * @throws Refusal `query.unknown_segment`, `query.unknown_snapshot` where one is not there, or was deleted meanwhile
 */
export async function tellUses(ctx: Context, user: User, question?: Condition): Promise<void> {
  if (user.kind !== 'segment') await tellSegments(ctx, user, question)
  await tellSnapshots(ctx, user, question)
}

async function tellSegments(ctx: Context, { kind, id, name }: User, question?: Condition): Promise<void> {
  const named = [...new Set(question ? namedSegments(question) : [])]
  await sql`delete from segment_uses where kind = ${kind} and user_id = ${id}`.execute(ctx.db)
  if (named.length === 0) return
  const { rows } = await sql`
    insert into segment_uses (segment_id, kind, user_id, name)
    select id, ${kind}, ${id}, ${name} from segments where id = any(${named}::integer[]) for key share
    returning segment_id`.execute(ctx.db)
  if (rows.length < named.length) throw new Refusal('invalid', 'query.unknown_segment')
}

async function tellSnapshots(ctx: Context, { kind, id, name }: User, question?: Condition): Promise<void> {
  const named = [...new Set(question ? namedSnapshots(question) : [])]
  await sql`delete from snapshot_uses where kind = ${kind} and user_id = ${id}`.execute(ctx.db)
  if (named.length === 0) return
  const { rows } = await sql`
    insert into snapshot_uses (snapshot_id, kind, user_id, name)
    select id, ${kind}, ${id}, ${name} from segment_snapshots where id = any(${named}::integer[]) for key share
    returning snapshot_id`.execute(ctx.db)
  if (rows.length < named.length) throw new Refusal('invalid', 'query.unknown_snapshot')
}

/** What names each segment or a snapshot of it; but segments that name segments, which say it themselves. */
export async function toldUses(ctx: Context): Promise<(Use & { segmentId: number })[]> {
  const { rows } = await sql<Use & { segmentId: number }>`
    select distinct segment_id, kind, user_id as id, name
      from (select segment_id, kind, user_id, name from segment_uses
             union select taken.segment_id, used.kind, used.user_id, used.name
                     from snapshot_uses used join segment_snapshots taken on taken.id = used.snapshot_id
                    where used.kind <> 'segment' or used.user_id <> taken.segment_id) as told
     order by kind, name, id`.execute(ctx.db)
  return rows
}
