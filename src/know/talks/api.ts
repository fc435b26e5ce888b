import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { talksContract } from './contract.ts'
import { correctTalk, removeTalk } from './correct-talk.ts'
import { closePromise, makePromise, movePromise, openPromise, promisesOf } from './keep-promise.ts'
import { listDue } from './list-due.ts'
import { listTalks } from './list-talks.ts'
import { logTalk } from './log-talk.ts'
import { talkDaysOf } from './talk-days.ts'

const api = implement(talksContract).$context<RequestContext>()

async function tagged<T extends { version: number }>(ctx: RequestContext, answer: Promise<T>): Promise<T> {
  const row = await answer
  tagVersion(ctx, row.version)
  return row
}

export const talksRouter = api.router({
  log: api.log.handler(({ context, input }) => tagged(context, logTalk(context, input))),
  list: api.list.handler(({ context, input }) => listTalks(context, input)),
  correct: api.correct.handler(({ context, input }) =>
    tagged(context, correctTalk(context, editedVersion(context), input)),
  ),
  remove: api.remove.handler(async ({ context, input }) => {
    await removeTalk(context, editedVersion(context), input.id)
    return {}
  }),
  promises: api.promises.handler(({ context, input }) => promisesOf(context, input.id)),
  promise: api.promise.handler(({ context, input }) => tagged(context, makePromise(context, input))),
  move: api.move.handler(({ context, input }) => tagged(context, movePromise(context, editedVersion(context), input))),
  close: api.close.handler(({ context, input }) =>
    tagged(context, closePromise(context, editedVersion(context), input)),
  ),
  open: api.open.handler(({ context, input }) =>
    tagged(context, openPromise(context, editedVersion(context), input.id)),
  ),
  due: api.due.handler(({ context, input }) => listDue(context, input)),
  days: api.days.handler(async ({ context, input }) => ({ items: await talkDaysOf(context, input.ids) })),
})
