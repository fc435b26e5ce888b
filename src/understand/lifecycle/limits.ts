import { z } from 'zod'

const days = z.number().int().min(1).max(3650)

const limits = { active: days, silent: days, sleeping: days }
type Limits = { active: number; silent: number; sleeping: number }
const rise = ({ active, silent, sleeping }: Limits) => active < silent && silent < sleeping

/**
 * Calendar days since the last purchase at which a customer leaves a stage: active below `active`, silent below `silent`,
 * sleeping below `sleeping`, lost from there on. They rise.
 */
export const thresholds = z.object(limits).refine(rise, { message: 'lifecycle.not_rising' })
export type Thresholds = z.infer<typeof thresholds>

/** Thresholds with something beside them. */
export function thresholdsWith<S extends z.ZodRawShape>(more: S) {
  return z.object({ ...limits, ...more }).refine((value) => rise(value as unknown as Limits), {
    message: 'lifecycle.not_rising',
  })
}
