import { useT } from '#web/i18n.ts'
import type { Column } from '#web/kit/column.ts'
import { Absent, Count, InstantText, Money } from '#web/kit/values.tsx'
import type { OrderRow } from '../contract.ts'
import { Buyer } from './Buyer.tsx'
import { OrderState } from './OrderState.tsx'

/** The columns of the orders' ledger. */
export function useOrderColumns(): Column<OrderRow>[] {
  const t = useT()
  return [
    { key: 'number', title: t('orders.number'), cell: (row) => row.number },
    { key: 'placed', title: t('orders.placed'), cell: (row) => <InstantText at={row.placedAt} exact />, card: 'full' },
    { key: 'customer', title: t('orders.customer'), cell: (row) => <Buyer of={row.customer} />, card: 'full' },
    { key: 'shop', title: t('orders.shop'), cell: (row) => row.shop.name, hidden: true },
    {
      key: 'step',
      title: t('orders.step'),
      cell: (row) => (row.step ? t(`orders.step.${row.step}`) : <Absent />),
      card: 'half',
    },
    { key: 'state', title: t('orders.state'), cell: (row) => <OrderState of={row} /> },
    {
      key: 'lines',
      title: t('orders.line_count'),
      cell: (row) => <Count value={row.lineCount} />,
      align: 'end',
      card: 'none',
    },
    {
      key: 'amount',
      title: t('orders.amount'),
      cell: (row) => <Money minor={row.amount} />,
      align: 'end',
      card: 'side',
    },
    { key: 'net', title: t('orders.net'), cell: (row) => <Money minor={row.net} />, align: 'end' },
  ]
}
