import { implement } from '@orpc/server'
import type { RequestContext } from '#platform/http/index.ts'
import { pathsContract } from './contract.ts'
import { runPaths } from './run-paths.ts'

const api = implement(pathsContract).$context<RequestContext>()

export const pathsRouter = api.router({
  run: api.run.handler(({ context, input, signal }) => runPaths(context, input, signal)),
})
