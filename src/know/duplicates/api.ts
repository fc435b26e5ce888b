import { implement } from '@orpc/server'
import type { RequestContext } from '#platform/http/index.ts'
import { accept } from './accept.ts'
import { duplicatesContract } from './contract.ts'
import { askScan, cancelScan, latestScan } from './latest-scan.ts'
import { countOpen, listSuggestions } from './list-suggestions.ts'
import { refuse } from './refuse.ts'
import { undoDecision } from './undo-decision.ts'

const api = implement(duplicatesContract).$context<RequestContext>()

export const duplicatesRouter = api.router({
  list: api.list.handler(({ context, input }) => listSuggestions(context, input)),
  count: api.count.handler(async ({ context }) => ({ open: await countOpen(context) })),
  accept: api.accept.handler(({ context, input }) => accept(context, input.id)),
  refuse: api.refuse.handler(async ({ context, input }) => {
    await refuse(context, input.id)
    return {}
  }),
  undo: api.undo.handler(async ({ context, input }) => {
    await undoDecision(context, input.id)
    return {}
  }),
  scan: api.scan.handler(async ({ context }) => ({ scan: await latestScan(context) })),
  askScan: api.askScan.handler(async ({ context }) => {
    await askScan(context)
    return {}
  }),
  cancelScan: api.cancelScan.handler(async ({ context, input }) => {
    await cancelScan(context, input.id)
    return {}
  }),
})
