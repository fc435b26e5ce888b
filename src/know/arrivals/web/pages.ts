import type { PageRoute, Panel } from '#web/page.ts'
import { arrivalColumns } from './arrival-columns.tsx'

export const pages: readonly PageRoute[] = [
  {
    path: '/settings/sources',
    title: 'arrivals.ways',
    nav: { area: 'settings', order: 28, note: 'arrivals.ways_note' },
    may: 'record.edit',
    load: async () => ({ default: (await import('./WaysPage.tsx')).WaysPage }),
  },
]

export const panels: readonly Panel[] = [
  {
    slot: 'customer',
    title: 'arrivals.title',
    order: 24,
    may: 'customers.read',
    load: async () => ({ default: (await import('./ArrivalPanel.tsx')).ArrivalPanel }),
  },
]

export const offers = { 'customers.columns': arrivalColumns }
