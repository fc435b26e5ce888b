import type { IconName } from '../kit/icon.tsx'
import type { Area, PageModule, PageRoute } from '../page.ts'
import { allows } from '../session.ts'

/** One entry of the navigation. */
export type Entry = { area: Area; title: string; to: string; icon: IconName }

const areas: readonly Area[] = [
  'today',
  'overview',
  'customers',
  'segments',
  'orders',
  'products',
  'import',
  'settings',
]

/** The areas in which this person may see a page, in the order of work. */
export function entriesOf(modules: readonly PageModule[], permissions: readonly string[]): Entry[] {
  const pages = modules.flatMap((module) => module.pages)
  return areas.flatMap((area) => {
    const entry: Omit<Entry, 'to'> = { area, title: `web.nav.${area}`, icon: area }
    if (area === 'settings') return [{ ...entry, to: '/settings' }]
    const first = pagesOf(pages, area, permissions)[0]
    return first ? [{ ...entry, to: first.path }] : []
  })
}

/** The pages of an area that this person may see, in their order. */
export function pagesOf(pages: readonly PageRoute[], area: Area, permissions: readonly string[]): PageRoute[] {
  return pages
    .filter((page) => page.nav?.area === area && (!page.may || allows(permissions, page.may)))
    .sort((a, b) => (a.nav?.order ?? 0) - (b.nav?.order ?? 0))
}

/** Where somebody lands who may not see the overview. */
export function homeOf(pages: readonly PageRoute[], permissions: readonly string[]): string {
  return entriesOf([{ pages }], permissions).find((entry) => entry.to !== '/')?.to ?? '/settings'
}

/** Whether a place belongs to an entry: `/customers/12` to `/customers`. */
export function isWithin(entry: Entry, place: string): boolean {
  return entry.to === '/' ? place === '/' : place === entry.to || place.startsWith(`${entry.to}/`)
}
