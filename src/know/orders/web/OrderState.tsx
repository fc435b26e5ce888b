import { useT } from '#web/i18n.ts'
import type { OrderRow } from '../contract.ts'

/** What a document is, in one word: a sale and how it stands, given back whole or in part, a cancellation, an adjustment. */
export function OrderState({ of }: { of: Pick<OrderRow, 'kind' | 'status' | 'amount' | 'net'> }) {
  const t = useT()
  return <span className={of.status === 'open' ? undefined : 'soft'}>{t(`orders.state.${stateOf(of)}`)}</span>
}

function stateOf({ kind, status, amount, net }: Pick<OrderRow, 'kind' | 'status' | 'amount' | 'net'>): string {
  if (status === 'void') return 'void'
  if (kind !== 'sale') return kind
  if (net !== amount) return net === 0 ? 'given_back' : 'part_given_back'
  return status
}
