import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { apiOf } from '#web/api.ts'
import { exchangeContract, type ImportState, type OneImport } from '../contract.ts'

export const exchange = apiOf('exchange', exchangeContract)

/** Whether a worker has this import in hand, so that it changes by itself. */
export function isMoving({ state }: { state: ImportState }): boolean {
  return state === 'running' || state === 'undoing'
}

/** How far of the whole it is, 0 to 1; undefined until a worker has begun. */
export function shareDone({ progress }: Pick<OneImport, 'progress'>): number | undefined {
  return progress.phase === null ? undefined : progress.share
}

/** Whether its columns can still be told otherwise. */
export function isOpen({ state, applies }: Pick<OneImport, 'state' | 'applies'>): boolean {
  return !applies && ['waiting', 'compared', 'cancelled', 'failed', 'undone'].includes(state)
}

/** An import, asked again every second while it moves. When it has written or undone, the other pages' numbers are old. */
export function useImport(id: number) {
  const queries = useQueryClient()
  const one = useQuery(
    exchange.query.get.queryOptions({
      input: { id },
      refetchInterval: (query) => (query.state.data && isMoving(query.state.data) ? 1000 : false),
    }),
  )
  const state = one.data?.state
  const before = useRef(state)
  useEffect(() => {
    const moved = before.current === 'running' || before.current === 'undoing'
    before.current = state
    if (!moved || state === 'compared') return
    void queries.invalidateQueries({ predicate: ({ queryKey }) => JSON.stringify(queryKey[0]) !== '["exchange"]' })
  }, [queries, state])
  return one
}
