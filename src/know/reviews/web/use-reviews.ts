import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { customers } from '#know/customers/web/people.ts'
import { reviews } from './reviews-api.ts'

type Of = { productId?: number; orderId?: number; customerId?: number; atMost?: number; unanswered?: boolean }

/** Reviews, page by page. */
export function useReviews(of: Of, limit: number) {
  return useInfiniteQuery(
    reviews.query.list.infiniteOptions({
      input: (after: string | undefined) => ({ ...of, unanswered: of.unanswered ? 'true' : undefined, limit, after }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.next,
    }),
  )
}

/** After a review changed: lists, averages and timelines are read again. */
export function useReviewsChanged(): () => Promise<unknown> {
  const queries = useQueryClient()
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: reviews.query.key() }),
      queries.invalidateQueries({ queryKey: customers.query.timeline.key() }),
    ])
}
