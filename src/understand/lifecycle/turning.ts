import type { Context } from '#platform/context.ts'
import { addDays, type Day } from '#platform/days.ts'
import { answered, bindings, type Looks, lensOf, rowsOf, sourceOf } from '#understand/query/index.ts'
import type { Turning } from './contract.ts'
import { silentFor } from './goods/goods.ts'
import type { Thresholds } from './limits.ts'
import { thresholdsOf } from './thresholds.ts'

/** Whom one can still reach: this many days before the limit. */
export const turningWithin = [7, 14, 30] as const
const turns = ['silent', 'sleeping', 'lost'] as const

/**
 * Who falls silent, asleep or is lost within some days if nothing is bought until then: how many, what they have spent so far, and the
 * question that finds them. One reading of the traits.
 */
export async function turningOf(ctx: Context, looks: Looks): Promise<{ asOf: Day; items: Turning[] }> {
  const lens = await lensOf(ctx, looks)
  const { value: thresholds } = await thresholdsOf(ctx)
  const parts = turns.flatMap((into) =>
    turningWithin.map((within) => ({ into, within, silence: silenceBefore(into, within, thresholds) })),
  )
  const key = `lifecycle.turning ${JSON.stringify([lens, thresholds])}`
  const found = await answered(ctx, key, async () => {
    const bound = bindings()
    const passes = parts.map(({ silence: { atLeast, atMost } }) => {
      const from = bound.bind(addDays(lens.asOf, -atMost), 'Date')
      return `last_purchase >= ${from} AND last_purchase <= ${bound.bind(addDays(lens.asOf, -atLeast), 'Date')}`
    })
    const each = (count: (condition: string) => string) =>
      `[${passes.map((one) => count(`ifNull(${one}, 0)`)).join(', ')}]`
    const [row] = await rowsOf<{ customers: number[]; revenue: number[] }>(ctx, {
      sql: `SELECT ${each((one) => `countIf(${one})`)} AS customers, ${each((one) => `sumIf(revenue, ${one})`)} AS revenue FROM ${sourceOf(lens, bound)}`,
      params: bound.params,
    })
    return row
  })
  return {
    asOf: lens.asOf,
    items: parts.map(({ into, within, silence }, at) => ({
      into,
      within,
      limit: limitOf(into, thresholds),
      customers: found?.customers[at] ?? 0,
      revenue: found?.revenue[at] ?? 0,
      people: silentFor(silence),
    })),
  }
}

/** At how many days since the last purchase one comes to stand there. */
function limitOf(into: Turning['into'], { active, silent, sleeping }: Thresholds): number {
  return { silent: active, sleeping: silent, lost: sleeping }[into]
}

/** The last days of the stage before, at most so many. */
function silenceBefore(
  into: Turning['into'],
  within: number,
  thresholds: Thresholds,
): { atLeast: number; atMost: number } {
  const limit = limitOf(into, thresholds)
  const began = { silent: 0, sleeping: thresholds.active, lost: thresholds.silent }[into]
  return { atLeast: Math.max(began, limit - within), atMost: limit - 1 }
}
