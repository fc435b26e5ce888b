import type { Context } from '#platform/context.ts'
import type { Condition } from '#understand/query/contract.ts'
import { compileTally, rowsOf } from '#understand/query/index.ts'
import { planFor } from '#understand/value/index.ts'
import { snapshotOf } from './snapshot.ts'

export type Comparison = {
  asOf: string
  known: number
  stayed: number
  left: number
  unknown: number
  came: number
}

/** A snapshot beside its segment now, by the questions that open its people (web/SnapshotPeople.tsx): one reading. @throws Refusal `segments.unknown_snapshot` */
export async function compareSnapshot(ctx: Context, id: number): Promise<Comparison> {
  const { segmentId } = await snapshotOf(ctx, id)
  const then: Condition = { is: 'snapshot', in: [id] }
  const now: Condition = { is: 'segment', in: [segmentId] }
  const not = (of: Condition): Condition => ({ is: 'not', of })
  const both = (...of: Condition[]): Condition => ({ is: 'and', of })
  const asked = [then, both(then, now), both(then, not(now)), both(now, not(then))]
  const { lens, where, yardstick } = await planFor(ctx, { where: { is: 'or', of: asked } })
  const conditions = where.is === 'or' ? where.of : []
  const [row] = await rowsOf<{ yes: number[]; unknown: number[] }>(ctx, compileTally({ lens, yardstick, conditions }))
  const [known = 0, stayed = 0, left = 0, came = 0] = row?.yes ?? []
  return { asOf: lens.asOf, known, stayed, left, unknown: row?.unknown[2] ?? 0, came }
}
