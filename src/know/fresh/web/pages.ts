import { lazy } from 'react'
import type { PageRoute } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/settings/freshness',
    title: 'fresh.title',
    nav: { area: 'settings', order: 37, note: 'fresh.note' },
    may: 'record.edit',
    load: async () => ({ default: (await import('./FreshPage.tsx')).FreshPage }),
  },
]

export const offers = {
  'customers.field_mark': lazy(async () => ({ default: (await import('./FreshMark.tsx')).FreshMark })),
}
