import { implement } from '@orpc/server'
import type { TimelineTeller } from '#know/customers/index.ts'
import type { RequestContext } from '#platform/http/index.ts'
import { activityContract } from './contract.ts'
import { listActivity } from './list-activity.ts'

const api = implement(activityContract).$context<RequestContext>()

export function activityRouter(tellers: readonly TimelineTeller[]) {
  return api.router({ list: api.list.handler(({ context, input }) => listActivity(context, input, tellers)) })
}
