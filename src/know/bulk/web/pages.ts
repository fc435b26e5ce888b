import { lazy } from 'react'
import type { CommandAction, PageRoute } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/bulk',
    title: 'bulk.title',
    may: 'customers.bulk',
    load: async () => ({ default: (await import('./BulkActsPage.tsx')).BulkActsPage }),
  },
  {
    path: '/bulk/$id',
    title: 'bulk.act',
    may: 'customers.bulk',
    load: async () => ({ default: (await import('./BulkActPage.tsx')).BulkActPage }),
  },
]

export const actions: readonly CommandAction[] = [{ title: 'bulk.title', to: '/bulk', may: 'customers.bulk' }]

export const offers = {
  'customers.many': lazy(async () => ({ default: (await import('./ChangeMany.tsx')).ChangeMany })),
}
