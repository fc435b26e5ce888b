import { implement } from '@orpc/server'
import { verify } from '#platform/audit/index.ts'
import type { RequestContext } from '#platform/http/index.ts'
import { auditContract } from './contract.ts'
import { listActions, listEntries } from './list-entries.ts'

const api = implement(auditContract).$context<RequestContext>()

export const auditRouter = api.router({
  list: api.list.handler(({ context, input }) => listEntries(context, input)),
  actions: api.actions.handler(async ({ context }) => ({ items: await listActions(context) })),
  verify: api.verify.handler(({ context, input }) => verify(context, { last: input.last })),
})
