import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorNote } from './ErrorNote.tsx'
import { Waiting } from './Waiting.tsx'

/**
 * What a query brought: quiet lines while it is first awaited, the error with another try, then the content. Old data stays
 * while new is on its way.
 * @example <Loaded of={useQuery(customers.query.get.queryOptions({ input: { id } }))}>{(customer) => …}</Loaded>
 */
export function Loaded<T>({
  of,
  children,
  rows,
}: {
  of: UseQueryResult<T>
  children: (data: T) => ReactNode
  rows?: number
}) {
  if (of.data !== undefined) return children(of.data)
  if (of.error) return <ErrorNote error={of.error} again={() => of.refetch()} />
  return <Waiting rows={rows} />
}
