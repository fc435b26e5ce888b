import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useT } from '#web/i18n.ts'
import { useKeyset } from '#web/kit/keyset.ts'
import { LedgerTable } from '#web/kit/LedgerTable.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { exchange, isMoving } from './exchange-api.ts'
import { FileDrop } from './FileDrop.tsx'
import { useImportColumns } from './import-columns.tsx'
import { NoImports } from './NoImports.tsx'
import { Uploads } from './Uploads.tsx'
import { upload } from './uploads.ts'

/** Files that came in, newest first, and the way in for another. */
export function ImportsPage() {
  const t = useT()
  const columns = useImportColumns()
  const page = useKeyset('exchange', {})
  const list = useQuery(
    exchange.query.list.queryOptions({
      input: { limit: 25, after: page.after },
      placeholderData: keepPreviousData,
      refetchInterval: (query) => (query.state.data?.items.some(isMoving) ? 1500 : false),
    }),
  )
  const take = useFiles()
  return (
    <PageFrame title={t('exchange.page.title')} subtitle={t('exchange.page.subtitle')}>
      <FileDrop onFiles={take} />
      <Uploads />
      <LedgerTable
        name="imports"
        label={t('exchange.page.list')}
        columns={columns}
        rows={list.data?.items}
        rowKey={(row) => row.id}
        to={(row) => `/import/${row.id}`}
        busy={list.isPlaceholderData}
        error={list.error}
        onAgain={list.refetch}
        empty={<NoImports />}
        page={page}
        next={list.data?.next}
      />
    </PageFrame>
  )
}

/** Sends files. A single one opens when it is in, if this page is still looked at; otherwise it is told. */
function useFiles(): (files: File[]) => void {
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const here = useRef(false)
  useEffect(() => {
    here.current = true
    return () => {
      here.current = false
    }
  }, [])
  return (files) =>
    upload(files, (id, name) => {
      void queries.invalidateQueries({ queryKey: exchange.query.list.key() })
      if (here.current && files.length === 1) void navigate({ to: `/import/${id}` })
      else notify(t('exchange.page.came_in', { name }))
    })
}
