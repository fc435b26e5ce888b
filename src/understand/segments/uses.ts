import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Condition } from '#understand/query/contract.ts'
import { namedSegments } from '#understand/query/index.ts'
import type { Use } from './contract.ts'

type User = { kind: Exclude<Use['kind'], 'segment'>; id: number; name: string }

/**
 * Tells which segments a thing of another module names, in the transaction that saves it: none of them is deleted while it does. Without a
 * question it names none any more.
 * @throws Refusal `query.unknown_segment` where one was deleted meanwhile
 */
export async function tellUses(ctx: Context, { kind, id, name }: User, question?: Condition): Promise<void> {
  const named = [...new Set(question ? namedSegments(question) : [])]
  await sql`delete from segment_uses where kind = ${kind} and user_id = ${id}`.execute(ctx.db)
  if (named.length === 0) return
  const { rows } = await sql`
    insert into segment_uses (segment_id, kind, user_id, name)
    select id, ${kind}, ${id}, ${name} from segments where id = any(${named}::integer[]) for key share
    returning segment_id`.execute(ctx.db)
  if (rows.length < named.length) throw new Refusal('invalid', 'query.unknown_segment')
}

/** What names each segment, other segments left out: these say it themselves. */
export async function toldUses(ctx: Context): Promise<(Use & { segmentId: number })[]> {
  const { rows } = await sql<Use & { segmentId: number }>`
    select segment_id, kind, user_id as id, name from segment_uses order by kind, lower(name), user_id`.execute(ctx.db)
  return rows
}
