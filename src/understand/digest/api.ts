import { implement } from '@orpc/server'
import type { RequestContext } from '#platform/http/index.ts'
import { digestContract } from './contract.ts'
import { digestsFor, readDigest } from './keep-digests.ts'

const api = implement(digestContract).$context<RequestContext>()

export const digestRouter = api.router({
  list: api.list.handler(({ context }) => digestsFor(context)),
  read: api.read.handler(async ({ context, input }) => {
    await readDigest(context, input.week)
    return {}
  }),
})
