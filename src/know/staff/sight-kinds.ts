import type { Level } from '#platform/context.ts'
import type { Role } from './roles.ts'

/** The kinds of people's data that a role is shown whole, masked or not at all. */
export const sightKinds = ['phone', 'email', 'address', 'birthday', 'notes'] as const
export type SightKind = (typeof sightKinds)[number]
export type Sight = Record<SightKind, Level>

/**
 * Before the owner decides. Marketers write to people, so they see how; assistants serve one person at a time, so they see
 * whole what the conversation needs and ask for a number when they call it; analysts need nobody in particular.
 */
export const sightDefaults: Record<Exclude<Role, 'owner'>, Sight> = {
  admin: { phone: 'full', email: 'full', address: 'full', birthday: 'full', notes: 'full' },
  marketer: { phone: 'full', email: 'full', address: 'reveal', birthday: 'full', notes: 'reveal' },
  assistant: { phone: 'reveal', email: 'reveal', address: 'reveal', birthday: 'full', notes: 'full' },
  analyst: { phone: 'masked', email: 'masked', address: 'masked', birthday: 'masked', notes: 'masked' },
}
