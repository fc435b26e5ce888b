import { z } from 'zod'
import { customerRow } from '#know/customers/contract.ts'
import { endpoint, ofPerson, shape } from '#platform/contract/index.ts'

/**
 * What somebody is to a person. `referrer`: who sent the person to the shop, `referred`: whom the person sent; `household`: lives there
 * too, in whatever way.
 */
export const relationKinds = [
  'spouse',
  'parent',
  'child',
  'sibling',
  'relative',
  'household',
  'friend',
  'colleague',
  'referrer',
  'referred',
] as const
export const relationKind = z.enum(relationKinds)
export type RelationKind = z.infer<typeof relationKind>

/** The same from the other side. */
export const inverse: Record<RelationKind, RelationKind> = {
  spouse: 'spouse',
  parent: 'child',
  child: 'parent',
  sibling: 'sibling',
  relative: 'relative',
  household: 'household',
  friend: 'friend',
  colleague: 'colleague',
  referrer: 'referred',
  referred: 'referrer',
}

/** Who shares a home with the person. */
export const householdKinds = ['spouse', 'parent', 'child', 'household'] as const satisfies readonly RelationKind[]

export const relation = z.object({
  id: shape.id,
  /** What the other is to the person asked about. */
  kind: relationKind,
  customer: customerRow,
  note: ofPerson('customers', z.string().nullable()),
  at: z.string(),
  actorName: z.string().nullable(),
})
export type Relation = z.infer<typeof relation>

const tag = 'Relations'

export const relationsContract = {
  list: endpoint({
    method: 'GET',
    path: '/customers/{id}/relations',
    summary:
      'Who belongs to a customer, each as what they are to the customer; and who has a phone or address in common',
    description: 'Customers whom one does not see are left out.',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ id: shape.id }),
    output: z.object({
      items: z.array(relation),
      /** Who has a phone or an address in common that is marked as of several people, and is not related yet. */
      suggested: z.array(z.object({ customer: customerRow, by: z.enum(['phone', 'email']) })),
    }),
  }),
  add: endpoint({
    method: 'POST',
    path: '/customers/{id}/relations',
    summary: 'Say what another customer is to this one; the other way round is told of it too',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    status: 201,
    input: z.object({ id: shape.id, otherId: shape.id, kind: relationKind, note: shape.text(200).optional() }),
    output: relation,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/customers/{id}/relations/{relationId}',
    summary: 'Take a relation away, from both sides',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    input: z.object({ id: shape.id, relationId: shape.id }),
    output: z.object({}),
  }),
}
