import { useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { PickList } from '#web/kit/PickList.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import type { CustomerRow } from '../contract.ts'
import { called } from './called.ts'
import { customers } from './customers-api.ts'
import { phoneText } from './phone-text.ts'

/** Another customer, found by name, pinyin, phone or number. `but`: whose page this is, who is not offered. */
export function PersonPicker(props: {
  label: string
  id: number | undefined
  but: number
  onPick: (id: number | undefined) => void
}) {
  const t = useT()
  const chosen = useQuery(
    customers.query.get.queryOptions({ input: { id: props.id ?? 0 }, enabled: props.id !== undefined }),
  )
  if (props.id !== undefined) {
    return (
      <div className="picked">
        <span className="soft">{props.label}</span>
        <strong>{chosen.data ? called(chosen.data) : '…'}</strong>
        <QuietButton onClick={() => props.onPick(undefined)}>{t('customers.other_person')}</QuietButton>
      </div>
    )
  }
  return (
    <PickList<CustomerRow>
      label={props.label}
      hint={t('customers.search_hint')}
      none={t('customers.nobody_found')}
      find={(text) => ({
        ...customers.query.search.queryOptions({ input: { text: text || '-', limit: 8 } }),
        select: ({ items }: { items: CustomerRow[] }) => ({ items: items.filter((one) => one.id !== props.but) }),
      })}
      itemKey={(customer) => customer.id}
      title={called}
      detail={(customer) => [customer.phone && phoneText(customer.phone), customer.city].filter(Boolean).join(' · ')}
      onPick={(customer) => props.onPick(customer.id)}
    />
  )
}
