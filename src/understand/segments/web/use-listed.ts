import { useQuery } from '@tanstack/react-query'
import type { Choice } from './condition-parts.ts'
import { segments } from './segments-api.ts'

/** What one of the vocabulary's lists offers. */
export function useListed(list: Extract<Choice, { list: string }>['list']): { value: number; label: string }[] {
  const known = useQuery(segments.query.vocabulary.queryOptions({ input: {}, staleTime: 60_000 }))
  return (known.data?.[list] ?? []).map(({ id, name }) => ({ value: id, label: name }))
}
