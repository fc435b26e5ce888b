import { z } from 'zod'
import { merchantInput, merchantShape } from '#know/shops/contract.ts'
import { levels } from '#platform/context.ts'
import { endpoint, shape } from '#platform/contract/index.ts'
import { type Role, roles } from './roles.ts'
import { housesFactor, ownFactor } from './second-factor/contract.ts'
import { sightShape } from './sight-shape.ts'
import { teamsContract } from './teams/contract.ts'

export type { MyFactor, NewFactor } from './second-factor/contract.ts'
export { type Sight, type SightKind, sightDefaults, sightKinds } from './sight-kinds.ts'
export type { Team } from './teams/contract.ts'
export { type Role, roles }

/** Characters of a password (ASVS 5, 6.2.1 and 6.2.9). */
export const shortest = 12
export const longest = 128

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .regex(/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]{2,}$/, 'invalid_email')
const password = z.string().min(1).max(1000).describe('12 to 128 characters, not a common one')
const token = z.string().min(20).max(200).describe('of the link’s #fragment')
const role = z.enum(roles)
const scopeShopIds = z.array(shape.id).min(1).max(1000).nullable().describe('null: all shops')
const whose = z
  .enum(['all', 'team', 'own'])
  .describe('whose customers the person sees: everybody’s, those of the team, the own')
export type Whose = z.infer<typeof whose>
const instant = z.iso.datetime()
const nothing = z.object({})

export const staffShape = z.object({
  id: z.int(),
  name: z.string(),
  email: z.string(),
  role,
  locale: shape.locale,
  scopeShopIds: z.array(z.int()).nullable(),
  whose,
  active: z.boolean(),
  secondFactor: z.boolean(),
  lastSeenAt: instant.nullable(),
  version: shape.version,
})

export const inviteShape = z.object({
  id: z.int(),
  name: z.string(),
  email: z.string(),
  role,
  scopeShopIds: z.array(z.int()).nullable(),
  whose,
  expiresAt: instant,
  expired: z.boolean(),
})

/** A link to hand over. It is shown once: only a hash of its token is kept. */
export const linkShape = z.object({
  address: z.string().describe('to put behind the address of this installation; carries the token in its #fragment'),
  expiresAt: instant,
})

export const sessionShape = z.object({
  setUp: z.boolean().describe('whether this installation has an owner'),
  staff: staffShape
    .omit({ active: true, lastSeenAt: true })
    .extend({
      permissions: z.array(z.string()),
      sight: z.record(z.string(), z.enum(levels)).describe('how kinds of people’s data are shown to you; others: full'),
      factorDue: z.boolean().describe('must set up a second factor before anything else'),
    })
    .optional(),
  secondStep: z
    .object({ token: z.string(), expiresAt: instant })
    .optional()
    .describe('the password was right; the sign-in goes on with a code and this token'),
  recoveryCodesLeft: z.int().optional().describe('after a sign-in by one of them'),
  merchant: merchantShape.optional(),
})

export const deviceShape = z.object({
  id: z.int(),
  current: z.boolean(),
  browser: z.string().describe('empty where unknown'),
  system: z.string().describe('empty where unknown'),
  ip: z.string(),
  beganAt: instant,
  lastSeenAt: instant,
})

export type Staff = z.infer<typeof staffShape>
export type Invite = z.infer<typeof inviteShape>
export type HandedLink = z.infer<typeof linkShape>
export type Session = z.infer<typeof sessionShape>
export type Device = z.infer<typeof deviceShape>

const tag = 'Staff'
/** None is `once`: a repeated call is harmless, and a stored answer would keep secrets. */
const open = { tag, may: 'open', scope: 'none', once: false } as const
const own = { tag, may: 'self', scope: 'none', once: false } as const
/** Only for those who see all shops: else a manager of one shop could give himself the others. */
const manage = { tag, may: 'staff.manage', scope: 'all', once: false } as const
const byId = z.object({ id: shape.id })

export const staffContract = {
  session: endpoint({
    ...open,
    method: 'GET',
    path: '/session',
    summary: 'Who is signed in, and whether this installation is set up',
    input: nothing,
    output: sessionShape,
  }),
  setUp: endpoint({
    ...open,
    method: 'POST',
    path: '/setup',
    summary: 'Make the owner, the merchant and the first shop; once',
    rate: 'guess',
    status: 201,
    input: z.object({
      token,
      owner: z.object({ name: shape.text(60), email, password, locale: shape.locale }),
      merchant: z.object(merchantInput),
      shop: z.object({ name: shape.text(80) }),
    }),
    output: sessionShape,
  }),
  signIn: endpoint({
    ...open,
    method: 'POST',
    path: '/session',
    summary: 'Sign in; sets the session cookie, or asks for the second step',
    rate: 'guess',
    input: z.object({ email, password }),
    output: sessionShape,
  }),
  secondStep: endpoint({
    ...open,
    method: 'POST',
    path: '/session/second-step',
    summary: 'End a sign-in with a code of the authenticator app or a recovery code; sets the session cookie',
    rate: 'guess',
    input: z.object({ token, code: z.string().trim().min(6).max(40) }),
    output: sessionShape,
  }),
  prove: endpoint({
    ...own,
    method: 'POST',
    path: '/session/proof',
    summary: 'Give your password once more; counts for 15 minutes for what asks for it',
    rate: 'guess',
    input: z.object({ password }),
    output: nothing,
  }),
  signOut: endpoint({
    ...open,
    method: 'DELETE',
    path: '/session',
    summary: 'Sign out',
    input: nothing,
    output: nothing,
  }),

  sessions: endpoint({
    ...own,
    method: 'GET',
    path: '/sessions',
    summary: 'Where you are signed in',
    input: nothing,
    output: z.object({ items: z.array(deviceShape) }),
  }),
  endSession: endpoint({
    ...own,
    method: 'DELETE',
    path: '/sessions/{id}',
    summary: 'End one of your sessions',
    input: byId,
    output: nothing,
  }),
  endOtherSessions: endpoint({
    ...own,
    method: 'DELETE',
    path: '/sessions',
    summary: 'End all your sessions but this one',
    input: nothing,
    output: z.object({ ended: z.int() }),
  }),
  editMe: endpoint({
    ...own,
    method: 'PATCH',
    path: '/me',
    summary: 'Change your name or language',
    description: 'Without If-Match: it is your own, and the last choice holds.',
    input: z.object({ name: shape.text(60).optional(), locale: shape.locale.optional() }),
    output: sessionShape,
  }),
  changePassword: endpoint({
    ...own,
    method: 'PUT',
    path: '/me/password',
    summary: 'Change your password; ends your other sessions',
    rate: 'guess',
    input: z.object({ current: password, password }),
    output: nothing,
  }),
  ...ownFactor,

  names: endpoint({
    ...own,
    method: 'GET',
    path: '/staff/names',
    summary: 'Who is behind `staff:12`, former staff included',
    input: nothing,
    output: z.object({ items: z.array(z.object({ id: z.int(), name: z.string(), active: z.boolean() })) }),
  }),
  list: endpoint({
    ...manage,
    method: 'GET',
    path: '/staff',
    summary: 'The staff, and the invites that are not used yet',
    input: nothing,
    output: z.object({ items: z.array(staffShape), invites: z.array(inviteShape) }),
  }),
  invite: endpoint({
    ...manage,
    method: 'POST',
    path: '/staff/invites',
    summary: 'Make a link with which a person joins; replaces an earlier one for the same e-mail address',
    proof: true,
    status: 201,
    input: z.object({
      name: shape.text(60),
      email,
      role,
      scopeShopIds: scopeShopIds.default(null),
      whose: whose.default('all'),
    }),
    output: linkShape,
  }),
  withdrawInvite: endpoint({
    ...manage,
    method: 'DELETE',
    path: '/staff/invites/{id}',
    summary: 'Withdraw an invite',
    input: byId,
    output: nothing,
  }),
  resetLink: endpoint({
    ...manage,
    method: 'POST',
    path: '/staff/{id}/reset-links',
    summary: 'Make a link with which a person chooses a new password; replaces an earlier one',
    proof: true,
    status: 201,
    input: byId,
    output: linkShape,
  }),
  edit: endpoint({
    ...manage,
    method: 'PATCH',
    path: '/staff/{id}',
    summary: 'Change role and scope of a person',
    edit: true,
    proof: true,
    input: z.object({
      id: shape.id,
      role: role.optional(),
      scopeShopIds: scopeShopIds.optional(),
      whose: whose.optional(),
    }),
    output: staffShape,
  }),
  deactivate: endpoint({
    ...manage,
    method: 'POST',
    path: '/staff/{id}/deactivation',
    summary: 'Deactivate a person: ends the sessions and open links',
    input: byId,
    output: staffShape,
  }),
  reactivate: endpoint({
    ...manage,
    method: 'DELETE',
    path: '/staff/{id}/deactivation',
    summary: 'Let a deactivated person sign in again',
    proof: true,
    input: byId,
    output: staffShape,
  }),
  ...housesFactor,
  ...teamsContract,
  sight: endpoint({
    ...manage,
    method: 'GET',
    path: '/staff/sight',
    summary: 'How much of people’s data each role is shown',
    input: nothing,
    output: z.object({ roles: sightShape, version: z.int().min(0) }),
  }),
  saveSight: endpoint({
    ...manage,
    may: 'staff.owners',
    method: 'PUT',
    path: '/staff/sight',
    summary: 'Change how much of people’s data each role is shown',
    description: 'If-Match is the version read; 0 before the first save. Owners see all.',
    edit: true,
    proof: true,
    input: z.object({ roles: sightShape }),
    output: z.object({ roles: sightShape, version: z.int().min(0) }),
  }),

  readLink: endpoint({
    ...open,
    method: 'POST',
    path: '/links/lookups',
    summary: 'What a link is for; the token is in the body, so that no log sees it',
    rate: 'guess',
    input: z.object({ token }),
    output: z.object({
      kind: z.enum(['invite', 'reset', 'set_up']),
      name: z.string(),
      email: z.string(),
      role: role.nullable(),
      expiresAt: instant.nullable(),
    }),
  }),
  useLink: endpoint({
    ...open,
    method: 'POST',
    path: '/links/uses',
    summary: 'Join by an invite, or choose a new password; signs in',
    rate: 'guess',
    input: z.object({
      token,
      password,
      name: shape.text(60).optional().describe('of an invite: as the person writes it'),
      locale: shape.locale.optional(),
    }),
    output: sessionShape,
  }),
}
