import { z } from 'zod'
import { endpoint, ofPerson, shape } from '#platform/contract/index.ts'
import { type Condition, channels, condition, purposes } from '#understand/query/contract.ts'
import { pick, picksContract } from './picks/picks-contract.ts'
import { snapshotsContract } from './snapshots/snapshots-contract.ts'

export { type How, hows, type Pick } from './picks/picks-contract.ts'
export type { Snapshot } from './snapshots/snapshots-contract.ts'

/** What names a segment: another one, or a report. */
export const use = z.object({ kind: z.enum(['segment', 'report']), id: shape.id, name: z.string() })
export type Use = z.infer<typeof use>

/** A saved question about customers. Whom it finds is asked anew each time. */
export const segment = z.object({
  id: shape.id,
  name: z.string(),
  note: z.string().nullable(),
  question: condition,
  /** The question in the language of segments, and as a sentence in the reader's language. */
  text: z.string(),
  sentence: z.string(),
  ownerId: shape.id.nullable(),
  /** How many it found when somebody who sees all last counted; and when, in shop time. */
  counted: z.number().nullable(),
  countedAt: z.string().nullable(),
  changedAt: z.string(),
  version: shape.version,
  /** What names it. */
  uses: z.array(use),
})
export type Segment = z.infer<typeof segment>

/** At which word a text is not understood, and why, in the reader's language. */
export const fault = z.object({ offset: z.number(), length: z.number(), message: z.string() })
export type Fault = z.infer<typeof fault>

export const answers = ['yes', 'no', 'unknown'] as const
export type Answer = (typeof answers)[number]

/** What a condition says of a customer, and the value that was found, as text: a day, a number, minor units. */
export type Reason = {
  is: Condition['is']
  sentence: string
  answer: Answer
  found: string | null
  unit: 'money' | 'day' | 'number' | 'text' | null
  of: Reason[]
}
export const reason: z.ZodType<Reason> = z.lazy(() =>
  z.object({
    is: z.string() as unknown as z.ZodType<Condition['is']>,
    sentence: z.string(),
    answer: z.enum(answers),
    found: ofPerson('customers', z.string().nullable()),
    unit: z.enum(['money', 'day', 'number', 'text']).nullable(),
    of: z.array(reason),
  }),
)

export const presetGroups = ['value', 'practice'] as const

const named = z.object({ id: z.number(), name: z.string() })
const tag = 'Segments'
const one = z.object({ id: shape.id })
const tally = z.object({ customers: z.number(), matched: z.number(), unknown: z.number() })

export const segmentsContract = {
  ...picksContract,
  ...snapshotsContract,
  list: endpoint({
    method: 'GET',
    path: '/segments',
    summary: 'The segments of the shop, by name',
    tag,
    may: 'segments.read',
    scope: 'none',
    input: z.object({}),
    output: z.object({ items: z.array(segment) }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/segments/{id}',
    summary: 'A segment',
    tag,
    may: 'segments.read',
    scope: 'none',
    input: one,
    output: segment,
  }),
  add: endpoint({
    method: 'POST',
    path: '/segments',
    summary: 'Save a question as a segment',
    tag,
    may: 'segments.edit',
    scope: 'none',
    status: 201,
    input: z.object({
      name: shape.text(80),
      note: shape.text(500).optional(),
      ownerId: shape.id.optional(),
      question: condition,
    }),
    output: segment,
  }),
  edit: endpoint({
    method: 'PATCH',
    path: '/segments/{id}',
    summary: 'Change a segment',
    description: 'Refused with `query.circle` where it would name itself, by way of others too.',
    tag,
    may: 'segments.edit',
    scope: 'none',
    edit: true,
    input: z.object({
      id: shape.id,
      name: shape.text(80).optional(),
      note: shape.text(500).nullable().optional(),
      ownerId: shape.id.nullable().optional(),
      question: condition.optional(),
    }),
    output: segment,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/segments/{id}',
    summary: 'Delete a segment that nothing uses',
    description: 'Refused with `segments.in_use` and the names of its uses where anything does.',
    tag,
    may: 'segments.edit',
    scope: 'none',
    input: one,
    output: z.object({}),
  }),
  read: endpoint({
    method: 'POST',
    path: '/segments/readings',
    summary: 'A question as tree, text and sentence, from the tree or the text; with a cursor, what could stand there',
    tag,
    may: 'segments.read',
    scope: 'rows',
    rate: 'read',
    once: false,
    input: z.object({
      question: condition.optional(),
      text: z.string().max(20_000).optional(),
      cursor: z.number().int().min(0).max(20_000).optional(),
    }),
    output: z.object({
      /** Absent where the text is not understood. */
      question: condition.optional(),
      text: z.string(),
      sentence: z.string().optional(),
      fault: fault.optional(),
      completion: z
        .object({
          offset: z.number(),
          length: z.number(),
          items: z.array(z.object({ text: z.string(), kind: z.string() })),
        })
        .optional(),
    }),
  }),
  tally: endpoint({
    method: 'POST',
    path: '/segments/tallies',
    summary: 'How many customers a question finds, and of how many it cannot be said',
    description: 'Ends in the engine when the caller hangs up.',
    tag,
    may: 'segments.read',
    scope: 'rows',
    rate: 'read',
    once: false,
    input: z.object({ question: condition }),
    output: tally,
  }),
  estimate: endpoint({
    method: 'POST',
    path: '/segments/estimates',
    summary: 'About how many customers a question finds, from a sample, with its margin',
    description:
      'An answer while somebody writes: one customer in `oneIn` is asked, always the same ones; nineteen times out of twenty the true number lies between `least` and `most`. `exact` where all were asked.',
    tag,
    may: 'segments.read',
    scope: 'rows',
    rate: 'read',
    once: false,
    input: z.object({ question: condition }),
    output: tally.extend({ least: z.number(), most: z.number(), exact: z.boolean(), oneIn: z.number() }),
  }),
  reach: endpoint({
    method: 'POST',
    path: '/segments/reaches',
    summary: 'How many of those whom a question finds may be written to, channel by channel, for a purpose',
    description:
      'By the rules of the gate that every message passes, as they stood when the answers were last written: seconds ago. Who said nothing is neither.',
    tag,
    may: 'segments.read',
    scope: 'rows',
    rate: 'read',
    once: false,
    input: z.object({ question: condition, purpose: z.enum(purposes).default('promotion') }),
    output: z.object({
      items: z.array(z.object({ channel: z.enum(channels), yes: z.number(), no: z.number(), unknown: z.number() })),
    }),
  }),
  count: endpoint({
    method: 'POST',
    path: '/segments/{id}/counts',
    summary: 'Count a segment now; kept with it where the one who counts sees all',
    tag,
    may: 'segments.read',
    scope: 'rows',
    rate: 'read',
    once: false,
    input: one,
    output: tally,
  }),
  reasons: endpoint({
    method: 'POST',
    path: '/segments/reasons',
    summary: 'Why a customer is found by a question or not, condition by condition',
    tag,
    may: 'segments.read',
    scope: 'rows',
    rate: 'read',
    once: false,
    input: z.object({ customerId: shape.id, question: condition }),
    output: reason,
  }),
  ofCustomer: endpoint({
    method: 'GET',
    path: '/customers/{id}/segments',
    summary: 'What each segment says of a customer',
    tag,
    may: 'segments.read',
    scope: 'rows',
    input: one,
    output: z.object({
      items: z.array(
        z.object({
          id: shape.id,
          name: z.string(),
          answer: ofPerson('customers', z.enum(answers)),
          /** What staff decided by hand, where they did. */
          pick: pick.nullable(),
        }),
      ),
      /** Segments that were not asked, because together they would cost too much, or ask about what one is not shown. */
      left: z.number(),
    }),
  }),
  overlap: endpoint({
    method: 'GET',
    path: '/segments/overlaps',
    summary: 'How many are in one segment, in another, in both',
    tag,
    may: 'segments.read',
    scope: 'rows',
    input: z.object({ one: shape.id, other: shape.id }),
    output: z.object({ one: z.number(), other: z.number(), both: z.number() }),
  }),
  presets: endpoint({
    method: 'GET',
    path: '/segments/presets',
    summary: 'Segments to begin with, each with advice',
    tag,
    may: 'segments.read',
    scope: 'none',
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({
          key: z.string(),
          group: z.enum(presetGroups),
          name: z.string(),
          advice: z.string(),
          question: condition,
          text: z.string(),
        }),
      ),
    }),
  }),
  vocabulary: endpoint({
    method: 'GET',
    path: '/segments/vocabulary',
    summary:
      'What a question can name: tags, shops, staff, ways, brands, segments, own fields, categories, newest products',
    tag,
    may: 'segments.read',
    scope: 'rows',
    input: z.object({}),
    output: z.object({
      tag: z.array(named),
      shop: z.array(named),
      staff: z.array(named),
      way: z.array(named),
      product: z.array(named),
      brand: z.array(named),
      segment: z.array(named),
      snapshot: z.array(named),
      state: z.array(named),
      fields: z.array(named.extend({ kind: z.string(), choices: z.array(named) })),
      categories: z.array(z.string()),
    }),
  }),
}
