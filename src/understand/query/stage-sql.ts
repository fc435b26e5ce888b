import { addDays } from '#platform/days.ts'
import type { Bindings } from './bindings.ts'
import type { Yardstick } from './yardstick.ts'

/**
 * The stage as SQL over a source, for counting all at once; conditions use ranges instead (desugar.ts). The rule itself is
 * lifecycle/stage.ts; a test holds the three together.
 */
export function stageSql(
  { asOf, thresholds }: { asOf: string; thresholds: NonNullable<Yardstick['thresholds']> },
  { bind }: Bindings,
  column = 'last_purchase',
): string {
  const since = (days: number) => bind(addDays(asOf, 1 - days), 'Date')
  return `multiIf(isNull(${column}), 'never', ${column} >= ${since(thresholds.active)}, 'active', ${column} >= ${since(thresholds.silent)}, 'silent', ${column} >= ${since(thresholds.sleeping)}, 'sleeping', 'lost')`
}

/** The mark *new* as SQL: first bought within the active window. */
export function newSql(
  { asOf, thresholds }: { asOf: string; thresholds: NonNullable<Yardstick['thresholds']> },
  { bind }: Bindings,
): string {
  return `ifNull(first_purchase >= ${bind(addDays(asOf, 1 - thresholds.active), 'Date')}, 0)`
}
