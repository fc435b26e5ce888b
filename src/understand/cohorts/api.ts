import { implement } from '@orpc/server'
import type { RequestContext } from '#platform/http/index.ts'
import { cohortsOf, peopleOfCell } from './cohorts-of.ts'
import { cohortsContract } from './contract.ts'

const api = implement(cohortsContract).$context<RequestContext>()

export const cohortsRouter = api.router({
  table: api.table.handler(({ context, input }) => cohortsOf(context, input)),
  people: api.people.handler(({ context, input }) => peopleOfCell(context, input)),
})
