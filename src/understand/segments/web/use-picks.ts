import { useMutation, useQueryClient } from '@tanstack/react-query'
import { segments } from './segments-api.ts'

/** Picks people by hand, and lets all that tells of segments look again. */
export function usePicks() {
  const queries = useQueryClient()
  const onSuccess = () => queries.invalidateQueries({ queryKey: segments.query.key() })
  return {
    pick: useMutation(segments.query.pick.mutationOptions({ onSuccess })),
    unpick: useMutation(segments.query.unpick.mutationOptions({ onSuccess })),
  }
}
