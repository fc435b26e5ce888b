import { useQuery } from '@tanstack/react-query'
import { useMay } from '#web/session.ts'
import type { Tag } from '../contract.ts'
import { tags } from './tags-api.ts'

/** The tags of the shop; fetched once a page. A merged one is told as what it was merged into. */
export function useTags(): { all: readonly Tag[]; tagOf: (id: number) => Tag | undefined } {
  const may = useMay()
  const { data } = useQuery({
    ...tags.query.list.queryOptions({ input: {}, staleTime: 60_000 }),
    enabled: may('customers.read'),
  })
  const all = (data?.items ?? []) as Tag[]
  return { all, tagOf: (id) => all.find((one) => one.id === id || one.merged.some((other) => other.id === id)) }
}
