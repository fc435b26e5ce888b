import { useQuery } from '@tanstack/react-query'
import { segments } from './segments-api.ts'

export { QuestionEditor } from './QuestionEditor.tsx'

/** The segments of the shop by name, for who chooses one. */
export function useSegments(): readonly { id: number; name: string }[] {
  return useQuery(segments.query.list.queryOptions({ input: {}, staleTime: 60_000 })).data?.items ?? []
}
