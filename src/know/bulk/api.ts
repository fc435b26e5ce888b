import { implement } from '@orpc/server'
import type { RequestContext } from '#platform/http/index.ts'
import { beginBulk } from './begin.ts'
import { bulkContract } from './contract.ts'
import { bulkPeopleOf, getBulk, listBulk } from './list-bulk.ts'
import type { Plugs } from './perform.ts'
import { goOnBulk, stopBulk, undoBulk } from './steer.ts'

const api = implement(bulkContract).$context<RequestContext>()

export function bulkRouter(plugs: Plugs) {
  return api.router({
    begin: api.begin.handler(({ context, input }) => beginBulk(context, input, plugs)),
    list: api.list.handler(({ context, input }) => listBulk(context, input)),
    get: api.get.handler(({ context, input }) => getBulk(context, input.id)),
    people: api.people.handler(({ context, input }) => bulkPeopleOf(context, input)),
    stop: api.stop.handler(({ context, input }) => stopBulk(context, input.id)),
    goOn: api.goOn.handler(({ context, input }) => goOnBulk(context, input.id)),
    undo: api.undo.handler(({ context, input }) => undoBulk(context, input.id)),
  })
}
