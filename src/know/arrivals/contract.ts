import { z } from 'zod'
import { endpoint, ofPerson, shape } from '#platform/contract/index.ts'

/** Who says so, the most trusted first: staff, an import, the tracker. */
export const arrivalOrigins = ['hand', 'import', 'tracking'] as const
export const arrivalOrigin = z.enum(arrivalOrigins)
export type ArrivalOrigin = z.infer<typeof arrivalOrigin>

/** Letters of a way's name and of a campaign. */
export const arrivalLengths = { way: 60, campaign: 120 } as const

const wayId = shape.id.max(2 ** 31 - 1)

/** A way by which people come to the shop. */
export const arrivalWay = z.object({
  id: wayId,
  /** Of the house's own ways, by which trackers know it. */
  key: z.string().nullable(),
  name: z.string(),
  /** Whether it is there to choose; others are only named where they were chosen before. */
  offered: z.boolean(),
  version: shape.version,
})
export type ArrivalWay = z.infer<typeof arrivalWay>

export const arrivalSaying = z.object({
  origin: arrivalOrigin,
  wayId: wayId.nullable(),
  campaign: z.string().nullable(),
  /** The host of the page that led here. */
  referrer: z.string().nullable(),
  /** Who sent the person, where one may see her. */
  referredBy: z.object({ id: shape.id, name: ofPerson('customers', z.string().nullable()) }).nullable(),
  on: shape.day,
  actorName: z.string().nullable(),
})
export type ArrivalSaying = z.infer<typeof arrivalSaying>

const sayings = z.object({
  /** All that is said of where the person came from; the first is what holds. */
  items: z.array(arrivalSaying),
})

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'invalid_month')

/** Minor units that a way cost in a month. */
export const arrivalCost = z.object({ wayId, month, amount: z.number() })
export type ArrivalCost = z.infer<typeof arrivalCost>

const tag = 'Sources'

export const arrivalsContract = {
  ways: endpoint({
    method: 'GET',
    path: '/arrival-ways',
    summary: 'The ways by which people come to the shop, in the order in which they are offered',
    tag,
    may: 'customers.read',
    scope: 'none',
    input: z.object({}),
    output: z.object({ items: z.array(arrivalWay) }),
  }),
  addWay: endpoint({
    method: 'POST',
    path: '/arrival-ways',
    summary: 'Add a way by which people come',
    tag,
    may: 'record.edit',
    scope: 'all',
    status: 201,
    input: z.object({ name: shape.text(arrivalLengths.way) }),
    output: arrivalWay,
  }),
  editWay: endpoint({
    method: 'PATCH',
    path: '/arrival-ways/{id}',
    summary: 'Rename a way, offer it no more or again, or move it up and down (`place`, from 1)',
    description: 'A way that is offered no more stays with whom it was said of.',
    tag,
    may: 'record.edit',
    scope: 'all',
    edit: true,
    input: z.object({
      id: wayId,
      name: shape.text(arrivalLengths.way).optional(),
      offered: z.boolean().optional(),
      place: z.number().int().min(1).max(1000).optional(),
    }),
    output: arrivalWay,
  }),
  ofCustomer: endpoint({
    method: 'GET',
    path: '/customers/{id}/arrival',
    summary: 'Where a customer came from, as hands, imports and the tracker say',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ id: shape.id }),
    output: sayings,
  }),
  say: endpoint({
    method: 'PUT',
    path: '/customers/{id}/arrival',
    summary: 'Say by hand where a customer came from; it outranks what others say',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    input: z.object({
      id: shape.id,
      wayId: wayId.nullable(),
      campaign: shape.text(arrivalLengths.campaign).optional(),
      /** Another customer, who sent this one. */
      referredById: shape.id.optional(),
      /** When the person came; the day of the first order or of getting known unless told. */
      on: shape.day.optional(),
    }),
    output: sayings,
  }),
  unsay: endpoint({
    method: 'DELETE',
    path: '/customers/{id}/arrival',
    summary: 'Take back what was said by hand; what others say holds again',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    input: z.object({ id: shape.id }),
    output: sayings,
  }),
  ofMany: endpoint({
    method: 'POST',
    path: '/customers/arrivals',
    summary: 'Where some customers came from',
    tag,
    may: 'customers.read',
    scope: 'rows',
    rate: 'read',
    once: false,
    input: z.object({ ids: z.array(shape.id).min(1).max(100) }),
    output: z.object({
      items: z.array(
        z.object({ customerId: shape.id, wayId: wayId.nullable(), campaign: z.string().nullable(), on: shape.day }),
      ),
    }),
  }),
  costs: endpoint({
    method: 'GET',
    path: '/arrival-costs',
    summary: 'What each way cost by month, in minor units',
    tag,
    may: 'insight.read',
    scope: 'all',
    input: z.object({ from: month, to: month }),
    output: z.object({ items: z.array(arrivalCost) }),
  }),
  saveCost: endpoint({
    method: 'PUT',
    path: '/arrival-costs/{wayId}/{month}',
    summary: 'Say what a way cost in a month, in minor units; 0: nothing',
    tag,
    may: 'record.edit',
    scope: 'all',
    input: z.object({ wayId, month, amount: shape.minor.min(0) }),
    output: arrivalCost,
  }),
}
