import { useT } from '#web/i18n.ts'
import type { Column } from '#web/kit/column.ts'
import { Absent, Money } from '#web/kit/values.tsx'
import { useMay } from '#web/session.ts'
import type { ProductRow } from '../contract.ts'
import { Quantity } from './Quantity.tsx'

/** The columns of the products' ledger. What a product costs stands there only for those who may edit the catalog. */
export function useProductColumns(): Column<ProductRow>[] {
  const t = useT()
  const may = useMay()
  const cost: Column<ProductRow> = {
    key: 'cost',
    title: t('catalog.cost'),
    cell: (row) => <Money minor={row.cost} />,
    align: 'end',
    hidden: true,
  }
  return [
    { key: 'name', title: t('catalog.name'), cell: (row) => row.name ?? row.code, sort: 'name' },
    { key: 'code', title: t('catalog.code'), cell: (row) => row.code, sort: 'code' },
    {
      key: 'kind',
      title: t('catalog.kind'),
      cell: (row) => (row.archived ? t('catalog.archived') : t(`catalog.kind.${row.kind}`)),
    },
    { key: 'category', title: t('catalog.category'), cell: (row) => row.category ?? <Absent /> },
    { key: 'brand', title: t('catalog.brand'), cell: (row) => row.brand ?? <Absent />, hidden: true },
    {
      key: 'price',
      title: t('catalog.price'),
      cell: (row) => <Money minor={row.price} />,
      align: 'end',
      card: 'side',
    },
    { key: 'stock', title: t('catalog.stock'), cell: (row) => <Quantity value={row.stock} />, align: 'end' },
    ...(may('catalog.edit') ? [cost] : []),
  ]
}
