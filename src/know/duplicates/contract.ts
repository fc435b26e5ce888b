import { z } from 'zod'
import { customerRow } from '#know/customers/contract.ts'
import { endpoint, ofPerson, shape } from '#platform/contract/index.ts'

/** What is compared of two people. */
export const reasonFields = [
  'given',
  'family',
  'name',
  'birth',
  'gender',
  'phone',
  'email',
  'number',
  'street',
  'quarter',
  'address',
  'postcode',
  'district',
  'city',
  'province',
] as const

/** How alike it is, from the same to other. */
export const likenesses = [
  'same',
  'reads',
  'mailbox',
  'monthDay',
  'near',
  'far',
  'short',
  'otherYear',
  'exchanged',
  'other',
] as const

/** `bits`: how much that is for one person (above 0) or against, each bit doubling the odds. The values are not told here. */
export const reason = z.object({ field: z.enum(reasonFields), how: z.enum(likenesses), bits: z.number() })
export type Reason = z.infer<typeof reason>

/** What identity proposed and did not dare: an identifier that both have, and why it does not tie them by itself. */
export const proposal = z.object({
  kind: z.string(),
  why: z.enum(['weak', 'crowded', 'contradicted', 'apart']),
})
export type Proposal = z.infer<typeof proposal>

/** One of the two, with everything it is compared by; masked like elsewhere. */
export const side = customerRow.extend({
  phones: ofPerson('duplicates', z.array(z.string())),
  emails: ofPerson('duplicates', z.array(z.string())),
  /** Names of the sources that know the person. */
  sources: z.array(z.string()),
})
export type Side = z.infer<typeof side>

export const suggestion = z.object({
  id: shape.id,
  /** Of being one person, 0 to 1. Null: proposed, and not compared yet. */
  probability: z.number().nullable(),
  reasons: z.array(reason),
  /** By which identifiers it was proposed; empty: found by likeness alone. */
  proposed: z.array(proposal),
  state: z.enum(['open', 'accepted', 'refused']),
  foundAt: z.string(),
  /** Two who are one by now are both the same. */
  one: side,
  other: side,
  decidedAt: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedByName: z.string().nullable(),
})
export type Suggestion = z.infer<typeof suggestion>

export const scan = z.object({
  id: shape.id,
  /** all: everybody; changed: those who changed since the last. */
  kind: z.enum(['all', 'changed']),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  step: z.enum(['reading', 'learning', 'comparing', 'writing']).nullable(),
  done: z.number(),
  of: z.number(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  people: z.number().nullable(),
  found: z.number().nullable(),
})
export type Scan = z.infer<typeof scan>

const tag = 'Duplicates'
const one = z.object({ id: shape.id })

export const duplicatesContract = {
  list: endpoint({
    method: 'GET',
    path: '/duplicates',
    summary: 'Pairs of customers who may be the same person, the likeliest first; or those decided, newest first',
    description: 'Only pairs of which both are yours to see.',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ state: z.enum(['open', 'decided']).default('open'), ...shape.pageInput }),
    output: shape.pageOf(suggestion),
  }),
  count: endpoint({
    method: 'GET',
    path: '/duplicates/count',
    summary: 'How many pairs wait for a decision; counted up to 1,000',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({}),
    output: z.object({ open: z.number() }),
  }),
  accept: endpoint({
    method: 'POST',
    path: '/duplicates/{id}/acceptance',
    summary: 'They are one person: merge them; can be undone',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    input: one,
    output: z.object({ customerId: z.number() }),
  }),
  refuse: endpoint({
    method: 'POST',
    path: '/duplicates/{id}/refusal',
    summary: 'They are not the same person: nothing ties or suggests them again',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    input: one,
    output: z.object({}),
  }),
  undo: endpoint({
    method: 'POST',
    path: '/duplicates/{id}/undos',
    summary: 'Take a decision back: the pair is open again',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    input: one,
    output: z.object({}),
  }),
  scan: endpoint({
    method: 'GET',
    path: '/duplicate-scans/latest',
    summary: 'The last look through the customers: under way or ended',
    tag,
    may: 'customers.read',
    scope: 'none',
    input: z.object({}),
    output: z.object({ scan: scan.nullable() }),
  }),
  askScan: endpoint({
    method: 'POST',
    path: '/duplicate-scans',
    summary: 'Look through all customers now, not only tonight',
    tag,
    may: 'customers.edit',
    scope: 'all',
    rate: 'heavy',
    status: 202,
    input: z.object({}),
    output: z.object({}),
  }),
  cancelScan: endpoint({
    method: 'DELETE',
    path: '/duplicate-scans/{id}',
    summary: 'End a look that is under way; what was found before stays',
    tag,
    may: 'customers.edit',
    scope: 'all',
    input: one,
    output: z.object({}),
  }),
}
