import { z } from 'zod'
import { levels } from '#platform/context.ts'
import { type Role, roles } from './roles.ts'
import { type Sight, sightKinds } from './sight-kinds.ts'

const ofRole = z.strictObject(
  Object.fromEntries(sightKinds.map((kind) => [kind, z.enum(levels)])),
) as unknown as z.ZodType<Sight>

/** How much of people's data each role is shown; owners see all. */
export const sightShape = z.strictObject(
  Object.fromEntries(roles.filter((role) => role !== 'owner').map((role) => [role, ofRole])),
) as unknown as z.ZodType<SightOfRoles>
export type SightOfRoles = Record<Exclude<Role, 'owner'>, Sight>
