import type { PageRoute, Panel } from '#web/page.ts'
import { talkColumns } from './talk-columns.tsx'

export const pages: readonly PageRoute[] = [
  {
    path: '/today',
    title: 'talks.today',
    nav: { area: 'today' },
    may: 'customers.read',
    load: async () => ({ default: (await import('./TodayPage.tsx')).TodayPage }),
  },
]

export const panels: readonly Panel[] = [
  {
    slot: 'customer',
    title: 'talks.title',
    order: 5,
    may: 'customers.read',
    load: async () => ({ default: (await import('./TalksPanel.tsx')).TalksPanel }),
  },
]

export const offers = { 'customers.columns': talkColumns }
