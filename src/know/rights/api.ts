import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { ask } from './ask.ts'
import { type PrivacyRequest, rightsContract } from './contract.ts'
import { beginErasure } from './erase.ts'
import { getRequest, listRequests } from './list-requests.ts'
import { refuse } from './refuse.ts'
import { rulesOf, saveRules } from './rules.ts'

const api = implement(rightsContract).$context<RequestContext>()

async function tagged(ctx: RequestContext, answer: Promise<PrivacyRequest>): Promise<PrivacyRequest> {
  const request = await answer
  tagVersion(ctx, request.version)
  return request
}

export const rightsRouter = api.router({
  list: api.list.handler(({ context, input }) => listRequests(context, input)),
  get: api.get.handler(({ context, input }) => tagged(context, getRequest(context, input.id))),
  add: api.add.handler(({ context, input }) => tagged(context, ask(context, input))),
  refuse: api.refuse.handler(({ context, input }) => tagged(context, refuse(context, editedVersion(context), input))),
  erase: api.erase.handler(async ({ context, input }) => {
    await beginErasure(context, input.id, editedVersion(context))
    return tagged(context, getRequest(context, input.id))
  }),
  rules: api.rules.handler(async ({ context }) => {
    const { value, version } = await rulesOf(context)
    return { rules: value, version }
  }),
  saveRules: api.saveRules.handler(async ({ context, input }) => {
    const { value, version } = await saveRules(context, input.rules, input.version)
    return { rules: value, version }
  }),
})
