import type { ComponentType } from 'react'
import { useMemo } from 'react'
import type { Column } from '#web/kit/column.ts'
import { useModules, useOffer } from '#web/panels.tsx'
import type { AnyColumn, CustomerRow } from '../contract.ts'

// What higher modules put on the pages of customers. Panels below the profile are the kit's (`Panel`, slot `customer`); the two
// slots here are offered by name in a module's `web/pages.ts`:
//
//   export const offers = { 'customers.head': StandingHead, 'customers.listing': listing satisfies CustomerListing }

/** Beside the name: stage, value, last purchase in a line. Fetches its own data. */
export type CustomerHead = ComponentType<{ id: number }>

/** What the list is asked with, as it stands in the address; empty texts are defaults. Never what somebody typed to find a person. */
export type ListingView = Record<string, string>

/** A row of a listing: the person, what the listing's columns show of it, and what those of other modules do, by their name. */
export type ListedCustomer = { customer: CustomerRow; more?: unknown; of?: Readonly<Record<string, unknown>> }

/**
 * Further columns of the list of customers, that any module offers as `customers.columns`: read for the rows in sight, one request
 * a page. A column's `sort` is one of the listing's.
 */
export type ListColumns = {
  name: string
  /** What the columns show, by customer; at most 100 are asked for. */
  more: (ids: number[], signal: AbortSignal) => Promise<ReadonlyMap<number, unknown>>
  /** A hook. `of` gives what `more` brought for a row, once it is there. */
  useColumns: (of: (row: ListedCustomer) => unknown) => Column<ListedCustomer>[]
}

/**
 * Lists of customers by what is computed of them. Without one, the page shows all, newest first.
 *
 * The list without filters, newest first, always comes from the records, so that a customer just saved is there; `more` fills
 * the listing's columns of those rows.
 */
export type CustomerListing = {
  /** Names of the view and their defaults, beside `sort` ('added' is newest first): `{ where: '', asOf: '' }`. */
  view: ListingView
  /** Filters between the search box and the list. */
  Filters: ComponentType<{ view: ListingView; onChange: (change: ListingView) => void }>
  /** A hook: columns after the person's own, from `more`. A column's `sort` is a sort of `page`. */
  useColumns: () => Column<ListedCustomer>[]
  /** A page of the view, as `{items, next}`, sorted by `sort` or `-sort`. */
  page: (
    view: ListingView & { sort: string },
    paging: { limit: number; after: string | undefined; columns: AnyColumn[] },
    signal: AbortSignal,
  ) => Promise<{ items: ListedCustomer[]; next?: string }>
  /** `more` of the given customers, by id; at most 100. */
  more: (ids: number[], signal: AbortSignal) => Promise<ReadonlyMap<number, unknown>>
  /** How many customers the view finds; shown above the list. */
  count: (view: ListingView, signal: AbortSignal) => Promise<number>
  /** What the server's export is told (`list` of POST /customers/export) to write the same list. */
  exported: (view: ListingView & { sort: string }) => unknown
}

/**
 * What one can do to everybody on the list, that the module offering `customers.many` brings: `whom` is what the list shows, or who was
 * chosen; `count` how many that is, where it is known.
 */
export type CustomersMany = ComponentType<{
  whom: { ids?: number[]; list?: unknown }
  count: number | undefined
  chosen: boolean
}>

/** Beside each field of a person: how old what stands there is. */
export type FieldMark = ComponentType<{ id: number; field: string }>

export function useFieldMark(): FieldMark | undefined {
  return useOffer<FieldMark>('customers.field_mark')
}

export function useCustomersMany(): CustomersMany | undefined {
  return useOffer<CustomersMany>('customers.many')
}

export function useCustomerListing(): CustomerListing | undefined {
  return useOffer<CustomerListing>('customers.listing')
}

export function useCustomerHead(): CustomerHead | undefined {
  return useOffer<CustomerHead>('customers.head')
}

/** A line above the list about what waits for a decision, of the module that offers `customers.waiting`. */
export function useWaiting(): ComponentType | undefined {
  return useOffer<ComponentType>('customers.waiting')
}

/** The modules' further columns; the same at each call, so their hooks may be called in a loop. */
export function useListColumns(): readonly ListColumns[] {
  const modules = useModules()
  return useMemo(
    () =>
      modules.flatMap((module) => {
        const columns = module.offers?.['customers.columns']
        return columns ? [columns as ListColumns] : []
      }),
    [modules],
  )
}
