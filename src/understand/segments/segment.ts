import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Condition } from '#understand/query/contract.ts'
import { format, type Names, namedSegments, productsIn, segmentTrees } from '#understand/query/index.ts'
import { namesFor, sentenceOf } from '#understand/value/index.ts'
import type { Segment } from './contract.ts'
import { toldUses } from './uses.ts'

/** A shop has some dozens; questions name each other, so all are read together. */
export const mostSegments = 500

type SegmentRecord = {
  id: number
  name: string
  note: string | null
  question: Condition
  ownerId: number | null
  counted: number | null
  countedAt: Date | null
  changedAt: Date
  version: number
}

/** All segments by name, with what names them. */
export async function segmentsOf(ctx: Context): Promise<Segment[]> {
  return shown(ctx, await recordsOf(ctx))
}

/** @throws Refusal `segments.unknown_one` */
export async function segmentOf(ctx: Context, id: number): Promise<Segment> {
  const [segment] = await shown(ctx, await recordsOf(ctx, sql`where id = ${id}`))
  if (!segment) throw new Refusal('not_found', 'segments.unknown_one')
  return segment
}

async function recordsOf(ctx: Context, where: RawBuilder<unknown> = sql``): Promise<SegmentRecord[]> {
  const { rows } = await sql<SegmentRecord>`
    select id, name, note, question, owner_id, counted, counted_at, changed_at, version
      from segments ${where} order by lower(name), id`.execute(ctx.db)
  return rows
}

async function shown(ctx: Context, rows: readonly SegmentRecord[]): Promise<Segment[]> {
  const [all, told, names] = await Promise.all([
    segmentTrees(ctx),
    toldUses(ctx),
    namesFor(ctx, { productIds: rows.flatMap(({ question }) => productsIn(question)) }),
  ])
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      ...(await worded(ctx, row.question, names)),
      countedAt: row.countedAt?.toISOString() ?? null,
      changedAt: row.changedAt.toISOString(),
      uses: [
        ...all
          .filter(({ question }) => namedSegments(question).includes(row.id))
          .map(({ id, name }) => ({ kind: 'segment' as const, id, name })),
        ...told.filter(({ segmentId }) => segmentId === row.id).map(({ kind, id, name }) => ({ kind, id, name })),
      ],
    })),
  )
}

/** A question as text and as sentence. */
export async function worded(
  ctx: Context,
  question: Condition,
  names: Names,
): Promise<{ text: string; sentence: string }> {
  return { text: format(question, names), sentence: await sentenceOf(ctx, question, names) }
}
