import { sql } from 'kysely'
import { activeStaff } from '#know/staff/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction, lockFor } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Condition } from '#understand/query/contract.ts'
import { expand, namedSegments, refuseCostly, segmentTrees } from '#understand/query/index.ts'
import type { Segment } from './contract.ts'
import { segmentChanged, segmentMade, segmentRemoved } from './facts.ts'
import { mostSegments, segmentOf } from './segment.ts'
import { tellUses } from './uses.ts'

type Kept = { name: string; note?: string | null; ownerId?: number | null; question: Condition }

/** Whoever saves takes turns: a circle of two segments is made by two who save at once. */
const turn = (ctx: Context) => lockFor(ctx, 'segments')

/** @throws Refusal `segments.taken_name`, `segments.too_many`, `segments.no_such_owner`, what `refuseWrong` throws */
export function addSegment(ctx: Context, { name, note, ownerId, question }: Kept): Promise<Segment> {
  return inTransaction(ctx, async (ctx) => {
    await turn(ctx)
    await refuseTaken(ctx, name)
    await refuseWrong(ctx, question)
    if (ownerId) await refuseNobody(ctx, ownerId)
    const { rows } = await sql<{ id: number }>`
      insert into segments (name, note, question, owner_id, made_at, changed_at, actor)
      select ${name}, ${note ?? null}, ${JSON.stringify(question)}::jsonb, ${ownerId ?? null}, ${ctx.clock.now()}, ${ctx.clock.now()}, ${ctx.actor.label}
       where (select count(*) from segments) < ${mostSegments}
      returning id`.execute(ctx.db)
    const id = rows[0]?.id
    if (id === undefined) throw new Refusal('conflict', 'segments.too_many', { most: mostSegments })
    await tellUses(ctx, { kind: 'segment', id, name }, question)
    await announce(ctx, segmentMade, { subjectId: id, data: {} })
    return segmentOf(ctx, id)
  })
}

/** @throws Refusal `segments.unknown_one`, `http.stale`, and as `addSegment` */
export function editSegment(
  ctx: Context,
  version: number,
  { id, ...change }: Partial<Kept> & { id: number },
): Promise<Segment> {
  return inTransaction(ctx, async (ctx) => {
    await turn(ctx)
    if ((await segmentOf(ctx, id)).version !== version) throw new Refusal('stale', 'http.stale')
    if (change.name !== undefined) await refuseTaken(ctx, change.name, id)
    if (change.question) await refuseWrong(ctx, change.question, id)
    if (change.ownerId) await refuseNobody(ctx, change.ownerId)
    const question = change.question && JSON.stringify(change.question)
    // What was counted was counted of the question before.
    await sql`
      update segments
         set name = coalesce(${change.name ?? null}, name), note = ${change.note === undefined ? sql`note` : change.note},
             owner_id = ${change.ownerId === undefined ? sql`owner_id` : change.ownerId},
             question = coalesce(${question ?? null}::jsonb, question),
             counted = ${question ? null : sql`counted`}, counted_at = ${question ? null : sql`counted_at`},
             changed_at = ${ctx.clock.now()}, actor = ${ctx.actor.label}, version = version + 1
       where id = ${id}`.execute(ctx.db)
    const saved = await segmentOf(ctx, id)
    await tellUses(ctx, { kind: 'segment', id, name: saved.name }, saved.question)
    await announce(ctx, segmentChanged, { subjectId: id, data: { fields: Object.keys(change) } })
    return saved
  })
}

/** @throws Refusal `segments.unknown_one`, `segments.in_use` with the names of what uses it */
export function removeSegment(ctx: Context, id: number): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await turn(ctx)
    // A report that is being saved holds it: waited for here, it is among the uses.
    await sql`select from segments where id = ${id} for update`.execute(ctx.db)
    const { uses } = await segmentOf(ctx, id)
    if (uses.length > 0) {
      throw new Refusal('conflict', 'segments.in_use', { uses: uses.map(({ name }) => name).join(', ') })
    }
    await tellUses(ctx, { kind: 'segment', id, name: '' })
    await sql`delete from segments where id = ${id}`.execute(ctx.db)
    await announce(ctx, segmentRemoved, { subjectId: id, data: {} })
  })
}

/**
 * A question that could not be asked is not saved.
 * @param id the segment that it becomes
 * @throws Refusal `query.unknown_segment`, `query.circle`, `query.too_costly`
 */
async function refuseWrong(ctx: Context, question: Condition, id?: number): Promise<void> {
  if (namedSegments(question).length === 0) return refuseCostly(question)
  const trees = new Map((await segmentTrees(ctx)).map((one) => [one.id, one]))
  const itself = id === undefined ? undefined : trees.get(id)
  if (itself) trees.set(itself.id, { ...itself, question })
  refuseCostly(expand(question, trees, itself ? [itself.id] : []))
}

async function refuseTaken(ctx: Context, name: string, but = 0): Promise<void> {
  const { rows } = await sql`select from segments where lower(name) = lower(${name}) and id <> ${but}`.execute(ctx.db)
  if (rows.length > 0) throw new Refusal('conflict', 'segments.taken_name')
}

async function refuseNobody(ctx: Context, staffId: number): Promise<void> {
  if ((await activeStaff(ctx, [staffId])).length === 0) throw new Refusal('invalid', 'segments.no_such_owner')
}
