import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type CustomerRow, customersContract } from '#know/customers/contract.ts'
import { apiOf } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { PickList } from '#web/kit/PickList.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { useMay } from '#web/session.ts'

const customers = apiOf('customers', customersContract)

/** Who buys: found by name, pinyin, phone or number; nobody is an anonymous sale. */
export function CustomerPicker(props: { id: number | undefined; onPick: (id: number | undefined) => void }) {
  const t = useT()
  const may = useMay()
  const chosen = useQuery(
    customers.query.get.queryOptions({ input: { id: props.id ?? 0 }, enabled: props.id !== undefined }),
  )
  if (props.id !== undefined) {
    return (
      <div className="picked">
        <strong>{chosen.data ? called(chosen.data) : '…'}</strong>
        <span className="soft">{chosen.data?.phone}</span>
        <QuietButton className="to-the-end" onClick={() => props.onPick(undefined)}>
          {t('orders.other_customer')}
        </QuietButton>
      </div>
    )
  }
  return (
    <>
      <PickList<CustomerRow>
        label={t('orders.find_customer')}
        hint={t('orders.find_customer_hint')}
        none={t('orders.no_customer_found')}
        find={(text) => customers.query.search.queryOptions({ input: { text: text || '-', limit: 8 } })}
        itemKey={(customer) => customer.id}
        title={called}
        detail={(customer) => [customer.phone, customer.city].filter(Boolean).join(' · ')}
        onPick={(customer) => props.onPick(customer.id)}
      />
      <p className="soft">
        {t('orders.anonymous_means')}{' '}
        {may('customers.edit') && <Link to="/customers/new">{t('orders.add_customer')}</Link>}
      </p>
    </>
  )
}

function called(customer: Pick<CustomerRow, 'id' | 'name' | 'number' | 'phone' | 'email'>): string {
  return customer.name ?? customer.number ?? customer.phone ?? customer.email ?? `#${customer.id}`
}
