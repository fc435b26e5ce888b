import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import { type Channel, channels, type Purpose, purposes } from './consent.ts'
import { pathOf } from './links.ts'
import { customerOfProfile } from './show-consent.ts'
import { standingIn } from './standing.ts'
import { consentStates } from './states.ts'

export type Links = {
  path: string
  /** Where the person says the yes that is still awaited. */
  confirms: { channel: Channel; purpose: Purpose; path: string }[]
}

/**
 * Addresses below the house's own: of the page on which a customer chooses, and of each yes that waits for the person. They are tied
 * to the customer's first profile, so the same are made each time.
 * @throws Refusal `consent.nobody` where the customer has no profile
 */
export async function linkFor(ctx: Context, profileIds: readonly number[]): Promise<Links> {
  if (profileIds.length === 0) throw new Refusal('conflict', 'consent.nobody')
  const profileId = Math.min(...profileIds)
  const customerId = await customerOfProfile(ctx, profileId)
  const state = customerId === undefined ? undefined : (await consentStates(ctx, [customerId])).get(customerId)
  const now = ctx.clock.now()
  const asked = channels.flatMap((channel) =>
    purposes.flatMap((purpose) => {
      const cell = { channel, purpose, brandId: null }
      return state && standingIn(state.words, state.profileIds, cell, now).is === 'asked' ? [{ channel, purpose }] : []
    }),
  )
  return {
    path: pathOf(ctx, { does: 'choose', profileId }),
    confirms: asked.map((one) => ({ ...one, path: pathOf(ctx, { does: 'confirm', profileId, ...one }) })),
  }
}
