import { implement } from '@orpc/server'
import type { RequestContext } from '#platform/http/index.ts'
import { cardOf } from './card-of.ts'
import { cardContract } from './contract.ts'

const api = implement(cardContract).$context<RequestContext>()

export const cardRouter = api.router({
  get: api.get.handler(({ context, input }) => cardOf(context, input.id)),
})
