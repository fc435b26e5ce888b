import type { QueryClient } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import type { IconName } from './kit/icon.tsx'

/** The areas of work in the navigation, in their order. A page without one is reached from others. */
export type Area = 'today' | 'overview' | 'customers' | 'segments' | 'orders' | 'products' | 'import' | 'settings'

/**
 * A page of the staff app.
 * @example
 * { path: '/customers/$id', title: 'customers.page_title', may: 'customers.read', load: () => import('./CustomerPage.tsx') }
 */
export type PageRoute = {
  /** Address, with `$id` for parameters (read by `useId`). */
  path: `/${string}`
  /** Message key of the title in navigation, command bar and, until the page sets its own, the window. */
  title: string
  /**
   * Where the navigation shows it. Elsewhere the first of an area is the area's; in `settings` all make the list of settings,
   * each with a `note` (message key) that says what is decided there.
   */
  nav?: { area: Area; order?: number; icon?: IconName; note?: string }
  /** Permission; `open` is shown before sign-in and without the shell; absent: any signed-in person. */
  may?: string
  /** The page's code, fetched on intent. */
  load: () => Promise<{ default: ComponentType }>
  /** Fetches what the page will ask for, on hover and while its code loads. A failure is left for the page to show. */
  prepare?: (place: {
    params: Record<string, string>
    search: Record<string, unknown>
    queries: QueryClient
  }) => unknown
}

/** Something that the command bar can do besides opening pages: `import file`, `add a customer`. */
export type CommandAction = { title: string; to: string; may?: string; words?: string }

/** One answer of a search: what it is called, what tells it apart, where it opens. */
export type Found = { key: string; title: string; detail?: string; to: string }

/** Finds a module's things for the command bar. Asked after a pause in typing; the signal ends with the next key. */
export type SearchProvider = {
  /** Message key of the group's heading. */
  title: string
  may?: string
  find: (text: string, signal: AbortSignal) => Promise<Found[]>
}

/** A panel that a higher module puts on a page of a lower one, as orders on the customer page. */
export type Panel = {
  slot: 'customer' | 'order' | 'product' | 'segment' | 'overview' | 'staff' | 'today' | 'dashboard'
  /** By which a dashboard keeps it. */
  key?: string
  /** The page that tells more. */
  to?: string
  /** Message key of its heading. */
  title: string
  order: number
  may?: string
  load: () => Promise<{ default: ComponentType<{ id: number }> }>
}

/** What a module's `web/pages.ts` exports by these names; `pages` alone is enough. */
export type PageModule = {
  pages: readonly PageRoute[]
  search?: SearchProvider
  actions?: readonly CommandAction[]
  panels?: readonly Panel[]
  /** What else a lower module's page asks for by name; that page says its type: `customers.listing`. */
  offers?: Readonly<Record<string, unknown>>
}
