import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import { lensOf } from '#understand/query/index.ts'
import { type Distribution, type Move, type Thresholds, thresholds } from './contract.ts'
import { compareThresholds } from './distribution.ts'
import { thresholdsOf } from './thresholds.ts'

/** How many customers would move today if these thresholds were saved. @throws Refusal `lifecycle.not_rising` */
export async function previewThresholds(
  ctx: Context,
  value: Thresholds,
): Promise<{ before: Distribution; after: Distribution; moves: Move[] }> {
  if (!thresholds.safeParse(value).success) throw new Refusal('invalid', 'lifecycle.not_rising')
  return compareThresholds(ctx, await lensOf(ctx), (await thresholdsOf(ctx)).value, value)
}
