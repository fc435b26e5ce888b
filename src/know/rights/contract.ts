import { z } from 'zod'
import { endpoint, ofPerson, shape } from '#platform/contract/index.ts'

export const laws = ['pipl', 'gdpr', 'other'] as const
export type Law = (typeof laws)[number]
export const kinds = ['export', 'erase'] as const
export const cameBy = ['counter', 'phone', 'message', 'email', 'post'] as const
/** Why a request is not done. Each is told to the person, with the right to complain. */
export const refusals = ['not_proven', 'law_keeps', 'claim_open', 'excessive', 'withdrawn'] as const

/** How long there is for an answer, by law. */
export const rightsRules = z.strictObject({
  /** Which one is meant where nobody says. */
  law: z.enum(laws),
  piplWorkingDays: z.number().int().min(1).max(60),
  gdprMonths: z.number().int().min(1).max(3),
  otherDays: z.number().int().min(1).max(120),
})
export type RightsRules = z.infer<typeof rightsRules>

export const privacyRequest = z.object({
  id: shape.id,
  kind: z.enum(kinds),
  law: z.enum(laws),
  customerId: z.number(),
  /** What the person is called, while known. */
  customer: ofPerson('customers', z.string().nullable()),
  cameBy: z.enum([...cameBy, 'command']),
  askedOn: shape.day,
  dueOn: shape.day,
  note: z.string().nullable(),
  state: z.enum(['open', 'erasing', 'done', 'refused']),
  refusal: z.enum(refusals).nullable(),
  answer: z.string().nullable(),
  /** Of an erasure: how many of its steps are done. */
  steps: z.number(),
  /** Rows that were told or forgotten, by table. */
  summary: z.record(z.string(), z.number()),
  /** Why the last try of an erasure stopped; it is tried again by itself. */
  failure: z.string().nullable(),
  actorName: z.string().nullable(),
  createdAt: z.string(),
  decidedAt: z.string().nullable(),
  doneAt: z.string().nullable(),
  version: shape.version,
})
export type PrivacyRequest = z.infer<typeof privacyRequest>

const tag = 'Privacy requests'
const manage = { tag, may: 'privacy.manage', scope: 'all' } as const
const one = z.object({ id: shape.id })
const rules = z.object({ rules: rightsRules, version: z.number() })

export const rightsContract = {
  list: endpoint({
    ...manage,
    method: 'GET',
    path: '/privacy-requests',
    summary: 'What people asked for by law: what is open first, by the day it is due, then the newest',
    input: z.object({ ...shape.pageInput, of: z.enum(['open', 'closed']).default('open') }),
    output: shape.pageOf(privacyRequest),
  }),
  get: endpoint({
    ...manage,
    method: 'GET',
    path: '/privacy-requests/{id}',
    summary: 'One request',
    input: one,
    output: privacyRequest,
  }),
  add: endpoint({
    ...manage,
    method: 'POST',
    path: '/privacy-requests',
    summary: 'Note that a customer asked for the own data, or to be erased',
    status: 201,
    input: z.object({
      customerId: shape.id,
      kind: z.enum(kinds),
      law: z.enum(laws).optional(),
      cameBy: z.enum(cameBy),
      askedOn: shape.day.optional(),
      note: shape.text(500).optional(),
    }),
    output: privacyRequest,
  }),
  refuse: endpoint({
    ...manage,
    method: 'PUT',
    path: '/privacy-requests/{id}/refusal',
    summary: 'Say why a request is not done',
    proof: true,
    edit: true,
    input: z.object({ id: shape.id, refusal: z.enum(refusals), answer: shape.text(1000) }),
    output: privacyRequest,
  }),
  erase: endpoint({
    ...manage,
    method: 'POST',
    path: '/privacy-requests/{id}/erasure',
    summary: 'Erase the person from the records, the columns and the files; it cannot be taken back',
    rate: 'heavy',
    proof: true,
    edit: true,
    once: false,
    status: 202,
    input: one,
    output: privacyRequest,
  }),
  rules: endpoint({
    ...manage,
    method: 'GET',
    path: '/privacy-rules',
    summary: 'How long there is for an answer',
    input: z.object({}),
    output: rules,
  }),
  saveRules: endpoint({
    ...manage,
    method: 'PUT',
    path: '/privacy-rules',
    summary: 'Change how long there is for an answer',
    proof: true,
    input: rules,
    output: rules,
  }),
}
