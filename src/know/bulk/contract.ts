import { z } from 'zod'
import { customerRow } from '#know/customers/contract.ts'
import { ownKey } from '#know/fields/contract.ts'
import { givenManner } from '#know/manners/contract.ts'
import { endpoint, shape } from '#platform/contract/index.ts'

const reason = shape.text(300).optional()

/** What is done to everybody on a list. */
export const bulkDo = z.discriminatedUnion('do', [
  z.object({ do: z.literal('tag'), tagId: shape.id, reason, until: shape.day.optional() }),
  z.object({ do: z.literal('untag'), tagId: shape.id, reason }),
  /** A field of the shop's own; null: staff say nothing of it any more. */
  z.object({ do: z.literal('field'), field: ownKey, value: z.unknown() }),
  z.object({ do: z.literal('owner'), ownerId: shape.id.nullable(), note: reason }),
  givenManner.extend({ do: z.literal('manner') }),
  /** For a segment by hand, or kept out of it. */
  z.object({
    do: z.literal('pick'),
    segmentId: shape.id,
    how: z.enum(['in', 'out']),
    reason: shape.text(300),
    until: shape.day.optional(),
  }),
])
export type BulkDo = z.output<typeof bulkDo>

export const bulkActs = ['tag', 'untag', 'field', 'owner', 'manner', 'pick'] as const

/** Whom: chosen ones, or all whom a question of `POST /customers/query` finds; without either all whom one sees. */
export const bulkWhom = z.object({ ids: z.array(shape.id).min(1).max(10_000).optional(), list: z.unknown().optional() })
export type BulkWhom = z.output<typeof bulkWhom>

// waiting → running → done | stopped | failed; stopped, failed → waiting again; waiting, done, stopped, failed → undoing → undone.
export const bulkStates = ['waiting', 'running', 'done', 'stopped', 'failed', 'undoing', 'undone'] as const

export const bulkAct = z.object({
  id: shape.id,
  act: z.object({ do: z.enum(bulkActs) }).loose(),
  actorName: z.string().nullable(),
  state: z.enum(bulkStates),
  askedAt: z.string(),
  endedAt: z.string().nullable(),
  /** How many the list holds; null while they are being found. */
  total: z.number().nullable(),
  /** How many it came to, and at how many it changed anything; the others were so already. */
  done: z.number(),
  changed: z.number(),
  /** Of those taken back, and left because somebody changed it since. */
  undone: z.number(),
  kept: z.number(),
  /** Customers a second, and seconds to go, while it runs. */
  rate: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** Why it failed, as a message's key. */
  code: z.string().nullable(),
  version: shape.version,
})
export type BulkAct = z.infer<typeof bulkAct>

export const bulkPeople = ['changed', 'same', 'left', 'undone', 'kept'] as const

const tag = 'Bulk acts'
const one = z.object({ id: shape.id })
const may = 'customers.bulk' as const

export const bulkContract = {
  begin: endpoint({
    method: 'POST',
    path: '/bulk-acts',
    summary: 'Do something to everybody on a list: a tag, an own field, an owner, a manner, a segment',
    description:
      'A job does it in pieces. It goes no further than what the asker saw when asking, can be stopped, and taken back as a whole.',
    tag,
    may,
    scope: 'rows',
    rate: 'heavy',
    status: 202,
    input: z.object({ act: bulkDo, whom: bulkWhom }),
    output: bulkAct,
  }),
  list: endpoint({
    method: 'GET',
    path: '/bulk-acts',
    summary: 'Acts on lists, newest first; the own, and those that went no further than what one sees',
    tag,
    may,
    scope: 'rows',
    input: z.object({ ...shape.pageInput }),
    output: shape.pageOf(bulkAct),
  }),
  get: endpoint({
    method: 'GET',
    path: '/bulk-acts/{id}',
    summary: 'An act on a list: how far it is, what it did',
    tag,
    may,
    scope: 'rows',
    input: one,
    output: bulkAct,
  }),
  people: endpoint({
    method: 'GET',
    path: '/bulk-acts/{id}/customers',
    summary: 'Whom an act changed, or those of whom it was kept when it was taken back',
    tag,
    may,
    scope: 'rows',
    input: z.object({ id: shape.id, state: z.enum(bulkPeople).default('changed'), ...shape.pageInput }),
    output: shape.pageOf(customerRow),
  }),
  stop: endpoint({
    method: 'PUT',
    path: '/bulk-acts/{id}/stop',
    summary: 'Stop an act between two pieces; what it did stays until it is taken back',
    tag,
    may,
    scope: 'rows',
    input: one,
    output: bulkAct,
  }),
  goOn: endpoint({
    method: 'DELETE',
    path: '/bulk-acts/{id}/stop',
    summary: 'Go on where an act was stopped, or failed',
    tag,
    may,
    scope: 'rows',
    input: one,
    output: bulkAct,
  }),
  undo: endpoint({
    method: 'POST',
    path: '/bulk-acts/{id}/undo',
    summary: 'Take an act back: what stood there stands again, but where somebody changed it since',
    tag,
    may,
    scope: 'rows',
    rate: 'heavy',
    once: false,
    status: 202,
    input: one,
    output: bulkAct,
  }),
}
