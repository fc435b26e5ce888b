import type { CommandAction, PageRoute, Panel } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/settings/lifecycle',
    title: 'lifecycle.settings',
    nav: { area: 'settings', order: 25, note: 'lifecycle.settings_note' },
    may: 'lifecycle.edit',
    load: () => import('./ThresholdsPage.tsx'),
  },
  {
    path: '/overview/stages',
    title: 'lifecycle.stages_by_goods',
    may: 'insight.read',
    load: () => import('./GoodsStagesPage.tsx'),
  },
]

export const actions: readonly CommandAction[] = [
  { title: 'lifecycle.stages_by_goods', to: '/overview/stages', may: 'insight.read' },
]

export const panels: readonly Panel[] = [
  {
    slot: 'dashboard',
    key: 'flow',
    title: 'lifecycle.flow',
    order: 30,
    may: 'insight.read',
    load: () => import('./StageFlow.tsx'),
  },
  { slot: 'overview', title: 'lifecycle.life', order: 6, may: 'insight.read', load: () => import('./LifePanel.tsx') },
  { slot: 'overview', title: 'lifecycle.flow', order: 10, may: 'insight.read', load: () => import('./StageFlow.tsx') },
  {
    slot: 'customer',
    title: 'lifecycle.customer_goods',
    order: 12,
    may: 'customers.read',
    load: () => import('./CustomerGoods.tsx'),
  },
]
