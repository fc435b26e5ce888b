import { useQuery } from '@tanstack/react-query'
import type { Condition } from '#understand/query/contract.ts'
import { value } from './value-api.ts'

/** A question in words, for the list that a number opened. The server says it: it knows the names of things. */
export function QuestionText({ of }: { of: Condition }) {
  const said = useQuery(value.query.sentence.queryOptions({ input: { where: of }, staleTime: 60_000 }))
  return <span>{said.data?.sentence ?? '…'}</span>
}
