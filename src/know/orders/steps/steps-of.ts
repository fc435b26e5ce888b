import { sql } from 'kysely'
import { actorNames, rowsAbout, type TimelineRow, type TimelineTeller } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { stepFacts } from '../facts.ts'
import type { OrderStep } from './contract.ts'

type Record = Omit<OrderStep, 'at' | 'actorName'> & { at: Date; actor: string }

/** What is told of an order's way, as it happened. The order is the actor's to see. */
export async function stepsOf(ctx: Context, orderId: number): Promise<OrderStep[]> {
  const { rows } = await sql<Record>`
    select s.id, s.step, s.at, s.carrier, s.tracking, source.name as source, s.actor
      from order_steps s left join sources source on source.id = s.source_id
     where s.order_id = ${orderId} order by s.at, s.id`.execute(ctx.db)
  const names = await actorNames(
    ctx,
    rows.map(({ actor }) => actor),
  )
  return rows.map(({ actor, at, ...step }) => ({
    ...step,
    at: at.toISOString(),
    actorName: names.get(actor) ?? null,
  }))
}

/** Carrier and number of the parcel, on timelines: they lead to a person's address and stand in no fact. */
export const stepWords: TimelineTeller = async (ctx, rows) => {
  const told = new Map<TimelineRow, string>()
  const kinds = new Map(Object.entries(stepFacts).map(([step, { kind }]) => [kind as string, step]))
  const about = rowsAbout(rows, [...kinds.keys()])
  if (about.length === 0) return told
  const { rows: steps } = await sql<{ orderId: number; step: string; at: Date; words: string }>`
    select order_id, step, at, concat_ws(' ', carrier, tracking) as words from order_steps
     where order_id = any(${about.map(({ id }) => id)}::bigint[]) order by id`.execute(ctx.db)
  for (const { row, id } of about) {
    const step = steps.find(
      (one) => one.orderId === id && one.step === kinds.get(row.kind) && one.at.getTime() === row.at.getTime(),
    )
    if (step?.words) told.set(row, step.words)
  }
  return told
}
