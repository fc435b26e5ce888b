import { implement } from '@orpc/server'
import type { RequestContext } from '#platform/http/index.ts'
import { projectionContract } from './contract.ts'
import { projectionStatus } from './lag.ts'

const api = implement(projectionContract).$context<RequestContext>()

export const projectionRouter = api.router({
  status: api.status.handler(({ context }) => projectionStatus(context)),
})
