import { lazy } from 'react'
import type { CommandAction, PageRoute } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/customers/duplicates',
    title: 'duplicates.title',
    may: 'customers.read',
    load: async () => ({ default: (await import('./DuplicatesPage.tsx')).DuplicatesPage }),
  },
]

export const actions: readonly CommandAction[] = [
  { title: 'duplicates.title', to: '/customers/duplicates', may: 'customers.read' },
]

/** A line above the list of customers, while pairs wait. */
export const offers = {
  'customers.waiting': lazy(async () => ({ default: (await import('./WaitingLine.tsx')).WaitingLine })),
}
