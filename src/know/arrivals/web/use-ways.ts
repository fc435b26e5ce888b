import { useQuery } from '@tanstack/react-query'
import { useMay } from '#web/session.ts'
import type { ArrivalWay } from '../contract.ts'
import { arrivals } from './arrivals-api.ts'

/** The ways by which people come: those to choose, and the names of all. */
export function useWays(): { offered: readonly ArrivalWay[]; nameOf: (id: number) => string | undefined } {
  const may = useMay()
  const { data } = useQuery({
    ...arrivals.query.ways.queryOptions({ input: {}, staleTime: 60_000 }),
    enabled: may('customers.read'),
  })
  const all = (data?.items ?? []) as ArrivalWay[]
  return { offered: all.filter((way) => way.offered), nameOf: (id) => all.find((way) => way.id === id)?.name }
}
