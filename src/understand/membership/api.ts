import { implement } from '@orpc/server'
import type { RequestContext } from '#platform/http/index.ts'
import { membershipContract } from './contract.ts'
import { historyOf } from './history-of.ts'
import { latelyIn } from './lately.ts'

const api = implement(membershipContract).$context<RequestContext>()

export const membershipRouter = api.router({
  history: api.history.handler(({ context, input }) => historyOf(context, input.id, input.days)),
  lately: api.lately.handler(({ context, input }) => latelyIn(context, input.id, input.of)),
})
