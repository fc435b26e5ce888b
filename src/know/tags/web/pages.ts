import type { PageRoute, Panel } from '#web/page.ts'
import { tagColumns } from './tag-columns.tsx'

export const pages: readonly PageRoute[] = [
  {
    path: '/settings/tags',
    title: 'tags.title',
    nav: { area: 'settings', order: 26, note: 'tags.note' },
    may: 'customers.read',
    load: async () => ({ default: (await import('./TagsPage.tsx')).TagsPage }),
  },
  {
    path: '/settings/tags/$id',
    title: 'tags.title',
    may: 'record.edit',
    load: async () => ({ default: (await import('./TagPage.tsx')).TagPage }),
  },
]

export const panels: readonly Panel[] = [
  {
    slot: 'customer',
    title: 'tags.title',
    order: 3,
    may: 'customers.read',
    load: async () => ({ default: (await import('./TagsPanel.tsx')).TagsPanel }),
  },
]

export const offers = { 'customers.columns': tagColumns }
