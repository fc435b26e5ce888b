import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Sections } from '#web/kit/Sections.tsx'
import { Panels, usePanels } from '#web/panels.tsx'
import { useId } from '#web/place.ts'
import type { CustomerPage as Customer } from '../contract.ts'
import { called } from './called.ts'
import { customers } from './customers-api.ts'
import { HistorySheet } from './HistorySheet.tsx'
import { Identifiers } from './Identifiers.tsx'
import { Owner } from './Owner.tsx'
import { Profile } from './Profile.tsx'
import { useCustomerHead } from './panels.ts'
import { phoneText } from './phone-text.ts'
import { WithReveals } from './reveals.tsx'
import { Timeline } from './Timeline.tsx'
import './customers.css'

/**
 * One customer: who it is at a glance, what happened and what higher modules know of it, then the profile with its sources. The
 * parts fetch for themselves, all at once.
 */
export function CustomerPage() {
  const id = useId()
  const t = useT()
  const customer = useQuery(customers.query.get.queryOptions({ input: { id } }))
  const data = customer.data as Customer | undefined
  useRedirect(id, data)
  const [history, setHistory] = useState(false)
  const Head = useCustomerHead()
  return (
    <PageFrame
      title={data ? called(data) : t('customers.customer')}
      subtitle={data && <Recognition customer={data} />}
      back={{ to: '/customers', label: t('customers.title') }}
      action={data && <QuietButton onClick={() => setHistory(true)}>{t('customers.history')}</QuietButton>}
    >
      {Head && id > 0 && (
        <div className="customer-head">
          <Head id={id} />
        </div>
      )}
      <Loaded of={{ ...customer, data } as typeof customer & { data: Customer | undefined }}>
        {(customer) => (
          <WithReveals key={id} customer={customer as Customer}>
            {(customer) => (
              <>
                <CustomerSections />
                <Panels slot="customer" id={id} below={who} />
                <Timeline id={id} />
                <Profile customer={customer} />
                <Identifiers customer={customer} />
                <Owner customer={customer} />
                <Panels slot="customer" id={id} from={who} />
                <HistorySheet customer={customer} open={history} onClose={() => setHistory(false)} />
              </>
            )}
          </WithReveals>
        )}
      </Loaded>
    </PageFrame>
  )
}

/** First what happens between her and the shop; from this order on who she is, and what she allows. */
const who = 50

function CustomerSections() {
  const t = useT()
  const panels = usePanels('customer')
  const named = (list: typeof panels) => list.map(({ id, title }) => ({ id, title: t(title) }))
  return (
    <Sections
      sections={[
        ...named(panels.filter(({ order }) => order < who)),
        { id: 'timeline', title: t('customers.timeline') },
        { id: 'profile', title: t('customers.profile') },
        { id: 'identifiers', title: t('customers.identifiers') },
        { id: 'owner', title: t('customers.field.owner') },
        ...named(panels.filter(({ order }) => order >= who)),
      ]}
    />
  )
}

/** The id of somebody merged into this customer leads here, and the page says so. */
function useRedirect(id: number, customer: Customer | undefined): void {
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  useEffect(() => {
    if (!customer || customer.id === id) return
    queries.setQueryData(customers.query.get.queryKey({ input: { id: customer.id } }), customer as never)
    notify(t('customers.redirected', { old: `#${id}` }))
    void navigate({ to: `/customers/${customer.id}`, replace: true })
  }, [customer, id, navigate, queries, t])
}

/** What one wants to know at the counter: number, phone, where from. */
function Recognition({ customer }: { customer: Customer }) {
  const t = useT()
  const parts = [
    customer.name && customer.number && t('customers.number_is', { number: customer.number }),
    customer.phone && phoneText(customer.phone),
    [customer.province, customer.city].filter(Boolean).join(' '),
  ]
  return <>{parts.filter(Boolean).join(' · ')}</>
}
