import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { type Segment, segmentsContract } from './contract.ts'
import { estimateQuestion } from './estimate-question.ts'
import { addSegment, editSegment, removeSegment } from './keep-segments.ts'
import { pickCustomer, unpickCustomer } from './picks/pick-customer.ts'
import { picksOf } from './picks/picks-of.ts'
import { presetsFor } from './presets.ts'
import { reachOf } from './reach-of.ts'
import { readQuestion } from './read-question.ts'
import { reasonsOf, segmentsOfCustomer } from './reasons-of.ts'
import { segmentOf, segmentsOf } from './segment.ts'
import { compareSnapshot } from './snapshots/compare-snapshot.ts'
import { dropSnapshot } from './snapshots/drop-snapshot.ts'
import { snapshotsOf } from './snapshots/snapshot.ts'
import { takeSnapshot } from './snapshots/take-snapshot.ts'
import { countSegment, overlapOf, tallyQuestion } from './tally-question.ts'
import { vocabularyOf } from './vocabulary.ts'

const api = implement(segmentsContract).$context<RequestContext>()

async function tagged(ctx: RequestContext, answer: Promise<Segment>): Promise<Segment> {
  const segment = await answer
  tagVersion(ctx, segment.version)
  return segment
}

export const segmentsRouter = api.router({
  list: api.list.handler(async ({ context }) => ({ items: await segmentsOf(context) })),
  get: api.get.handler(({ context, input }) => tagged(context, segmentOf(context, input.id))),
  add: api.add.handler(({ context, input }) => tagged(context, addSegment(context, input))),
  edit: api.edit.handler(({ context, input }) => tagged(context, editSegment(context, editedVersion(context), input))),
  remove: api.remove.handler(async ({ context, input }) => {
    await removeSegment(context, input.id)
    return {}
  }),
  read: api.read.handler(({ context, input }) => readQuestion(context, input)),
  tally: api.tally.handler(({ context, input, signal }) => tallyQuestion(context, input.question, signal)),
  estimate: api.estimate.handler(({ context, input, signal }) => estimateQuestion(context, input.question, signal)),
  reach: api.reach.handler(({ context, input, signal }) => reachOf(context, input, signal)),
  count: api.count.handler(({ context, input, signal }) => countSegment(context, input.id, signal)),
  reasons: api.reasons.handler(({ context, input }) => reasonsOf(context, input.customerId, input.question)),
  ofCustomer: api.ofCustomer.handler(({ context, input }) => segmentsOfCustomer(context, input.id)),
  overlap: api.overlap.handler(({ context, input }) => overlapOf(context, input.one, input.other)),
  picks: api.picks.handler(({ context, input }) => picksOf(context, input)),
  pick: api.pick.handler(async ({ context, input }) => {
    await pickCustomer(context, input)
    return {}
  }),
  unpick: api.unpick.handler(async ({ context, input }) => {
    await unpickCustomer(context, input)
    return {}
  }),
  snapshots: api.snapshots.handler(async ({ context, input }) => ({ items: await snapshotsOf(context, input.id) })),
  takeSnapshot: api.takeSnapshot.handler(({ context, input }) => takeSnapshot(context, input)),
  compareSnapshot: api.compareSnapshot.handler(({ context, input }) => compareSnapshot(context, input.id)),
  dropSnapshot: api.dropSnapshot.handler(async ({ context, input }) => {
    await dropSnapshot(context, input.id)
    return {}
  }),
  presets: api.presets.handler(async ({ context }) => ({ items: await presetsFor(context) })),
  vocabulary: api.vocabulary.handler(({ context }) => vocabularyOf(context)),
})
