import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'
import { stage, thresholds } from './contract.ts'
import { goods } from './goods/goods-contract.ts'

/**
 * A customer came to stand in another stage. Subject: the customer; the profile is its oldest. `by`: an order or the map (an
 * order came, changed or went, profiles were joined), the clock, or new thresholds. What only imported history, or new
 * thresholds, brought about is historic: it stands in the timeline and starts nothing.
 */
export const stageChanged = fact(
  'lifecycle.stage_changed',
  z.object({ from: stage, to: stage, by: z.enum(['order', 'clock', 'thresholds']) }),
)

/** The days at which customers leave a stage were changed. */
export const thresholdsChanged = fact(
  'lifecycle.thresholds_changed',
  z.object({ before: thresholds, after: thresholds }),
)

/** Some goods got thresholds of their own, others, or none any more (null). */
export const goodsThresholdsChanged = fact(
  'lifecycle.goods_thresholds_changed',
  z.object({ of: goods, before: thresholds.nullable(), after: thresholds.nullable() }),
)
