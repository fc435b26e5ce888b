import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useT } from '#web/i18n.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { LedgerTable } from '#web/kit/LedgerTable.tsx'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { useMay } from '#web/session.ts'
import { listOf, type PlaceName } from './place-calls.ts'
import { usePlaceColumns } from './place-columns.tsx'

/** Where the merchant sells: its shops, and the channels and brands by which they are told apart. */
export function PlacesPage() {
  const t = useT()
  const may = useMay()
  return (
    <PageFrame
      title={t('shops.places')}
      subtitle={t('shops.places_note')}
      back={{ to: '/settings', label: t('web.nav.settings') }}
      action={may('shops.edit') && <LinkButton to="/settings/shops/new">{t('shops.shops.add')}</LinkButton>}
    >
      <Places place="shops" />
      <Places place="channels" />
      <Places place="brands" />
    </PageFrame>
  )
}

function Places({ place }: { place: PlaceName }) {
  const t = useT()
  const may = useMay()
  const list = useQuery(listOf(place))
  const columns = usePlaceColumns(place)
  const add = may('shops.edit') && <Link to={`/settings/${place}/new`}>{t(`shops.${place}.add`)}</Link>
  return (
    <section className="panel">
      <h2>{t(`shops.${place}`)}</h2>
      <LedgerTable
        name={`shops.${place}`}
        label={t(`shops.${place}`)}
        columns={columns}
        rows={list.data?.items}
        rowKey={(row) => row.id}
        to={may('shops.edit') ? (row) => `/settings/${place}/${row.id}` : undefined}
        error={list.error}
        onAgain={list.refetch}
        tools={place === 'shops' ? undefined : add}
        empty={
          <EmptyState title={t(`shops.${place}.empty`)} example={t(`shops.${place}.example`)} action={add}>
            {t(`shops.${place}.empty_means`)}
          </EmptyState>
        }
      />
    </section>
  )
}
