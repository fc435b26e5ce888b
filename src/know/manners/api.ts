import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { type Manner, mannersContract } from './contract.ts'
import { addManner, checkManners, endManner, mannersOfCustomer, reopenManner } from './keep-manners.ts'

const api = implement(mannersContract).$context<RequestContext>()

async function tagged(ctx: RequestContext, answer: Promise<Manner>): Promise<Manner> {
  const manner = await answer
  tagVersion(ctx, manner.version)
  return manner
}

export const mannersRouter = api.router({
  list: api.list.handler(async ({ context, input }) => ({ items: await mannersOfCustomer(context, input.id) })),
  add: api.add.handler(({ context, input }) => tagged(context, addManner(context, input))),
  end: api.end.handler(({ context, input }) => tagged(context, endManner(context, editedVersion(context), input.id))),
  reopen: api.reopen.handler(({ context, input }) =>
    tagged(context, reopenManner(context, editedVersion(context), input.id)),
  ),
  check: api.check.handler(({ context, input }) => checkManners(context, input)),
})
