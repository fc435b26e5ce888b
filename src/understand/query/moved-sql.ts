import type { Day } from '#platform/days.ts'
import type { Bindings } from './bindings.ts'
import type { Stage } from './contract.ts'
import { rangeSql } from './range-sql.ts'

export type MovedAsked = {
  out?: Stage
  into: Stage
  from?: Day
  to: Day
  thresholds: { active: number; silent: number; sleeping: number }
}

/** Beyond any day: who has not come back. */
const far = "toDate('2149-06-06')"

/**
 * Who moved between two stages in some days, over the days of purchases: each with the next one. A limit was passed on the day that lies so
 * many days after a purchase, if nothing was bought up to it; who buys on that very day has not moved (as lifecycle/flow.ts counts).
 */
export function movedSql({ out, into, from, to, thresholds }: MovedAsked, { bind }: Bindings): string {
  const within = (day: string) => rangeSql(day, { from, to }, (value) => bind(value, 'Date'))
  const pairs = (passes: string) =>
    `arrayExists((a, b) -> ${passes}, purchase_days, arraySlice(arrayPushBack(arrayPopFront(purchase_days), ${far}), 1, length(purchase_days)))`
  const after = (days: number) => `(a + ${bind(days, 'UInt16')})`
  const { active, silent, sleeping } = thresholds
  const passed = (days: number) => pairs(`b > ${after(days)} AND ${within(after(days))}`)
  const back = (more: number, atMost?: number) =>
    pairs(`b > ${after(more)}${atMost === undefined ? '' : ` AND b <= ${after(atMost)}`} AND ${within('b')}`)
  const moves: [Stage, Stage, () => string][] = [
    ['never', 'active', () => `ifNull(${within('first_purchase')}, 0)`],
    ['active', 'silent', () => passed(active)],
    ['silent', 'sleeping', () => passed(silent)],
    ['sleeping', 'lost', () => passed(sleeping)],
    ['silent', 'active', () => back(active, silent)],
    ['sleeping', 'active', () => back(silent, sleeping)],
    ['lost', 'active', () => back(sleeping)],
  ]
  const asked = moves.filter(([origin, goal]) => goal === into && (out === undefined || origin === out))
  return asked.length === 0 ? '0' : `(${asked.map(([, , sql]) => sql()).join(' OR ')})`
}
