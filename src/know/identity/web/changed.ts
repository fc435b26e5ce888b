import { useQueryClient } from '@tanstack/react-query'

/** After who is whom has changed, nearly everything on the page has. */
export function useChanged(): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries()
}
