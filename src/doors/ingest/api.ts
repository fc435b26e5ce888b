import { implement } from '@orpc/server'
import type { RequestContext } from '#platform/http/index.ts'
import { ingestContract } from './contract.ts'
import { endWriteKey } from './end-write-key.ts'
import { listDrops } from './list-drops.ts'
import { liveOf } from './live.ts'
import { makeWriteKey } from './make-write-key.ts'
import { replayDrops } from './replay.ts'
import { writeKeyList } from './write-key.ts'

const api = implement(ingestContract).$context<RequestContext>()

export const ingestRouter = api.router({
  keys: api.keys.handler(async ({ context }) => ({ items: await writeKeyList(context) })),
  makeKey: api.makeKey.handler(({ context, input }) => makeWriteKey(context, input)),
  endKey: api.endKey.handler(({ context, input }) => endWriteKey(context, input.id)),
  live: api.live.handler(({ context }) => liveOf(context)),
  drops: api.drops.handler(({ context, input }) => listDrops(context, input)),
  replay: api.replay.handler(({ context, input }) => replayDrops(context, input)),
})
