import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'

const tag = 'Staff'
/** Proof: whoever finds a browser open cannot put an own phone in the place of hers. */
const own = { tag, may: 'self', scope: 'none', once: false } as const
const instant = z.iso.datetime()
const nothing = z.object({})
/** Six digits, or a recovery code. */
const code = z.string().trim().min(6).max(40)

const myFactorShape = z.object({
  onSince: instant.nullable().describe('null: off'),
  recoveryCodesLeft: z.int(),
  required: z.boolean().describe('whether everybody here must have one'),
})
const newFactorShape = z.object({
  secret: z.string().describe('base32, to type into an authenticator app'),
  address: z.string().describe('otpauth://, as a QR code for the app'),
})
const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()).describe('shown only now; each good once') })
const rulesShape = z.object({ requireFactor: z.boolean() })

export type MyFactor = z.infer<typeof myFactorShape>
export type NewFactor = z.infer<typeof newFactorShape>

/** The person's own second factor. */
export const ownFactor = {
  myFactor: endpoint({
    ...own,
    method: 'GET',
    path: '/me/factor',
    summary: 'Whether you have a second factor',
    input: nothing,
    output: myFactorShape,
  }),
  beginFactor: endpoint({
    ...own,
    method: 'POST',
    path: '/me/factor',
    summary: 'Make a secret for your authenticator app; it counts once confirmed by a code, within an hour',
    proof: true,
    input: nothing,
    output: newFactorShape,
  }),
  confirmFactor: endpoint({
    ...own,
    method: 'PUT',
    path: '/me/factor',
    summary: 'Turn two-factor sign-in on by a code of the app',
    rate: 'guess',
    proof: true,
    input: z.object({ code }),
    output: recoveryCodes,
  }),
  renewRecoveryCodes: endpoint({
    ...own,
    method: 'POST',
    path: '/me/recovery-codes',
    summary: 'Ten new recovery codes; the old ones end',
    rate: 'heavy',
    proof: true,
    input: nothing,
    output: recoveryCodes,
  }),
  turnOffFactor: endpoint({
    ...own,
    method: 'POST',
    path: '/me/factor/removal',
    summary: 'Turn two-factor sign-in off, by the password',
    rate: 'guess',
    input: z.object({ password: z.string().min(1).max(1000) }),
    output: nothing,
  }),
}

/** What the house demands, and help for who lost a phone. */
export const housesFactor = {
  rules: endpoint({
    tag,
    may: 'staff.manage',
    scope: 'all',
    method: 'GET',
    path: '/staff/rules',
    summary: 'What is demanded of everybody’s sign-in',
    input: nothing,
    output: rulesShape.extend({ version: z.int().min(0) }),
  }),
  saveRules: endpoint({
    tag,
    may: 'staff.manage',
    scope: 'all',
    method: 'PUT',
    path: '/staff/rules',
    summary: 'Demand two-factor sign-in of everybody, or no longer',
    description: 'If-Match is the version read; 0 before the first save. Who has none sets it up at the next sign-in.',
    edit: true,
    proof: true,
    input: rulesShape,
    output: rulesShape.extend({ version: z.int().min(0) }),
  }),
  resetFactor: endpoint({
    tag,
    may: 'staff.owners',
    scope: 'all',
    method: 'DELETE',
    path: '/staff/{id}/factor',
    summary: 'Take away the second factor of a colleague who lost it; ends the sessions',
    proof: true,
    input: z.object({ id: shape.id }),
    output: nothing,
  }),
}
