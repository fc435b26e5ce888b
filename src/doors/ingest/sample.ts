import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { productsOf } from './behaviour-of.ts'
import type { Kept } from './inbox.ts'
import { type Drop, isDrop, type Message } from './message.ts'

/** A message as the live page shows it: what it was, not who. */
export type Sampled = {
  type: string
  event: string
  /** `a***9` of a user, `***9` of a browser. */
  who: string
  products: string[]
  sourceId: number
  at: string
  outcome: 'used' | 'repeated' | 'dropped'
  reason?: string
}

/** Of each batch; where little comes in, that is all of it. */
const mostSampled = 12

/** Keeps the last few messages of a batch, masked, and how long its oldest has waited. */
export async function keepSample(
  ctx: Context,
  requests: readonly Kept[],
  told: readonly (Message | Drop)[],
  of: { fresh: readonly Message[]; drops: readonly Drop[] },
): Promise<void> {
  const fresh = new Set<Message | Drop>(of.fresh)
  const reasons = new Map(of.drops.map(({ origin, id, reason }) => [`${origin.sourceId} ${id}`, reason]))
  const sample = told.slice(-mostSampled).map((one): Sampled => {
    const reason = reasons.get(`${one.origin.sourceId} ${one.id}`)
    return {
      type: one.type ?? '',
      event: one.event ?? '',
      who: isDrop(one) ? '' : whoOf(one),
      products: isDrop(one) ? [] : productsOf(one.properties).slice(0, 3),
      sourceId: one.origin.sourceId,
      at: (isDrop(one) ? one.cameAt : one.at).toISOString(),
      outcome: reason ? 'dropped' : fresh.has(one) ? 'used' : 'repeated',
      reason,
    }
  })
  const oldest = Math.min(...requests.map(({ receivedAt }) => receivedAt.getTime()))
  await sql`
    insert into ingest_batches (at, messages, waited_ms, sample)
    values (${ctx.clock.machine()}, ${told.length}, ${Math.max(0, ctx.clock.machine().getTime() - oldest)}, ${JSON.stringify(sample)}::jsonb)`.execute(
    ctx.db,
  )
}

function whoOf({ userId, anonymousId }: Message): string {
  const letters = Array.from(userId ?? anonymousId ?? '')
  const end = letters.length > 4 ? letters.at(-1) : ''
  return userId ? `${letters[0]}***${end}` : `***${end}`
}
