import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Counted } from '#understand/metrics/index.ts'
import { type Compiled, type Plan, rowsOf } from '#understand/query/index.ts'
import { planFor } from '#understand/value/index.ts'
import type { Asks, Split } from './contract.ts'
import {
  type ByGoods,
  byGoodsSql,
  byPlaceSql,
  byQuestionSql,
  bySpanSql,
  type CountedRow,
  type SalesRow,
  type ShopGroups,
  salesSql,
} from './counted-sql.ts'
import { type ByPeople, byPeople, type Part, partsOf } from './part.ts'
import { type Days, spansOf } from './period.ts'

/** What a report is divided by, made ready once for the period and for what it is compared with. */
export type Division =
  | { by: 'whole' }
  | { by: 'people'; split: ByPeople; parts: readonly Part[]; wheres: readonly Plan['where'][] }
  | { by: 'spans'; spans: readonly Days[] }
  | { by: 'places'; split: 'shop' | 'channel'; groups: ShopGroups }
  | { by: 'goods'; split: ByGoods }

export async function divisionOf(ctx: Context, { split, shopId }: Asks, asOf: string, days: Days): Promise<Division> {
  if (split === 'none') return { by: 'whole' }
  if (isOfPeople(split)) {
    const parts = await partsOf(ctx, split)
    const plans = await Promise.all(parts.map(({ where }) => planFor(ctx, { where, asOf, shopId })))
    return { by: 'people', split, parts, wheres: plans.map(({ where }) => where) }
  }
  if (split === 'month' || split === 'week' || split === 'day') return { by: 'spans', spans: spansOf(days, split) }
  if (split === 'shop' || split === 'channel') {
    const { rows } = await sql<{ shopId: number; channelId: number | null }>`
      select id as shop_id, channel_id from shops order by id`.execute(ctx.db)
    const groups = rows.map((one) => ({
      shopId: one.shopId,
      group: split === 'shop' ? one.shopId : (one.channelId ?? 0),
    }))
    return { by: 'places', split, groups }
  }
  return { by: 'goods', split }
}

const isOfPeople = (split: Split): split is ByPeople => (byPeople as readonly Split[]).includes(split)

/** What is counted of a row, by its key: 1, 2, 3… of parts and spans. */
export type CountedRows = Map<string, Counted>

/** Counts the rows of a division in a period. @param everybody nobody is left out, so sales to nobody known count too */
export async function countRows(
  ctx: Context,
  plan: Plan,
  division: Division,
  { days, everybody }: { days: Days; everybody: boolean },
  signal?: AbortSignal,
): Promise<CountedRows> {
  if (division.by === 'places' && division.groups.length === 0) return new Map()
  const ask = <T>(statement: Compiled) => rowsOf<T>(ctx, statement, signal)
  const [known, sales] = await Promise.all([
    ask<CountedRow>(statementOf(plan, division, days, everybody)),
    everybody && division.by !== 'goods' && division.by !== 'people'
      ? ask<SalesRow>(salesSql(plan.lens, days, division.by === 'whole' ? undefined : division))
      : undefined,
  ])
  const rows: CountedRows = new Map()
  for (const { key, revenue, purchases, ...row } of known) {
    rows.set(key, { ...row, revenue: revenue ?? row.knownRevenue, purchases: purchases ?? row.knownPurchases })
  }
  for (const { key, revenue, purchases } of sales ?? []) {
    rows.set(key, { ...nothing, ...rows.get(key), revenue, purchases })
  }
  return rows
}

/** Of a row in which there is nobody. */
export const nothing: Counted = {
  customers: 0,
  knownRevenue: 0,
  knownPurchases: 0,
  buyers: 0,
  repeatBuyers: 0,
  newBuyers: 0,
  revenue: 0,
  purchases: 0,
}

function statementOf(plan: Plan, division: Division, days: Days, everybody: boolean): Compiled {
  switch (division.by) {
    case 'whole':
      return byQuestionSql(plan, [{ is: 'yes' }], days)
    case 'people':
      return byQuestionSql(plan, division.wheres, days)
    case 'spans':
      return bySpanSql(plan, division.spans)
    case 'places':
      return byPlaceSql(plan, division.groups, days)
    case 'goods':
      return byGoodsSql(plan, division.split, days, everybody)
  }
}
