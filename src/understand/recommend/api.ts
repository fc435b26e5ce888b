import { implement } from '@orpc/server'
import type { RequestContext } from '#platform/http/index.ts'
import { audienceOf } from './audience-of.ts'
import { recommendContract } from './contract.ts'
import { listsOfAll } from './lists.ts'
import { nextFor } from './next-for.ts'
import { refuseProduct, takeBackRefusal } from './refusals.ts'
import { relatedTo } from './related-to.ts'
import { tasteOf } from './taste-of.ts'

const api = implement(recommendContract).$context<RequestContext>()

export const recommendRouter = api.router({
  taste: api.taste.handler(({ context, input }) => tasteOf(context, input.id)),
  next: api.next.handler(({ context, input }) => nextFor(context, input)),
  refuse: api.refuse.handler(async ({ context, input }) => {
    await refuseProduct(context, input)
    return {}
  }),
  takeBack: api.takeBack.handler(async ({ context, input }) => {
    await takeBackRefusal(context, input)
    return {}
  }),
  related: api.related.handler(({ context, input }) => relatedTo(context, input)),
  audience: api.audience.handler(({ context, input }) => audienceOf(context, input)),
  lists: api.lists.handler(({ context, input }) => listsOfAll(context, input)),
})
