import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'

/** What a page shows at one place: a saved report, or one of the house's own pictures by its key. */
export const shown = z.discriminatedUnion('show', [
  z.object({ show: z.literal('report'), reportId: shape.id, wide: z.boolean().default(false) }),
  z.object({
    show: z.literal('picture'),
    picture: z.string().regex(/^[a-z]{1,30}$/),
    wide: z.boolean().default(false),
  }),
])
export type Shown = z.infer<typeof shown>

/** In the order of reading. */
const shows = z.array(shown).max(24)

export const dashboard = z.object({
  id: shape.id,
  name: z.string(),
  note: z.string().nullable(),
  shows,
  ownerId: shape.id.nullable(),
  changedAt: z.string(),
  version: shape.version,
})
export type Dashboard = z.infer<typeof dashboard>

const tag = 'Dashboards'
const one = z.object({ id: shape.id })

export const dashboardsContract = {
  list: endpoint({
    method: 'GET',
    path: '/dashboards',
    summary: 'The pages of several numbers that were saved, by name',
    tag,
    may: 'insight.read',
    scope: 'none',
    input: z.object({}),
    output: z.object({ items: z.array(dashboard) }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/dashboards/{id}',
    summary: 'A page of several numbers',
    tag,
    may: 'insight.read',
    scope: 'none',
    input: one,
    output: dashboard,
  }),
  add: endpoint({
    method: 'POST',
    path: '/dashboards',
    summary: 'Save a page of several numbers',
    tag,
    may: 'reports.edit',
    scope: 'none',
    status: 201,
    input: z.object({ name: shape.text(80), note: shape.text(500).optional(), ownerId: shape.id.optional(), shows }),
    output: dashboard,
  }),
  edit: endpoint({
    method: 'PATCH',
    path: '/dashboards/{id}',
    summary: 'Change a page of several numbers: its name, what it shows, in which order',
    tag,
    may: 'reports.edit',
    scope: 'none',
    edit: true,
    input: z.object({
      id: shape.id,
      name: shape.text(80).optional(),
      note: shape.text(500).nullable().optional(),
      ownerId: shape.id.nullable().optional(),
      shows: shows.optional(),
    }),
    output: dashboard,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/dashboards/{id}',
    summary: 'Delete a page of several numbers; the reports on it stay',
    tag,
    may: 'reports.edit',
    scope: 'none',
    input: one,
    output: z.object({}),
  }),
}
