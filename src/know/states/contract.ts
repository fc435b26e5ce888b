import { z } from 'zod'
import { customerRow } from '#know/customers/contract.ts'
import { endpoint, ofPerson, shape } from '#platform/contract/index.ts'

const stateId = shape.id.max(2 ** 31 - 1)

/** A state of a customer's life that the shop itself declares, as *VIP candidate*, and where one may go from it. */
export const state = z.object({
  id: stateId,
  name: z.string(),
  /** What it is for, in the shop's words. */
  means: z.string().nullable(),
  /** Whether it may be given to who has none, and whether one may go from it to none. */
  begins: z.boolean(),
  ends: z.boolean(),
  /** States that one may go to from it. */
  to: z.array(stateId),
  /** Whether it is still given; who has an ended one keeps it until moved. */
  offered: z.boolean(),
  /** Who has it, of whom the actor sees. */
  customers: z.number(),
  version: shape.version,
})
export type State = z.infer<typeof state>

/** Who went from where to where, by whom and why. Null: no state. */
export const stateMove = z.object({
  from: z.object({ id: stateId, name: z.string() }).nullable(),
  to: z.object({ id: stateId, name: z.string() }).nullable(),
  why: ofPerson('customers', z.string()),
  at: z.string(),
  actorName: z.string().nullable(),
})
export type StateMove = z.infer<typeof stateMove>

export const ofCustomer = z.object({
  state: z.object({ id: stateId, name: z.string(), means: z.string().nullable() }).nullable(),
  /** Where she may go now; null: to none. */
  may: z.array(z.object({ id: stateId, name: z.string() }).nullable()),
  /** The latest first, at most 100. */
  moves: z.array(stateMove),
})
export type StateOfCustomer = z.infer<typeof ofCustomer>

const said = {
  name: shape.text(60),
  means: shape.text(300).nullable(),
  begins: z.boolean(),
  ends: z.boolean(),
  to: z.array(stateId).max(100),
}

const tag = 'States'

export const statesContract = {
  list: endpoint({
    method: 'GET',
    path: '/states',
    summary: 'The states that the shop declared, with how many customers have each',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({}),
    output: z.object({ items: z.array(state) }),
  }),
  add: endpoint({
    method: 'POST',
    path: '/states',
    summary: 'Declare a state',
    tag,
    may: 'record.edit',
    scope: 'all',
    status: 201,
    input: z.object({
      name: said.name,
      means: said.means.default(null),
      begins: said.begins.default(true),
      ends: said.ends.default(true),
      to: said.to.default([]),
    }),
    output: state,
  }),
  edit: endpoint({
    method: 'PATCH',
    path: '/states/{id}',
    summary: 'Change a state, its moves, or give it no more (`offered`)',
    tag,
    may: 'record.edit',
    scope: 'all',
    edit: true,
    input: z
      .object({ id: stateId, offered: z.boolean(), ...said })
      .partial()
      .required({ id: true }),
    output: state,
  }),
  ofCustomer: endpoint({
    method: 'GET',
    path: '/customers/{id}/state',
    summary: 'A customer’s state, where she may go from it, and who moved her, when and why',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ id: shape.id }),
    output: ofCustomer,
  }),
  move: endpoint({
    method: 'POST',
    path: '/customers/{id}/state-moves',
    summary: 'Move a customer to a state, or to none (null), with the reason; only where the shop allows it',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    status: 201,
    input: z.object({ id: shape.id, to: stateId.nullable(), why: shape.text(300) }),
    output: ofCustomer,
  }),
  people: endpoint({
    method: 'GET',
    path: '/states/{id}/customers',
    summary: 'Who has a state, the latest first',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({
      id: stateId,
      limit: z.coerce.number().int().min(1).max(100).default(25),
      after: z.string().max(200).optional(),
    }),
    output: shape.pageOf(
      z.object({
        customer: customerRow,
        since: z.string(),
        why: ofPerson('customers', z.string()),
        actorName: z.string().nullable(),
      }),
    ),
  }),
}
