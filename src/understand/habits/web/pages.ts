import type { CommandAction, PageRoute, Panel } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/overview/habits',
    title: 'habits.title',
    nav: { area: 'overview', order: 45 },
    may: 'insight.read',
    load: () => import('./DriftsPage.tsx'),
  },
]

export const actions: readonly CommandAction[] = [
  { title: 'habits.title', to: '/overview/habits', may: 'insight.read' },
]

export const panels: readonly Panel[] = [
  {
    slot: 'customer',
    title: 'habits.of_customer',
    order: 14,
    may: 'customers.read',
    load: () => import('./DriftsPanel.tsx'),
  },
]
