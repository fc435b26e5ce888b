import { type RawBuilder, sql } from 'kysely'
import { actorNames } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Condition } from '#understand/query/contract.ts'
import { namesFor, sentenceOf } from '#understand/value/index.ts'
import { segmentOf } from '../segment.ts'
import type { Snapshot } from './snapshots-contract.ts'

/** A bitmap of a million people is some hundred kilobytes at most. */
export const mostSnapshots = 200

type SnapshotRecord = {
  id: number
  segmentId: number
  name: string
  question: Condition
  size: number
  takenOn: string
  takenAt: Date
  actor: string
}

/** Of a segment, newest first. @throws Refusal `segments.unknown_one` */
export async function snapshotsOf(ctx: Context, segmentId: number): Promise<Snapshot[]> {
  await segmentOf(ctx, segmentId)
  return shown(ctx, await recordsOf(ctx, sql`where segment_id = ${segmentId}`))
}

/** @throws Refusal `segments.unknown_snapshot` */
export async function snapshotOf(ctx: Context, id: number): Promise<Snapshot> {
  const [snapshot] = await shown(ctx, await recordsOf(ctx, sql`where id = ${id}`))
  if (!snapshot) throw new Refusal('not_found', 'segments.unknown_snapshot')
  return snapshot
}

async function recordsOf(ctx: Context, where: RawBuilder<unknown>): Promise<SnapshotRecord[]> {
  const { rows } = await sql<SnapshotRecord>`
    select id, segment_id, name, question, size, taken_on, taken_at, actor from segment_snapshots ${where} order by id desc`.execute(
    ctx.db,
  )
  return rows
}

async function shown(ctx: Context, rows: readonly SnapshotRecord[]): Promise<Snapshot[]> {
  const [names, words] = await Promise.all([
    actorNames(
      ctx,
      rows.map(({ actor }) => actor),
    ),
    namesFor(ctx),
  ])
  return Promise.all(
    rows.map(async ({ question, actor, takenAt, ...row }) => ({
      ...row,
      sentence: await sentenceOf(ctx, question, words),
      takenAt: takenAt.toISOString(),
      actorName: names.get(actor) ?? null,
    })),
  )
}
