import { useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import type { Column } from '#web/kit/column.ts'
import { Absent } from '#web/kit/values.tsx'
import { listOf, type PlaceName, type PlaceShown } from './place-calls.ts'

/** The columns of shops, channels or brands. */
export function usePlaceColumns(place: PlaceName): Column<PlaceShown>[] {
  const t = useT()
  const channels = useQuery({ ...listOf('channels'), enabled: place === 'shops' })
  const brands = useQuery({ ...listOf('brands'), enabled: place === 'shops' })
  const nameOf = (items: PlaceShown[] | undefined, id: number | null | undefined) =>
    items?.find((item) => item.id === id)?.name ?? <Absent />

  const name: Column<PlaceShown> = { key: 'name', title: t('shops.name'), cell: (row) => row.name }
  const state: Column<PlaceShown> = {
    key: 'state',
    title: t('shops.state'),
    cell: (row) => (
      <span className={row.archived ? 'soft' : ''}>{t(row.archived ? 'shops.archived' : 'shops.open')}</span>
    ),
    card: 'side',
  }
  const code: Column<PlaceShown> = { key: 'code', title: t('shops.code'), cell: (row) => row.code, card: 'half' }
  if (place === 'brands') return [name, code, state]
  if (place === 'channels') {
    const kind: Column<PlaceShown> = {
      key: 'kind',
      title: t('shops.kind'),
      cell: (row) => t(`shops.kind.${row.kind}`),
      card: 'half',
    }
    return [name, kind, code, state]
  }
  return [
    name,
    {
      key: 'channel',
      title: t('shops.channel'),
      cell: (row) => nameOf(channels.data?.items, row.channelId),
      card: 'half',
    },
    { key: 'brand', title: t('shops.brand'), cell: (row) => nameOf(brands.data?.items, row.brandId), card: 'half' },
    code,
    state,
  ]
}
