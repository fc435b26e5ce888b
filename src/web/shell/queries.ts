import { QueryCache, QueryClient } from '@tanstack/react-query'
import { problemOf } from '../problem-error.ts'
import { sessionQuery } from '../session.ts'

/**
 * The app's queries. A question is asked again where no answer came or the server was stopping; an effect too, because its
 * idempotency key makes the second try harmless.
 */
export function createQueries(): QueryClient {
  const queries = new QueryClient({
    queryCache: new QueryCache({
      onError(error, query) {
        // The session has ended elsewhere: ask who is signed in, and the router leads to the sign-in page.
        const asked = query.queryKey[0] === sessionQuery.queryKey[0]
        if (!asked && problemOf(error).status === 401) void queries.invalidateQueries(sessionQuery)
      },
    }),
    defaultOptions: {
      queries: { staleTime: 15_000, retry: again, retryDelay: later, refetchOnWindowFocus: true },
      mutations: { retry: again, retryDelay: later },
    },
  })
  return queries
}

function again(failures: number, error: unknown): boolean {
  const { status, code } = problemOf(error)
  return failures < 2 && (code === 'web.unreachable' || status === 503)
}

function later(failures: number): number {
  return 400 * 2 ** failures
}
