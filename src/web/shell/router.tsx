import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import type { PageModule, PageRoute } from '../page.ts'
import { allows, sessionQuery } from '../session.ts'
import { Crash } from './Crash.tsx'
import { NotFound } from './NotFound.tsx'
import { homeOf } from './navigation.ts'
import { OpenFrame } from './OpenFrame.tsx'
import { SettingsPage } from './SettingsPage.tsx'
import { Shell } from './Shell.tsx'

export const signInPath = '/sign-in'
export const setUpPath = '/setup'
/** Where one's second factor is set up. */
export const factorPath = '/settings/account/two-factor'

/** All modules' pages as routes: open ones alone, the others within the shell and behind the sign-in. */
export function routerOf(modules: readonly PageModule[], queries: QueryClient) {
  const pages = modules.flatMap((module) => module.pages)
  const root = createRootRouteWithContext<{ queries: QueryClient }>()({
    component: Outlet,
    notFoundComponent: NotFound,
  })
  const outside = createRoute({ getParentRoute: () => root, id: 'outside', component: OpenFrame })
  const inside = createRoute({
    getParentRoute: () => root,
    id: 'inside',
    component: Shell,
    notFoundComponent: NotFound,
    async beforeLoad({ location }) {
      const session = await queries.ensureQueryData(sessionQuery)
      if (!session.setUp) throw redirect({ to: setUpPath })
      if (!session.staff) throw redirect({ to: signInPath, search: { to: location.href } as never })
      if (session.staff.factorDue && location.pathname !== factorPath) throw redirect({ to: factorPath })
    },
  })

  async function permissionsHere(): Promise<readonly string[]> {
    return (await queries.ensureQueryData(sessionQuery)).staff?.permissions ?? []
  }

  async function leadHome(): Promise<void> {
    const permissions = await permissionsHere()
    const home = pages.find((page) => page.path === '/')
    if (!home?.may || !allows(permissions, home.may)) throw redirect({ to: homeOf(pages, permissions) })
  }

  const within = (parent: typeof outside | typeof inside, page: PageRoute) =>
    createRoute({
      getParentRoute: () => parent,
      path: page.path,
      component: lazyRouteComponent(page.load),
      // The shell reads there whether this person may see the page.
      staticData: { title: page.title, may: isOpen(page) ? undefined : page.may } as object,
      beforeLoad: page.path === '/' ? leadHome : undefined,
      async loader({ params, location }) {
        if (!isOpen(page) && page.may && !allows(await permissionsHere(), page.may)) return
        await prepare(page, params, location.search as Record<string, unknown>, queries)
      },
    })
  const shellPages: PageRoute[] = [
    { path: '/settings', title: 'web.nav.settings', load: async () => ({ default: SettingsPage }) },
  ]
  if (!pages.some((page) => page.path === '/')) {
    shellPages.push({ path: '/', title: 'web.app_name', may: 'none.none', load: async () => ({ default: NotFound }) })
  }
  root.addChildren([
    outside.addChildren(pages.filter(isOpen).map((page) => within(outside, page))),
    inside.addChildren([...shellPages, ...pages.filter((page) => !isOpen(page))].map((page) => within(inside, page))),
  ])

  return createRouter({
    routeTree: root,
    context: { queries },
    defaultPreload: 'intent',
    defaultPreloadDelay: 40,
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: Crash,
    scrollRestoration: true,
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch(search) {
      const text = new URLSearchParams(search as Record<string, string>).toString()
      return text ? `?${text}` : ''
    },
  })
}

const isOpen = (page: PageRoute) => page.may === 'open'

/** Waits for a page's data for a moment only: an answer at once needs no waiting lines, a late one shall not hold the click. */
function prepare(
  page: PageRoute,
  params: Record<string, string>,
  search: Record<string, unknown>,
  queries: QueryClient,
): Promise<unknown> | undefined {
  if (!page.prepare) return undefined
  const asked = Promise.resolve(page.prepare({ params, search, queries })).catch(() => {})
  return Promise.race([asked, new Promise((resolve) => setTimeout(resolve, 80))])
}
