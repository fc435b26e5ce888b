import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'
import { roles } from './roles.ts'

const role = z.enum(roles)
const nothing = z.object({})

/** Subject: the invite. All others: the member of staff. */
export const staffInvited = fact('staff.invited', z.object({ role }))
export const staffJoined = fact('staff.joined', z.object({ role }))
export const roleChanged = fact('staff.role_changed', z.object({ from: role, to: role }))
/** How many shops the person sees from now on; null: all. Whose customers, where not everybody's. */
export const scopeChanged = fact(
  'staff.scope_changed',
  z.object({ shops: z.int().nullable(), whose: z.enum(['all', 'team', 'own']).optional() }),
)
/** Subject: the team. */
export const teamMade = fact('staff.team_made', z.object({ members: z.array(z.int()) }))
export const teamChanged = fact('staff.team_changed', z.object({ members: z.array(z.int()) }))
export const teamRemoved = fact('staff.team_removed', nothing)
/** Without a subject: what each role is shown of people's data. */
export const sightChanged = fact('staff.sight_changed', z.record(z.string(), z.record(z.string(), z.string())))
export const staffDeactivated = fact('staff.deactivated', nothing)
export const staffReactivated = fact('staff.reactivated', nothing)
export const resetLinkMade = fact('staff.reset_link_made', nothing)
export const passwordChanged = fact('staff.password_changed', z.object({ by: z.enum(['self', 'reset']) }))

/** By whom a second factor was turned off: the person, or an owner for a lost phone. */
export const factorOn = fact('staff.factor_on', z.object({ again: z.boolean() }))
export const factorOff = fact('staff.factor_off', z.object({ by: z.enum(['self', 'colleague']) }))
export const recoveryCodesRenewed = fact('staff.recovery_codes_renewed', nothing)
/** How many are left. */
export const recoveryCodeUsed = fact('staff.recovery_code_used', z.object({ left: z.int() }))
/** Without a subject: what the merchant demands of everybody. */
export const rulesChanged = fact('staff.rules_changed', z.object({ requireFactor: z.boolean() }))

export const staffFacts = [
  staffInvited,
  staffJoined,
  roleChanged,
  scopeChanged,
  teamMade,
  teamChanged,
  teamRemoved,
  sightChanged,
  staffDeactivated,
  staffReactivated,
  resetLinkMade,
  passwordChanged,
  factorOn,
  factorOff,
  recoveryCodesRenewed,
  recoveryCodeUsed,
  rulesChanged,
]
