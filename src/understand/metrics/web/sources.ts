import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { arrivals } from '#know/arrivals/web/people.ts'
import { addDays } from '#platform/days.ts'
import type { Condition } from '#understand/query/contract.ts'
import { insight } from './insight-api.ts'

/** What one source cost and brought in a month, or in several. */
export type Brought = { cost: number; came: number; firstBuyers: number }

/** Null: it is said when people came, but not how. */
export type SourceId = number | null

export type Sources = {
  /** Oldest first, YYYY-MM. */
  months: readonly string[]
  sources: readonly { id: SourceId; offered: boolean }[]
  seesCosts: boolean
  of: (id: SourceId | 'all', month: string | 'all') => Brought
}

/** Costs and numbers of sources by month, put beside each other. Costs are of the whole house: who sees a part of it sees none. */
export function useSources(
  to: string | undefined,
  months: number,
): { data: Sources | undefined; error: unknown; again: () => unknown } {
  const numbers = useQuery(
    insight.query.arrivals.queryOptions({ input: { to, months }, placeholderData: keepPreviousData }),
  )
  const shown = numbers.data?.months ?? []
  const [from, end] = [shown[0] ?? '2000-01', shown.at(-1) ?? '2000-01']
  const costs = useQuery({
    ...arrivals.query.costs.queryOptions({ input: { from, to: end }, placeholderData: keepPreviousData }),
    enabled: shown.length > 0,
    retry: false,
  })
  const ways = useQuery(arrivals.query.ways.queryOptions({ input: {}, staleTime: 60_000 }))
  const rows = [
    ...(numbers.data?.items ?? []).map(({ wayId, month, came, firstBuyers }) => ({
      wayId,
      month,
      cost: 0,
      came,
      firstBuyers,
    })),
    ...(costs.data?.items ?? []).map(({ wayId, month, amount }) => ({
      wayId,
      month,
      cost: amount,
      came: 0,
      firstBuyers: 0,
    })),
  ].filter(({ month }) => shown.includes(month))
  const of: Sources['of'] = (id, month) =>
    rows
      .filter((row) => (id === 'all' || row.wayId === id) && (month === 'all' || row.month === month))
      .reduce(
        (sum, row) => ({
          cost: sum.cost + row.cost,
          came: sum.came + row.came,
          firstBuyers: sum.firstBuyers + row.firstBuyers,
        }),
        { cost: 0, came: 0, firstBuyers: 0 },
      )
  const named = (ways.data?.items ?? []).filter((way) => way.offered || rows.some((row) => row.wayId === way.id))
  const sources: Sources['sources'] = [
    ...named.map(({ id, offered }) => ({ id: id as SourceId, offered })),
    ...(rows.some((row) => row.wayId === null) ? [{ id: null, offered: false }] : []),
  ]
  const data: Sources | undefined =
    numbers.data && ways.data ? { months: shown, sources, seesCosts: costs.data !== undefined, of } : undefined
  return { data, error: numbers.error ?? ways.error, again: numbers.refetch }
}

/** 31 days after its first day is always in the next month. */
const lastDay = (month: string) => addDays(`${addDays(`${month}-01`, 31).slice(0, 7)}-01`, -1)

/** The question behind a number: who came by a source in these months, or came by it and bought for the first time in them. */
export function whoCame(id: SourceId | 'all', months: readonly string[], what: 'came' | 'firstBuyers'): Condition {
  const days = { from: `${months[0]}-01`, to: lastDay(months.at(-1)!) }
  const ways = id === 'all' ? {} : { in: [id ?? 0] }
  if (what === 'came') return { is: 'came', ...ways, ...days }
  return {
    is: 'and',
    of: [
      { is: 'came', ...ways },
      { is: 'day', field: 'firstPurchase', ...days },
    ],
  }
}
