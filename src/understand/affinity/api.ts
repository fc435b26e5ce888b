import { implement } from '@orpc/server'
import type { RequestContext } from '#platform/http/index.ts'
import { affinityOf } from './affinity-of.ts'
import { affinityContract } from './contract.ts'

const api = implement(affinityContract).$context<RequestContext>()

export const affinityRouter = api.router({
  map: api.map.handler(({ context, input }) => affinityOf(context, input)),
})
