import { Link } from '@tanstack/react-router'
import { useT } from '#web/i18n.ts'
import type { OrderRow } from '../contract.ts'

/** Who bought: the name, else the number, as a link; or that nobody is known. */
export function Buyer({ of }: { of: OrderRow['customer'] }) {
  const t = useT()
  if (!of) return <span className="soft">{t('orders.anonymous')}</span>
  return <Link to={`/customers/${of.id}`}>{of.name ?? of.number ?? t('orders.unnamed_customer', { id: of.id })}</Link>
}
