import { implement } from '@orpc/server'
import type { RequestContext } from '#platform/http/index.ts'
import { regionsContract } from './contract.ts'
import { listRegions } from './list-regions.ts'

const api = implement(regionsContract).$context<RequestContext>()

export const regionsRouter = api.router({
  list: api.list.handler(({ context }) => ({ items: listRegions(context.actor.locale) })),
})
