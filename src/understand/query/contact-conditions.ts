import { z } from 'zod'
import { type Channel, channels, type Purpose, purposes } from '#know/consent/contract.ts'

/**
 * May be written to by this way, for this purpose, as the gate of all messages answers now; unknown where nobody said anything, and for
 * another day than today.
 */
export type MayCondition = { is: 'may'; by: Channel; for: Purpose }

/** What one is known by: a phone, an address, a number at a shop or a platform. */
export const knownBy = ['phone', 'email', 'openid', 'unionid', 'external_userid', 'buyer', 'member', 'card'] as const
export type KnownBy = (typeof knownBy)[number]

export const mayCondition = z.object({ is: z.literal('may'), by: z.enum(channels), for: z.enum(purposes) })

export { type Channel, channels, type Purpose, purposes }
