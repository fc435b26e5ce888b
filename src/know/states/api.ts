import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { type State, statesContract } from './contract.ts'
import { addState, editState } from './keep-states.ts'
import { moveCustomer } from './move-customer.ts'
import { peopleIn } from './people-in.ts'
import { statesOf } from './state.ts'
import { stateOfCustomer } from './state-of-customer.ts'

const api = implement(statesContract).$context<RequestContext>()

async function tagged(ctx: RequestContext, answer: Promise<State>): Promise<State> {
  const state = await answer
  tagVersion(ctx, state.version)
  return state
}

export const statesRouter = api.router({
  list: api.list.handler(async ({ context }) => ({ items: await statesOf(context) })),
  add: api.add.handler(({ context, input }) => tagged(context, addState(context, input))),
  edit: api.edit.handler(({ context, input }) => tagged(context, editState(context, editedVersion(context), input))),
  ofCustomer: api.ofCustomer.handler(({ context, input }) => stateOfCustomer(context, input.id)),
  move: api.move.handler(({ context, input }) => moveCustomer(context, input)),
  people: api.people.handler(({ context, input }) => peopleIn(context, input)),
})
