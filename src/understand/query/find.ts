import { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor, shape } from '#platform/contract/index.ts'
import { answered } from './answers.ts'
import { rowsOf } from './ask.ts'
import { compileCount, compilePage, type Key } from './compile.ts'
import type { Plan } from './plan.ts'
import { type Column, columnTypes } from './primitive.ts'
import { isOfTalks } from './record.ts'

/** What a question answers of each customer it finds. */
export type Found = {
  customerId: number
  firstPurchase: string | null
  lastPurchase: string | null
  purchases: number
  /** Minor units. */
  revenue: number
}

type FoundRow = Found & { sorted: string | number | null }

/** A page of the customers that a plan finds. A cursor is of one order: another order's is refused. */
export async function findCustomers(
  ctx: Context,
  plan: Plan,
  { limit, after }: { limit: number; after?: string },
  signal?: AbortSignal,
): Promise<{ items: Found[]; next?: string }> {
  const order = `${plan.sort.column} ${plan.sort.direction}`
  const key = after === undefined ? undefined : readKey(plan.sort.column, order, after)
  const asked = compilePage(plan, limit + 1, key)
  const ask = (until?: AbortSignal) => rowsOf<FoundRow>(ctx, asked, until)
  const rows = await (isFirstOfAll(plan, key)
    ? answered(ctx, `query.first ${JSON.stringify(asked)}`, () => ask())
    : ask(signal))
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map(({ sorted: _sorted, ...found }) => found),
    next: last && cursorOf(order, last.sorted, last.customerId),
  }
}

/** The page that everybody opens and comes back to: kept while the columns stand. Talks stand beside them, so their order is asked anew. */
function isFirstOfAll({ where, sort }: Plan, key: Key | undefined): boolean {
  return where.is === 'yes' && key === undefined && !isOfTalks(sort.column)
}

export async function countCustomers(ctx: Context, plan: Plan): Promise<number> {
  const [row] = await rowsOf<{ customers: number }>(ctx, compileCount(plan))
  return row?.customers ?? 0
}

/** All that a plan finds, in its order, batch by batch; for exports. Each batch reads the traits once. */
export async function* findAll(ctx: Context, plan: Plan, batch = 20_000): AsyncGenerator<Found[]> {
  for (let key: Key | undefined; ; ) {
    const rows = await rowsOf<FoundRow>(ctx, compilePage(plan, batch, key))
    if (rows.length > 0) yield rows.map(({ sorted: _sorted, ...found }) => found)
    const last = rows.at(-1)
    if (!last || rows.length < batch) return
    key = [last.sorted, last.customerId]
  }
}

function readKey(column: Column, order: string, cursor: string): Key {
  const value = columnTypes[column] === 'Date' ? shape.day : z.number().int()
  const key = z.tuple([z.literal(order), value.nullable(), z.number().int().positive()])
  const [, sorted, customerId] = readCursor(key, cursor)
  return [sorted, customerId]
}
