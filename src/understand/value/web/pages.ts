import type { PageRoute, Panel } from '#web/page.ts'
import { listing } from './listing.tsx'
import { StandingHead } from './StandingHead.tsx'
import { TagPeople } from './TagPeople.tsx'

export const pages: readonly PageRoute[] = []

export const panels: readonly Panel[] = [
  {
    slot: 'customer',
    title: 'value.standing',
    order: 10,
    may: 'customers.read',
    load: () => import('./StandingPanel.tsx'),
  },
  { slot: 'overview', title: 'value.title', order: 20, may: 'insight.read', load: () => import('./ValuePanel.tsx') },
]

export const offers = { 'customers.head': StandingHead, 'customers.listing': listing, 'tags.people': TagPeople }
