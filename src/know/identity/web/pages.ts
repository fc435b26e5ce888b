import type { PageRoute, Panel } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/settings/identity',
    title: 'identity.settings',
    nav: { area: 'settings', order: 24, note: 'identity.settings_note' },
    may: 'identity.edit',
    load: () => import('./RulesPage.tsx'),
  },
]

export const panels: readonly Panel[] = [
  {
    slot: 'customer',
    title: 'identity.panel',
    order: 90,
    may: 'customers.read',
    load: () => import('./IdentityPanel.tsx'),
  },
]
