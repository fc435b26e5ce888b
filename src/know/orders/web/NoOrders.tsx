import { Link } from '@tanstack/react-router'
import { useT } from '#web/i18n.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { useMay } from '#web/session.ts'

/** A shop without an order learns how they come in. */
export function NoOrders() {
  const t = useT()
  const may = useMay()
  return (
    <EmptyState
      title={t('orders.empty')}
      example={t('orders.empty_example')}
      action={may('exchange.import') && <Link to="/import">{t('orders.empty_import')}</Link>}
    >
      {t('orders.empty_means')}
    </EmptyState>
  )
}
