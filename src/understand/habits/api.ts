import { implement } from '@orpc/server'
import type { RequestContext } from '#platform/http/index.ts'
import { habitsContract } from './contract.ts'
import { driftsOfCustomer, listDrifts } from './list-drifts.ts'

const api = implement(habitsContract).$context<RequestContext>()

export const habitsRouter = api.router({
  ofCustomer: api.ofCustomer.handler(({ context, input }) => driftsOfCustomer(context, input.id)),
  list: api.list.handler(({ context, input }) => listDrifts(context, input)),
})
