import type { PageRoute, Panel } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/settings/consent',
    title: 'consent.rules_title',
    nav: { area: 'settings', order: 42, note: 'consent.rules_note' },
    may: 'privacy.manage',
    load: async () => ({ default: (await import('./ConsentRulesPage.tsx')).ConsentRulesPage }),
  },
]

export const panels: readonly Panel[] = [
  {
    slot: 'customer',
    title: 'consent.title',
    order: 60,
    may: 'customers.read',
    load: () => import('./ConsentPanel.tsx'),
  },
]
