import type { Context } from '#platform/context.ts'
import { type Channel, channels, type Purpose, purposes } from './consent.ts'
import { type ConsentState, type MayContact, mayContact } from './may-contact.ts'
import { consentStates } from './states.ts'

/** What each of some customers allows in a cell, and what they would together. */
export type Compared = {
  channel: Channel
  purpose: Purpose
  each: { customerId: number; may: MayContact['may'] }[]
  together: MayContact['may']
  /** The reason that decides, as its code. */
  because: string
}

/** What a merge of these customers would come to, consent by consent: where they differ, or where the merge changes an answer. */
export async function compareConsents(ctx: Context, customerIds: readonly number[]): Promise<Compared[]> {
  const states = await consentStates(ctx, customerIds)
  const found = customerIds.flatMap((id) => states.get(id) ?? [])
  const together = asOne(found)
  const at = ctx.clock.now()
  return channels.flatMap((channel) =>
    purposes.flatMap((purpose) => {
      const question = { channel, purpose, brandId: null, at }
      const each = found.map((state) => ({ customerId: state.customerId, may: mayContact(state, question).may }))
      const answer = mayContact(together, question)
      const differs = each.some(({ may }) => may !== answer.may)
      return differs ? [{ channel, purpose, each, together: answer.may, because: answer.reasons[0]?.code ?? '' }] : []
    }),
  )
}

/** The state of several customers as of one person. Addresses that both have count twice: no harm, each is only asked for being there. */
export function asOne(states: readonly ConsentState[]): ConsentState | undefined {
  const [first] = states
  if (!first) return undefined
  const addresses: Record<string, number> = {}
  for (const state of states) {
    for (const [kind, count] of Object.entries(state.addresses)) addresses[kind] = (addresses[kind] ?? 0) + count
  }
  const births = states.flatMap(({ birthday }) => birthday ?? [])
  return {
    ...first,
    profileIds: states.flatMap(({ profileIds }) => profileIds),
    words: states.flatMap(({ words }) => words),
    addresses,
    suppressed: states.flatMap(({ suppressed }) => suppressed),
    balances: states.flatMap(({ balances }) => balances),
    // The younger one: what protects a minor protects both until somebody knows better.
    birthday: births.sort((a, b) => b.year - a.year || b.month - a.month || b.day - a.day)[0] ?? null,
  }
}
