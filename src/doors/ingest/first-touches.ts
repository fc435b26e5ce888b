import { saveFirstTouches, type Touch } from '#know/arrivals/index.ts'
import type { Context } from '#platform/context.ts'
import type { Acquaintance } from './acquaintances.ts'
import type { Message } from './message.ts'
import { touchOf } from './touch-of.ts'
import type { Whose } from './whose.ts'

/**
 * Keeps what messages say of where their people came from. Nearly every page says so again: only what is earlier than what is known
 * to be kept goes to the records.
 * @returns when who was touched, to be noted after the commit
 */
export async function keepFirstTouches(
  ctx: Context,
  messages: readonly Message[],
  { of }: Whose,
): Promise<Map<Acquaintance, number>> {
  const touched = new Map<Acquaintance, number>()
  const touches: Touch[] = []
  for (const message of messages) {
    const who = of(message)
    const at = message.at.getTime()
    if (at >= Math.min(who.touchedAt, touched.get(who) ?? Number.POSITIVE_INFINITY)) continue
    const touch = touchOf(message, who.profileId)
    if (!touch) continue
    touches.push(touch)
    touched.set(who, at)
  }
  await saveFirstTouches(ctx, touches)
  return touched
}
