import type { CommandAction, PageRoute, Panel } from '#web/page.ts'
import { ClassNames } from './ClassNames.tsx'
import { listing } from './listing.tsx'
import { StandingHead } from './StandingHead.tsx'
import { TagPeople } from './TagPeople.tsx'

export const pages: readonly PageRoute[] = [
  {
    path: '/overview/turning',
    title: 'value.turning',
    nav: { area: 'overview', order: 40 },
    may: 'insight.read',
    load: () => import('./TurningPage.tsx'),
  },
  {
    path: '/settings/value',
    title: 'value.names',
    nav: { area: 'settings', order: 27, note: 'value.names_note' },
    may: 'lifecycle.edit',
    load: () => import('./ClassNamesPage.tsx'),
  },
  {
    path: '/overview/payback',
    title: 'value.payback',
    may: 'insight.read',
    load: () => import('./PaybackPage.tsx'),
  },
]

export const actions: readonly CommandAction[] = [
  { title: 'value.payback', to: '/overview/payback', may: 'insight.read' },
  { title: 'value.turning', to: '/overview/turning', may: 'insight.read' },
]

export const panels: readonly Panel[] = [
  {
    slot: 'customer',
    title: 'value.standing',
    order: 10,
    may: 'customers.read',
    load: () => import('./StandingPanel.tsx'),
  },
  { slot: 'overview', title: 'value.turning', order: 8, may: 'insight.read', load: () => import('./TurningPanel.tsx') },
  {
    slot: 'dashboard',
    key: 'migration',
    title: 'value.migration',
    order: 40,
    may: 'insight.read',
    load: () => import('./MigrationPanel.tsx'),
  },
  { slot: 'overview', title: 'value.title', order: 20, may: 'insight.read', load: () => import('./ValuePanel.tsx') },
]

export const offers = {
  'customers.head': StandingHead,
  'customers.listing': listing,
  'tags.people': TagPeople,
  'shell.names': ClassNames,
}
