import { useQuery } from '@tanstack/react-query'
import { staff } from './staff-api.ts'

export type Colleague = { id: number; name: string; active: boolean }

/** Everybody who works or worked here, by name; for owners, histories and choices. Fetched once a page. */
export function useColleagues(): {
  all: readonly Colleague[]
  nameOf: (id: number | null | undefined) => string | undefined
} {
  const { data } = useQuery(staff.query.names.queryOptions({ input: {}, staleTime: 60_000 }))
  const all = data?.items ?? []
  return { all, nameOf: (id) => all.find((one) => one.id === id)?.name }
}
