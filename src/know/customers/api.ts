import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { addCustomer } from './add-customer.ts'
import { addIdentifier } from './add-identifier.ts'
import { type CustomerPage, customersContract } from './contract.ts'
import { editCustomer } from './edit-customer.ts'
import { type AlikeAlso, duplicatesOf } from './find-duplicates.ts'
import { getCustomer } from './get-customer.ts'
import { handOver } from './hand-over.ts'
import { countOwned, handOverAll } from './hand-over-all.ts'
import { listChanges } from './list-changes.ts'
import { listNewest } from './list-newest.ts'
import { listOwners } from './list-owners.ts'
import { removeIdentifier } from './remove-identifier.ts'
import { removeValue } from './remove-value.ts'
import { reveal } from './reveal.ts'
import { type SearchAlso, search } from './search.ts'
import { shareIdentifier } from './share-identifier.ts'
import { type TimelineSource, timelineOf } from './timeline.ts'
import type { TimelineTeller } from './timeline-words.ts'
import { undoChange } from './undo-change.ts'

const api = implement(customersContract).$context<RequestContext>()

async function tagged(ctx: RequestContext, answer: Promise<CustomerPage>): Promise<CustomerPage> {
  const customer = await answer
  tagVersion(ctx, customer.version)
  return customer
}

/** @param also what higher modules can find by a text that this one cannot @param timelineAlso what they put on timelines
 * @param alike whom they find like somebody being typed @param tellers what rows of timelines were about */
export function customersRouter(
  also: readonly SearchAlso[],
  timelineAlso: readonly TimelineSource[],
  alike?: AlikeAlso,
  tellers: readonly TimelineTeller[] = [],
) {
  return api.router({
    list: api.list.handler(({ context, input }) => listNewest(context, input)),
    search: api.search.handler(async ({ context, input }) => ({ items: await search(context, input, also) })),
    duplicates: api.duplicates.handler(async ({ context, input }) => ({
      items: await duplicatesOf(context, input, alike),
    })),
    add: api.add.handler(({ context, input }) => tagged(context, addCustomer(context, input))),
    get: api.get.handler(({ context, input }) => tagged(context, getCustomer(context, input.id))),
    edit: api.edit.handler(({ context, input }) =>
      tagged(context, editCustomer(context, editedVersion(context), input)),
    ),
    removeValue: api.removeValue.handler(({ context, input }) =>
      tagged(context, removeValue(context, editedVersion(context), input)),
    ),
    addIdentifier: api.addIdentifier.handler(({ context, input }) =>
      tagged(context, addIdentifier(context, editedVersion(context), input)),
    ),
    shareIdentifier: api.shareIdentifier.handler(({ context, input }) =>
      tagged(context, shareIdentifier(context, editedVersion(context), input)),
    ),
    removeIdentifier: api.removeIdentifier.handler(({ context, input }) =>
      tagged(context, removeIdentifier(context, editedVersion(context), input)),
    ),
    changes: api.changes.handler(({ context, input }) => listChanges(context, input)),
    undo: api.undo.handler(({ context, input }) => tagged(context, undoChange(context, editedVersion(context), input))),
    reveal: api.reveal.handler(({ context, input }) => reveal(context, input)),
    handOver: api.handOver.handler(async ({ context, input }) => {
      const done = await handOver(context, editedVersion(context), input)
      tagVersion(context, done.version)
      return done
    }),
    owners: api.owners.handler(({ context, input }) => listOwners(context, input)),
    owned: api.owned.handler(async ({ context, input }) => ({ customers: await countOwned(context, input.id) })),
    handOverAll: api.handOverAll.handler(async ({ context, input }) => ({
      customers: await handOverAll(context, input),
    })),
    timeline: api.timeline.handler(({ context, input: { id, ...page } }) =>
      timelineOf(context, id, page, timelineAlso, tellers),
    ),
    findInTimeline: api.findInTimeline.handler(({ context, input: { id, ...page } }) =>
      timelineOf(context, id, page, timelineAlso, tellers),
    ),
  })
}
