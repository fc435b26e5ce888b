import { z } from 'zod'
import { outcomes } from '#platform/audit/outcomes.ts'
import { endpoint, ofPerson, shape } from '#platform/contract/index.ts'

export { type Outcome, outcomes } from '#platform/audit/outcomes.ts'

/** What one entry of the audit log says. Personal values stand in it masked, or as marks that only the house's key makes. */
export const auditEntry = z.object({
  id: z.int(),
  at: z.iso.datetime().describe('machine time'),
  actor: ofPerson('audit', z.string()).describe('staff:12, key:4, system, nobody'),
  actorName: z.string().nullable(),
  ip: z.string().nullable(),
  action: z.string(),
  outcome: z.enum(outcomes),
  object: z.string().nullable(),
  objectId: z.string().nullable(),
  times: z.int().describe('the same within a minute, together'),
  rows: z.int().nullable().describe('people or rows shown or written'),
  reason: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  shown: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('masked values; null where there are none or the person was erased'),
  number: z.int().nullable().describe('its place in the chain; null: not sealed yet'),
})
export type AuditEntry = z.infer<typeof auditEntry>

/** Which entries; days are those of the shop's zone. */
export const auditFilter = {
  actor: z.string().max(40).optional().describe('staff:12'),
  action: z.string().max(80).optional().describe('customers.reveal, or a module: customers'),
  outcome: z.enum(outcomes).optional(),
  object: z.string().max(40).optional(),
  objectId: z.string().max(40).optional(),
  from: shape.day.optional(),
  to: shape.day.optional(),
}
export type AuditFilter = z.infer<z.ZodObject<typeof auditFilter>>

const verified = z.object({
  ok: z.boolean(),
  sealed: z.int(),
  unsealed: z.int(),
  unsealedSeconds: z.int(),
  anchor: z.object({ number: z.int(), hash: z.string(), at: z.iso.datetime() }).nullable(),
  broken: z.object({ number: z.int(), entryId: z.int().nullable(), why: z.string() }).nullable(),
})

const read = { tag: 'Audit', may: 'audit.read', scope: 'all' } as const

export const auditContract = {
  list: endpoint({
    ...read,
    method: 'GET',
    path: '/audit',
    summary: 'Who did what and who looked, newest first',
    input: z.object({ ...auditFilter, ...shape.pageInput }),
    output: shape.pageOf(auditEntry),
  }),
  actions: endpoint({
    ...read,
    method: 'GET',
    path: '/audit/actions',
    summary: 'The actions that the log knows',
    input: z.object({}),
    output: z.object({ items: z.array(z.string()) }),
  }),
  verify: endpoint({
    ...read,
    method: 'POST',
    path: '/audit/verifications',
    summary: 'Recompute the chain of the newest entries',
    description: 'The whole chain, and against an anchor noted earlier: `regulars audit verify`.',
    rate: 'heavy',
    once: false,
    input: z.object({ last: z.int().min(1).max(50_000).default(20_000) }),
    output: verified,
  }),
}
