import { implement } from '@orpc/server'
import type { RequestContext } from '#platform/http/index.ts'
import { funnelsContract } from './contract.ts'
import { runFunnel } from './run-funnel.ts'

const api = implement(funnelsContract).$context<RequestContext>()

export const funnelsRouter = api.router({
  run: api.run.handler(({ context, input, signal }) => runFunnel(context, input, signal)),
})
