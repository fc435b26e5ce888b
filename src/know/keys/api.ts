import { implement } from '@orpc/server'
import type { RequestContext } from '#platform/http/index.ts'
import { keysContract } from './contract.ts'
import { listKeys } from './list-keys.ts'
import { makeKey } from './make-key.ts'
import { revokeKey } from './revoke-key.ts'

const api = implement(keysContract).$context<RequestContext>()

export const keysRouter = api.router({
  list: api.list.handler(({ context }) => listKeys(context)),
  make: api.make.handler(({ context, input }) => makeKey(context, input)),
  revoke: api.revoke.handler(({ context, input }) => revokeKey(context, input.id)),
})
