import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'

/** People who look after customers together. Members whose scope is their team see the customers of all of them. */
export const teamShape = z.object({
  id: z.int(),
  name: z.string(),
  leadId: z.int().nullable().describe('a member; sees the team’s customers, whatever the own scope'),
  memberIds: z.array(z.int()),
  version: shape.version,
})
export type Team = z.infer<typeof teamShape>

const team = {
  name: shape.text(60),
  leadId: shape.id.nullable().default(null),
  memberIds: z.array(shape.id).max(500),
}
const byId = z.object({ id: shape.id })
const manage = { tag: 'Staff', may: 'staff.manage', scope: 'all', once: false } as const

export const teamsContract = {
  teams: endpoint({
    ...manage,
    method: 'GET',
    path: '/teams',
    summary: 'The teams, by name',
    input: z.object({}),
    output: z.object({ items: z.array(teamShape) }),
  }),
  addTeam: endpoint({
    ...manage,
    method: 'POST',
    path: '/teams',
    summary: 'Make a team',
    proof: true,
    status: 201,
    input: z.object(team),
    output: teamShape,
  }),
  editTeam: endpoint({
    ...manage,
    method: 'PUT',
    path: '/teams/{id}',
    summary: 'Change a team: its name, lead and members as a whole',
    edit: true,
    proof: true,
    input: byId.extend(team),
    output: teamShape,
  }),
  removeTeam: endpoint({
    ...manage,
    method: 'DELETE',
    path: '/teams/{id}',
    summary: 'Remove a team; its members see their own customers alone, where their scope is the team',
    proof: true,
    input: byId,
    output: z.object({}),
  }),
}
