import type { PageRoute, Panel } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/settings/lifecycle',
    title: 'lifecycle.settings',
    nav: { area: 'settings', order: 25, note: 'lifecycle.settings_note' },
    may: 'lifecycle.edit',
    load: () => import('./ThresholdsPage.tsx'),
  },
]

export const panels: readonly Panel[] = [
  { slot: 'overview', title: 'lifecycle.flow', order: 10, may: 'insight.read', load: () => import('./StageFlow.tsx') },
]
