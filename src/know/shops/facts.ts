import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'

const place = z.object({ place: z.enum(['shops', 'channels', 'brands']) })

/** The merchant was made; orders can come. */
export const merchantFounded = fact('shops.founded', z.object({}))
/** Which of its fields changed, by name. */
export const merchantChanged = fact('shops.merchant_changed', z.object({ fields: z.array(z.string()) }))
/** A shop, channel or brand, which the subject's id names. */
export const placeAdded = fact('shops.place_added', place)
export const placeChanged = fact('shops.place_changed', place.extend({ fields: z.array(z.string()) }))
export const placeRemoved = fact('shops.place_removed', place)

export const shopsFacts = [merchantFounded, merchantChanged, placeAdded, placeChanged, placeRemoved]
