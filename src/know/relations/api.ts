import { implement } from '@orpc/server'
import type { RequestContext } from '#platform/http/index.ts'
import { relationsContract } from './contract.ts'
import { addRelation, listRelations, removeRelation } from './keep-relations.ts'

const api = implement(relationsContract).$context<RequestContext>()

export const relationsRouter = api.router({
  list: api.list.handler(({ context, input }) => listRelations(context, input.id)),
  add: api.add.handler(({ context, input }) => addRelation(context, input)),
  remove: api.remove.handler(async ({ context, input }) => {
    await removeRelation(context, input)
    return {}
  }),
})
