import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import type { Column } from '#web/kit/column.ts'
import { useKeyset } from '#web/kit/keyset.ts'
import { LedgerTable } from '#web/kit/LedgerTable.tsx'
import { exchange } from './exchange-api.ts'

type Leftover = Awaited<ReturnType<typeof exchange.call.leftovers>>['items'][number]

/** After an undo: what stayed, each with the reason. */
export function Leftovers({ id }: { id: number }) {
  const t = useT()
  const page = useKeyset(`exchange.leftovers.${id}`, id)
  const list = useQuery(
    exchange.query.leftovers.queryOptions({
      input: { id, limit: 20, after: page.after },
      placeholderData: keepPreviousData,
    }),
  )
  const columns: Column<Leftover>[] = [
    { key: 'key', title: t('exchange.page.record'), cell: ({ key }) => key, always: true },
    { key: 'entity', title: t('exchange.page.record_kind'), cell: kindOf, always: true, card: 'side' },
    { key: 'text', title: t('exchange.page.stays_because'), cell: ({ text }) => text, always: true, card: 'full' },
  ]
  return (
    <section className="panel">
      <h2>{t('exchange.page.undone')}</h2>
      <p>{t('exchange.page.undone_means')}</p>
      <LedgerTable
        name="import-leftovers"
        label={t('exchange.page.leftovers')}
        columns={columns}
        rows={list.data?.items}
        rowKey={({ entity, id }) => `${entity} ${id}`}
        to={placeOf}
        busy={list.isPlaceholderData}
        error={list.error}
        onAgain={list.refetch}
        empty={<p className="soft">{t('exchange.page.no_leftovers')}</p>}
        page={page}
        next={list.data?.next}
      />
    </section>
  )

  function kindOf({ entity }: Leftover) {
    return t(`exchange.page.one.${entity}`)
  }
}

function placeOf({ entity, id, customerId }: Leftover): string {
  if (entity === 'profiles') return customerId === null ? '/customers' : `/customers/${customerId}`
  return `/${entity}/${id}`
}
