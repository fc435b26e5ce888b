import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { type Review, reviewsContract } from './contract.ts'
import { addReview, answerReview, correctReview, removeReview } from './keep-reviews.ts'
import { listReviews, ratingsOf } from './list-reviews.ts'

const api = implement(reviewsContract).$context<RequestContext>()

async function tagged(ctx: RequestContext, answer: Promise<Review>): Promise<Review> {
  const review = await answer
  tagVersion(ctx, review.version)
  return review
}

export const reviewsRouter = api.router({
  list: api.list.handler(({ context, input }) => listReviews(context, input)),
  summary: api.summary.handler(({ context, input }) => ratingsOf(context, input.id)),
  add: api.add.handler(({ context, input }) => tagged(context, addReview(context, input))),
  correct: api.correct.handler(({ context, input }) =>
    tagged(context, correctReview(context, editedVersion(context), input)),
  ),
  answer: api.answer.handler(({ context, input }) =>
    tagged(context, answerReview(context, editedVersion(context), input)),
  ),
  remove: api.remove.handler(async ({ context, input }) => {
    await removeReview(context, editedVersion(context), input.id)
    return {}
  }),
})
