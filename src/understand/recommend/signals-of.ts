import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { addDays, type Day, daysBetween } from '#platform/days.ts'
import { todayOf } from '#understand/query/index.ts'
import { type DayNumber, readSignal, type Signal } from './signal.ts'
import { signalsSql } from './signals-sql.ts'

/** What one person did with products until today, as the actor may see it: at the shops that the actor sees. */
export async function signalsOf(
  ctx: Context,
  profileIds: readonly number[],
): Promise<{ asOf: Day; today: DayNumber; signals: Signal[] }> {
  const [{ zone }, asOf] = await Promise.all([merchantOf(ctx), todayOf(ctx)])
  const today = daysBetween('1970-01-01', asOf)
  if (profileIds.length === 0) return { asOf, today, signals: [] }
  const { scope } = ctx.actor
  const shopIds = scope.kind === 'shops' ? scope.shopIds : undefined
  const { sql: query, params } = signalsSql({ profileIds }, { asOf, zone, shopIds })
  const answer = await ctx.columns.query({ query, query_params: params, format: 'TabSeparated' })
  const text = await answer.text()
  const lines = text.split('\n').filter((line) => line !== '')
  return { asOf, today, signals: lines.map((line) => readSignal(line).signal) }
}

export function dayOf(number: DayNumber): Day {
  return addDays('1970-01-01', number)
}
