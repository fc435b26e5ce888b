import type { Condition, CustomerQuery } from './contract.ts'
import { desugar } from './desugar.ts'
import type { Lens } from './lens.ts'
import type { Column, Primitive } from './primitive.ts'
import { isNarrow } from './source.ts'
import type { Yardstick } from './yardstick.ts'

/** A question ready to be compiled: of which rows, under which condition, in which order. */
export type Plan = { lens: Lens; where: Primitive; yardstick: Yardstick; sort: Sort }

export type Sort = { column: Column; direction: 'up' | 'down' }

const sortColumns = {
  added: 'added',
  firstPurchase: 'first_purchase',
  lastPurchase: 'last_purchase',
  purchases: 'purchases',
  revenue: 'revenue',
  lastTalked: 'last_talked',
  nextTalk: 'next_talk',
} as const

export function planOf(
  where: Condition,
  sort: CustomerQuery['sort'],
  lens: Lens,
  yardstick: Omit<Yardstick, 'asOf' | 'shopIds' | 'narrow' | 'past'>,
): Plan {
  const past = lens.knownBy !== undefined
  const narrow = isNarrow(lens) || past
  const measures = { ...yardstick, asOf: lens.asOf, shopIds: lens.shopIds, narrow, past }
  return {
    lens,
    where: desugar(where, measures),
    yardstick: measures,
    sort: { column: sortColumns[sort.by], direction: sort.direction },
  }
}
