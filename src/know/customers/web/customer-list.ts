import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Keyset } from '#web/kit/keyset.ts'
import { moreColumns } from './customer-columns.tsx'
import { customers } from './customers-api.ts'
import type { CustomerListing, ListedCustomer, ListingView } from './panels.ts'

export type CustomerList = {
  rows: ListedCustomer[] | undefined
  next: string | undefined
  busy: boolean
  error: unknown
  again: () => unknown
  count: number | undefined
}

const limit = 50
const columns = [...moreColumns]

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
): CustomerList {
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
    queryKey: ['customers', 'listing', view, page.after],
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
  return {
    rows: words || plain ? own : listed.data?.items,
    next: words ? undefined : plain ? newest.data?.next : listed.data?.next,
    busy: asked.isFetching && asked.isPlaceholderData,
    error: asked.error,
    again: asked.refetch,
    count: words ? found.data?.items.length : count.data,
  }
}
