import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useLocale, useT } from '#web/i18n.ts'
import type { Column } from '#web/kit/column.ts'
import { countText } from '#web/kit/formats.ts'
import { useKeyset } from '#web/kit/keyset.ts'
import { LedgerTable } from '#web/kit/LedgerTable.tsx'
import { Absent } from '#web/kit/values.tsx'
import type { OneImport } from '../contract.ts'
import { exchange } from './exchange-api.ts'

type Problem = Awaited<ReturnType<typeof exchange.call.problems>>['items'][number]

/** Rows that cannot be used, each with the reason, and the file of them to correct and import again. */
export function Problems({ one }: { one: OneImport }) {
  const t = useT()
  const locale = useLocale()
  const page = useKeyset(`exchange.problems.${one.id}`, one.version)
  const list = useQuery(
    exchange.query.problems.queryOptions({
      input: { id: one.id, limit: 20, after: page.after },
      enabled: one.problems > 0,
      placeholderData: keepPreviousData,
    }),
  )
  if (one.problems === 0) return null
  const columns: Column<Problem>[] = [
    {
      key: 'row',
      title: t('exchange.page.row'),
      cell: ({ row }) => t('exchange.page.row_number', { row }),
      always: true,
    },
    { key: 'column', title: t('exchange.page.column'), cell: ({ column }) => column ?? <Absent />, always: true },
    {
      key: 'value',
      title: t('exchange.page.value'),
      cell: ({ value }) => (value ? <q className="cell-value">{value}</q> : <Absent />),
      always: true,
    },
    { key: 'text', title: t('exchange.page.reason'), cell: ({ text }) => text, always: true, card: 'full' },
  ]
  return (
    <section className="panel">
      <h2>{t('exchange.page.unusable')}</h2>
      <p className="soft">{t('exchange.page.unusable_means')}</p>
      <p>
        <a className="download" href={`/api/imports/${one.id}/unusable`} download>
          {t('exchange.page.unusable_file', { count: countText(locale, one.problems) })}
        </a>
      </p>
      <LedgerTable
        name="import-problems"
        label={t('exchange.page.unusable')}
        columns={columns}
        rows={list.data?.items}
        rowKey={(row) => `${row.row} ${row.column}`}
        busy={list.isPlaceholderData}
        error={list.error}
        onAgain={list.refetch}
        empty={null}
        page={page}
        next={list.data?.next}
      />
    </section>
  )
}
