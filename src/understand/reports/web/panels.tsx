import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Waiting } from '#web/kit/Waiting.tsx'
import type { Asks } from '../contract.ts'
import { ReportAnswer } from './ReportAnswer.tsx'
import { reports } from './reports-api.ts'

export { WhomField } from './WhomField.tsx'

/** The saved reports by name, for who chooses one. */
export function useReports(): readonly { id: number; name: string }[] {
  return useQuery(reports.query.list.queryOptions({ input: {}, staleTime: 60_000 })).data?.items ?? []
}

/** A saved report on a page of several: its name, which opens it, and its chart. */
export function ReportPanel({ id }: { id: number }) {
  const { data, error, refetch } = useQuery(reports.query.get.queryOptions({ input: { id }, retry: false }))
  if (!data) return error ? <ErrorNote error={error} again={refetch} /> : <Waiting rows={4} />
  return (
    <>
      <h2>
        <Link to={`/overview/reports/${id}`}>{data.name}</Link>
      </h2>
      <ReportAnswer asks={data.asks as Asks} brief />
    </>
  )
}
