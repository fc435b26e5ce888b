import type { PageRoute, Panel } from '#web/page.ts'

export const pages: readonly PageRoute[] = []

export const panels: readonly Panel[] = [
  {
    slot: 'segment',
    title: 'membership.title',
    order: 10,
    may: 'segments.read',
    load: () => import('./MembershipPanel.tsx'),
  },
]
