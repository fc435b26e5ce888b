import { useQuery } from '@tanstack/react-query'
import { valueContract } from '#understand/value/contract.ts'
import { apiOf } from '#web/api.ts'
import { segments } from './segments-api.ts'

const value = apiOf('value', valueContract)

/** The values in use of what is written as text: places and genders of the customers, categories of the products. */
export function useTextValues(of: string | undefined): readonly string[] {
  const vocabulary = useQuery(
    segments.query.vocabulary.queryOptions({ input: {}, staleTime: 60_000, enabled: of === 'categories' }),
  )
  const facets = useQuery(
    value.query.facets.queryOptions({ input: {}, staleTime: 60_000, enabled: of !== 'categories' && of !== undefined }),
  )
  if (of === 'categories') return vocabulary.data?.categories ?? []
  const found = facets.data as Record<string, { value: string }[]> | undefined
  return (of && found?.[of]?.map((one) => one.value)) || []
}
