import { z } from 'zod'
import { customerRow } from '#know/customers/contract.ts'
import { endpoint, ofPerson, shape } from '#platform/contract/index.ts'

/** How people talked. `visit`: face to face; `chat`: in an app other than WeChat; `message`: a text message. */
export const talkKinds = ['visit', 'call', 'wechat', 'chat', 'message', 'email', 'other'] as const
export type TalkKind = (typeof talkKinds)[number]

/** What is owed: the next talk, a thing promised, a value that the person is asked to confirm (`what` is its field). */
export const promiseKinds = ['talk', 'promise', 'confirm'] as const
export type PromiseKind = (typeof promiseKinds)[number]

const words = shape.text(2000)

/** Of what was said, a role that is not shown notes sees `***`, or nothing. */
export const promise = z.object({
  id: shape.id,
  customerId: shape.id.nullable(),
  talkId: z.number().nullable(),
  kind: z.enum(promiseKinds),
  what: ofPerson('customers', z.string().nullable()),
  dueOn: shape.day,
  /** Whose it is. */
  staffId: z.number().nullable(),
  madeAt: z.string(),
  closedAt: z.string().nullable(),
  /** Closed: done, or let go. */
  kept: z.boolean().nullable(),
  version: shape.version,
})
export type PromiseRow = z.infer<typeof promise>

export const talk = z.object({
  id: shape.id,
  kind: z.enum(talkKinds),
  at: z.string(),
  said: ofPerson('customers', z.string().nullable()),
  /** What troubles the person, as heard. */
  problem: ofPerson('customers', z.string().nullable()),
  staffId: z.number().nullable(),
  actorName: z.string().nullable(),
  version: shape.version,
  promises: z.array(promise),
})
export type Talk = z.infer<typeof talk>

/** One thing to do, and for whom. */
export const dueItem = promise.extend({ customer: customerRow })
export type DueItem = z.infer<typeof dueItem>

const toldTalk = z.object({
  id: shape.id,
  kind: z.enum(talkKinds),
  /** Now unless told. */
  at: shape.instant.optional(),
  said: words.optional(),
  problem: words.optional(),
  promised: z
    .array(z.object({ what: shape.text(300), dueOn: shape.day, staffId: shape.id.optional() }))
    .max(10)
    .default([]),
  nextOn: shape.day.optional(),
})
export type ToldTalk = z.output<typeof toldTalk>

/** The days by which lists show talks. */
const talkDays = z.object({ customerId: shape.id, lastTalked: shape.day.nullable(), nextTalk: shape.day.nullable() })
export type TalkDays = z.infer<typeof talkDays>

const tag = 'Talks'

export const talksContract = {
  log: endpoint({
    method: 'POST',
    path: '/customers/{id}/talks',
    summary: 'Tell of a talk: what was said, what troubles the person, what was promised, when next',
    description:
      'A next talk that was due by the day of this one is done by it; a new day for it takes the place of the old.',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    status: 201,
    input: toldTalk,
    output: talk,
  }),
  list: endpoint({
    method: 'GET',
    path: '/customers/{id}/talks',
    summary: 'Talks with a customer, the newest first, each with what was promised',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ id: shape.id, ...shape.pageInput }),
    output: shape.pageOf(talk),
  }),
  correct: endpoint({
    method: 'PATCH',
    path: '/talks/{id}',
    summary: 'Tell a talk right',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    edit: true,
    input: z.object({
      id: shape.id,
      kind: z.enum(talkKinds).optional(),
      at: shape.instant.optional(),
      said: words.nullable().optional(),
      problem: words.nullable().optional(),
    }),
    output: talk,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/talks/{id}',
    summary: 'Take away a talk that never was; what was promised in it stays',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    edit: true,
    input: z.object({ id: shape.id }),
    output: z.object({}),
  }),
  promises: endpoint({
    method: 'GET',
    path: '/customers/{id}/promises',
    summary: 'What is owed to a customer, the soonest first',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ id: shape.id }),
    output: z.object({ items: z.array(promise), today: shape.day }),
  }),
  promise: endpoint({
    method: 'POST',
    path: '/customers/{id}/promises',
    summary: 'Promise something to a customer by a day, or set the next talk',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    status: 201,
    input: z.object({
      id: shape.id,
      kind: z.enum(promiseKinds).default('promise'),
      what: shape.text(300).optional(),
      dueOn: shape.day,
      staffId: shape.id.optional(),
    }),
    output: promise,
  }),
  move: endpoint({
    method: 'PATCH',
    path: '/promises/{id}',
    summary: 'Another day, or another person who keeps it',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    edit: true,
    input: z.object({ id: shape.id, dueOn: shape.day.optional(), staffId: shape.id.optional() }),
    output: promise,
  }),
  close: endpoint({
    method: 'PUT',
    path: '/promises/{id}/end',
    summary: 'It is done (`kept`), or let go',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    edit: true,
    input: z.object({ id: shape.id, kept: z.boolean() }),
    output: promise,
  }),
  open: endpoint({
    method: 'DELETE',
    path: '/promises/{id}/end',
    summary: 'Closing it was a slip: it is open again',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    edit: true,
    input: z.object({ id: shape.id }),
    output: promise,
  }),
  due: endpoint({
    method: 'GET',
    path: '/promises',
    summary: 'What is to be done, the longest due first',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({
      ...shape.pageInput,
      /** own: what this person keeps; all: of all customers whom the person sees. */
      whose: z.enum(['own', 'all']).default('own'),
      /** So many days ahead of today; without them what is due by today. */
      ahead: z.coerce.number().int().min(0).max(366).default(0),
    }),
    output: shape.pageOf(dueItem).extend({ today: shape.day }),
  }),
  days: endpoint({
    method: 'POST',
    path: '/customers/talk-days',
    summary: 'The days of the last talk and the next of some customers',
    tag,
    may: 'customers.read',
    scope: 'rows',
    rate: 'read',
    once: false,
    input: z.object({ ids: z.array(shape.id).min(1).max(100) }),
    output: z.object({ items: z.array(talkDays) }),
  }),
}
