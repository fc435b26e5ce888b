import type { CommandAction, PageRoute, Panel } from '#web/page.ts'
import { segmentChoice } from './segment-choice.tsx'

export const pages: readonly PageRoute[] = [
  {
    path: '/segments',
    title: 'segments.title',
    nav: { area: 'segments' },
    may: 'segments.read',
    load: async () => ({ default: (await import('./SegmentsPage.tsx')).SegmentsPage }),
  },
  {
    path: '/segments/new',
    title: 'segments.new',
    may: 'segments.edit',
    load: async () => ({ default: (await import('./SegmentPage.tsx')).NewSegmentPage }),
  },
  {
    path: '/segments/$id',
    title: 'segments.title',
    may: 'segments.read',
    load: async () => ({ default: (await import('./SegmentPage.tsx')).SegmentPage }),
  },
]

export const actions: readonly CommandAction[] = [{ title: 'segments.new', to: '/segments/new', may: 'segments.edit' }]

export const panels: readonly Panel[] = [
  {
    slot: 'customer',
    title: 'segments.title',
    order: 12,
    may: 'segments.read',
    load: async () => ({ default: (await import('./CustomerSegments.tsx')).CustomerSegments }),
  },
]

export const offers = { 'bulk.segments': segmentChoice }
