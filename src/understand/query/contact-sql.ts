import type { Bindings } from './bindings.ts'
import { kindBits } from './contact-bits.ts'

/** Whether people may be written to (understand/reachable), as a condition of customer_id; unknown where it says neither. */
export function maySql(bit: number, { bind }: Bindings): string {
  const cell = bind(bit, 'UInt32')
  const people = (said: 'yes' | 'no') =>
    `customer_id IN (SELECT customer_id FROM reachable FINAL WHERE bitAnd(${said}, ${cell}) > 0)`
  return `multiIf(${people('yes')}, 1, ${people('no')}, 0, NULL)`
}

/** Who is known by one of these kinds of identifiers. */
export function knownBySql(kinds: readonly string[], { bind }: Bindings): string {
  return `(customer_id IN (SELECT customer_id FROM reachable FINAL WHERE bitAnd(kinds, ${bind(kindBits(kinds), 'UInt32')}) > 0))`
}
