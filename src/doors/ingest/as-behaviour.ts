import type { Behaviour } from '#know/behaviour/index.ts'
import { behaviourOf } from './behaviour-of.ts'
import { isDrop, type Json, type Origin, readMessage } from './message.ts'

/**
 * What a message becomes as behaviour, for who writes history set-wise: the row that the door would have made of it, but for products'
 * ids, which are the caller's to find. Of an `identify` and of what the door would drop: nothing.
 * @param currency the merchant's
 */
export function asBehaviour(
  told: Json,
  { profileId, at, origin, currency }: { profileId: number; at: Date; origin: Origin; currency: string },
): Behaviour | undefined {
  const message = readMessage({ ...told, userId: 'somebody' }, { origin, receivedAt: at, cameAt: at, tries: 0 })
  if (isDrop(message) || message.type === 'identify' || message.type === 'alias') return undefined
  return behaviourOf(message, profileId, currency)
}
