import { z } from 'zod'
import { sureShape } from './birthday-conditions.ts'

/**
 * Is in one of these regions, whatever was typed: of China by code (GB/T 2260; 100000 is all of it), other countries by their two letters, with the
 * region as it is known there after them: `FR/Normandie`. Unknown where nothing is known, or only a wider region.
 */
export type RegionCondition = { is: 'region'; in: (number | string)[]; sure?: true }

export const regionCondition = z.object({
  is: z.literal('region'),
  in: z
    .array(
      z.union([
        z.number().int().min(100_000).max(829_999),
        z.string().regex(/^(?!CN|TW|HK|MO)[A-Z]{2}(\/\S(.{0,78}\S)?)?$/u, 'no_region'),
      ]),
    )
    .min(1)
    .max(200),
  sure: sureShape,
})
