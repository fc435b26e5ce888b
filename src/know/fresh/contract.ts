import { z } from 'zod'
import { anyField, fieldKeys } from '#know/customers/contract.ts'
import { endpoint, shape } from '#platform/contract/index.ts'

/** What grows old: fields, own ones too, and how a person is reached. */
export const freshField = z.union([anyField, z.enum(['phone', 'email'])])
export type FreshField = z.infer<typeof freshField>
export const commonFields = ['phone', 'email', ...fieldKeys] as const

/** After how many months a value is asked about; null, or no entry: never. */
export const freshTerms = z.object({
  months: z.record(z.string().max(20), z.number().int().min(1).max(120).nullable()),
})
export type FreshTerms = z.infer<typeof freshTerms>

export const freshStates = ['fresh', 'old', 'bounced', 'invalid'] as const

export const freshness = z.object({
  field: freshField,
  /** When it was last said or confirmed. */
  at: z.string(),
  confirmed: z.boolean(),
  months: z.number().nullable(),
  /** old: past its term; bounced, invalid: known not to work since. */
  state: z.enum(freshStates),
})
export type Freshness = z.infer<typeof freshness>

const tag = 'Freshness'
const one = { id: shape.id, field: freshField }
const answer = z.object({ items: z.array(freshness) })

export const freshContract = {
  ofCustomer: endpoint({
    method: 'GET',
    path: '/customers/{id}/freshness',
    summary: 'How old what is known of a customer is, and what is known not to work any more',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ id: shape.id }),
    output: answer,
  }),
  confirm: endpoint({
    method: 'PUT',
    path: '/customers/{id}/freshness/{field}',
    summary: 'Say that a field still holds; what asked for it is done',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    input: z.object(one),
    output: answer,
  }),
  doubt: endpoint({
    method: 'DELETE',
    path: '/customers/{id}/freshness/{field}',
    summary:
      'Say that a phone, an address or another field does not work any more; saying it anew or confirming ends that',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    input: z.object(one),
    output: answer,
  }),
  terms: endpoint({
    method: 'GET',
    path: '/freshness/terms',
    summary: 'After how many months each field is asked about',
    tag,
    may: 'customers.read',
    scope: 'none',
    input: z.object({}),
    output: freshTerms.extend({ version: shape.version.or(z.literal(0)) }),
  }),
  saveTerms: endpoint({
    method: 'PUT',
    path: '/freshness/terms',
    summary: 'Change after how many months fields are asked about',
    tag,
    may: 'record.edit',
    scope: 'all',
    edit: true,
    input: freshTerms,
    output: freshTerms.extend({ version: shape.version }),
  }),
}
