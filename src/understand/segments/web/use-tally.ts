import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Condition } from '#understand/query/contract.ts'
import type { Segment } from '../contract.ts'
import { segments } from './segments-api.ts'

export type Counted = { customers: number; matched: number; unknown: number }
export type About = Counted & { least: number; most: number; oneIn: number }

/**
 * How many a question finds: first about so many, from a sample, then exactly. What was asked before the last change is let go, in the
 * engine too; what it said stays, marked as waiting, until there is something newer.
 * @param segment where it is this segment's own question: its count is kept with it
 */
export function useTally(question: Condition, { whole, segment }: { whole: boolean; segment?: Segment }) {
  const estimate = useQuery({
    ...segments.query.estimate.queryOptions({ input: { question }, enabled: whole }),
    retry: false,
  })
  const enabled = whole && estimate.isFetched
  const count = useQuery(
    segment
      ? { ...segments.query.count.queryOptions({ input: { id: segment.id }, enabled }), retry: false }
      : {
          ...segments.query.tally.queryOptions({ input: { question }, enabled: enabled && !estimate.data?.exact }),
          placeholderData: keepPreviousData,
          retry: false,
        },
  )
  const told = estimate.data
  const exact: Counted | undefined =
    count.data && !count.isPlaceholderData ? count.data : told?.exact ? told : undefined
  const about: About | undefined = exact || !told ? undefined : told
  const before: Counted | undefined = count.data
  return {
    exact: whole ? exact : undefined,
    about: whole ? about : undefined,
    /** Of the question before. */
    before: whole && !exact && !about ? before : undefined,
    isEstimated: estimate.isFetched,
    isCounting: enabled && count.isFetching,
    error: estimate.error ?? count.error,
  }
}
