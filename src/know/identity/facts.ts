import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'

/** Customers turned out to be one. Subject: the survivor. `from`: the others, whose ids lead to it from now on. */
export const customersMerged = fact(
  'customers.merged',
  z.object({
    merge: z.int(),
    from: z.array(z.int()),
    evidence: z.enum(['staff', 'suggestion', 'identifier']),
    kind: z.string().optional(),
  }),
)

/** A merge was undone. Subject: whose profiles stayed. `apart`: who is on its own again. */
export const mergeUndone = fact('customers.merge_undone', z.object({ merge: z.int(), apart: z.array(z.int()) }))

/** Some profiles are of another person. Subject: the customer they left; `to`: the new one. */
export const profilesSplit = fact(
  'customers.split',
  z.object({ to: z.int(), profiles: z.int(), reasoned: z.boolean().optional() }),
)

/** Two customers are not the same person. Subject: one of them. */
export const keptApart = fact('customers.kept_apart', z.object({ other: z.int() }))

/** An order of nobody turned out to be this customer's; and it was taken back. Subject: the customer. */
export const orderClaimed = fact('customers.order_claimed', z.object({ profile: z.int() }))
export const orderUnclaimed = fact('customers.order_unclaimed', z.object({ profile: z.int() }))

/** A customer is one of us or a test, or is not after all. Subject: the customer. */
export const customerMarked = fact(
  'customers.marked',
  z.object({ mark: z.enum(['staff', 'test']).nullable(), said: z.enum(['staff', 'test', 'none']).nullable() }),
)

/** How people are recognised was changed. */
export const identityRulesChanged = fact(
  'customers.identity_rules_changed',
  z.object({ phone: z.string(), email: z.string(), own: z.int() }),
)
