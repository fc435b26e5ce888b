import { z } from 'zod'
import { shopsShape } from './order-conditions.ts'

/**
 * So many kilometres as the crow flies from the nearest of these shops, of all own shops unless told. From where exactly somebody is where that
 * is known, else from the centre of the district, or of the city where the district or its centre is not known; else unknown. Shops without a position
 * are passed over; where none has one, unknown.
 */
export type DistanceCondition = { is: 'distance'; to?: number[]; atLeast?: number; atMost?: number }

/** One of these is the nearest of the own shops that have a position and are not archived. */
export type NearestCondition = { is: 'nearest'; in: number[] }

const kilometres = z.number().min(0).max(20_100).optional()

export const distanceCondition = z.object({
  is: z.literal('distance'),
  to: shopsShape.optional(),
  atLeast: kilometres,
  atMost: kilometres,
})

export const nearestCondition = z.object({ is: z.literal('nearest'), in: shopsShape })
