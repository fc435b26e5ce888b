import { type ComponentProps, lazy, Suspense } from 'react'
import type { CustomerListing, ListedCustomer } from '#know/customers/web/panels.ts'
import { useT } from '#web/i18n.ts'
import type { Column } from '#web/kit/column.ts'
import { StageMark } from '#web/kit/StageMark.tsx'
import { ValueMark } from '#web/kit/ValueMark.tsx'
import { Absent, Count, DayText, Money } from '#web/kit/values.tsx'
import type { Standing } from '../contract.ts'
import { value } from './value-api.ts'
import { questionOf, view } from './view-question.ts'

/** Lists of customers by stage, value and numbers, on the page of customers. */
export const listing: CustomerListing = {
  view,
  Filters: LateFilters,
  useColumns,
  async page(asked, { limit, after, columns }, signal) {
    const { items, next } = await value.call.query({ ...questionOf(asked), limit, after, columns }, { signal })
    return { items: items.map(({ customer, ...more }) => ({ customer, more })), next }
  },
  async more(ids, signal) {
    const { items } = await value.call.standings({ ids }, { signal })
    return new Map(items.map((one) => [one.customerId, one]))
  },
  async count(asked, signal) {
    const { sort: _sort, ...question } = questionOf(asked)
    return (await value.call.count(question, { signal })).customers
  },
  exported: questionOf,
}

// This file is read before the first page; the filters' controls are fetched with the list of customers.
const Filters = lazy(async () => ({ default: (await import('./ListingFilters.tsx')).ListingFilters }))

function LateFilters(props: ComponentProps<typeof Filters>) {
  return (
    <Suspense>
      <Filters {...props} />
    </Suspense>
  )
}

function useColumns(): Column<ListedCustomer>[] {
  const t = useT()
  const of = ({ more }: ListedCustomer) => more as Standing | undefined
  return [
    {
      key: 'stage',
      title: t('value.column.stage'),
      card: 'half',
      cell: (row) => {
        const one = of(row)
        return one ? <StageMark stage={one.isNew ? 'new' : one.stage} /> : <Absent />
      },
    },
    {
      key: 'class',
      title: t('value.column.class'),
      card: 'half',
      cell: (row) => {
        const found = of(row)?.valueClass
        return found ? <ValueMark value={found} /> : <Absent />
      },
    },
    {
      key: 'revenue',
      title: t('value.revenue'),
      align: 'end',
      sort: 'revenue',
      first: 'descending',
      card: 'half',
      cell: (row) => <Money minor={of(row)?.revenue} />,
    },
    {
      key: 'purchases',
      title: t('value.purchases'),
      align: 'end',
      sort: 'purchases',
      first: 'descending',
      card: 'half',
      cell: (row) => <Count value={of(row)?.purchases} />,
    },
    {
      key: 'lastPurchase',
      title: t('value.last_purchase'),
      sort: 'lastPurchase',
      days: true,
      first: 'descending',
      card: 'half',
      cell: (row) => <DayText day={of(row)?.lastPurchase} />,
    },
    {
      key: 'firstPurchase',
      title: t('value.first_purchase'),
      sort: 'firstPurchase',
      days: true,
      first: 'descending',
      hidden: true,
      cell: (row) => <DayText day={of(row)?.firstPurchase} />,
    },
  ]
}
