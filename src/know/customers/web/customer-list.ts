import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useOwnFields } from '#know/fields/web/people.ts'
import type { Keyset } from '#web/kit/keyset.ts'
import { moreColumns } from './customer-columns.tsx'
import { customers } from './customers-api.ts'
import type { CustomerListing, ListColumns, ListedCustomer, ListingView } from './panels.ts'

export type CustomerList = {
  rows: ListedCustomer[] | undefined
  next: string | undefined
  busy: boolean
  error: unknown
  again: () => unknown
  count: number | undefined
}

const limit = 50

/**
 * What the list shows: people found by words; those of the listing's view; or, without filters, all, newest first, from the
 * records, so that one just saved is there.
 */
export function useCustomerList(
  words: string,
  view: ListingView & { sort: string },
  plain: boolean,
  page: Keyset,
  listing: CustomerListing | undefined,
  offered: readonly ListColumns[],
): CustomerList {
  const { all } = useOwnFields()
  const columns = [...moreColumns, ...all.map(({ key }) => key)]
  const newest = useQuery({
    ...customers.query.list.queryOptions({
      input: { limit, after: page.after, columns },
      placeholderData: keepPreviousData,
    }),
    enabled: !words && plain,
  })
  const found = useQuery({
    ...customers.query.search.queryOptions({ input: { text: words || '-', limit }, placeholderData: keepPreviousData }),
    enabled: Boolean(words),
    // What was typed names a person: it is forgotten soon after the page is left.
    gcTime: 60_000,
  })
  const listed = useQuery({
    queryKey: ['customers', 'listing', view, page.after, columns.length],
    queryFn: ({ signal }) => listing!.page(view, { limit, after: page.after, columns }, signal),
    placeholderData: keepPreviousData,
    enabled: !words && !plain && listing !== undefined,
  })
  const people = words ? found.data?.items : newest.data?.items
  const ids = people?.map((customer) => customer.id) ?? []
  const more = useQuery({
    queryKey: ['customers', 'listing', 'more', ids],
    queryFn: ({ signal }) => listing!.more(ids, signal),
    placeholderData: keepPreviousData,
    enabled: listing !== undefined && ids.length > 0 && (Boolean(words) || plain),
  })
  const count = useQuery({
    queryKey: ['customers', 'listing', 'count', view],
    queryFn: ({ signal }) => listing!.count(view, signal),
    enabled: listing !== undefined && !words,
  })
  const asked = words ? found : plain ? newest : listed
  const own = people?.map((customer) => ({ customer, more: more.data?.get(customer.id) })) as
    | ListedCustomer[]
    | undefined
  const rows = words || plain ? own : listed.data?.items
  const rowIds = rows?.map(({ customer }) => customer.id) ?? []
  const further = useQueries({
    queries: offered.map(({ name, more }) => ({
      queryKey: ['customers', 'columns', name, rowIds],
      queryFn: ({ signal }: { signal: AbortSignal }) => more(rowIds, signal),
      placeholderData: keepPreviousData,
      enabled: rowIds.length > 0,
    })),
  })
  const withFurther = (row: ListedCustomer): ListedCustomer => ({
    ...row,
    of: Object.fromEntries(offered.map(({ name }, at) => [name, further[at]?.data?.get(row.customer.id)])),
  })
  return {
    rows: rows?.map(withFurther),
    next: words ? undefined : plain ? newest.data?.next : listed.data?.next,
    busy: asked.isFetching && asked.isPlaceholderData,
    error: asked.error,
    again: asked.refetch,
    count: words ? found.data?.items.length : count.data,
  }
}
