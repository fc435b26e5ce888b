import { z } from 'zod'
import { endpoint, ofPerson, shape } from '#platform/contract/index.ts'

/**
 * `never`: not this way, or not at all. `only`: at these times alone. `ask`: somebody of the shop is asked first. `mind`: what not to
 * say or do, for people to read.
 */
export const mannerRules = ['never', 'only', 'ask', 'mind'] as const
export type MannerRule = (typeof mannerRules)[number]

/** The ways to a person. Without one a manner is about all of them. */
export const ways = ['phone', 'sms', 'wechat', 'email', 'visit', 'post'] as const
export type Way = (typeof ways)[number]

const minute = z.number().int().min(0).max(1439)

const said = {
  rule: z.enum(mannerRules),
  channel: z.enum(ways).nullable(),
  /** Of `only`: minutes of the day; `to` is not included, below `from` it is of the next day; null is open. */
  fromMinute: minute.nullable(),
  toMinute: minute.nullable(),
  /** 1 Monday to 7 Sunday; null: every day. */
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7).nullable(),
  /** Of `ask`: whom. */
  askId: shape.id.nullable(),
  /** Of `mind`: what. */
  words: z.string().max(300).nullable(),
  reason: z.string().max(300).nullable(),
  /** The last day. */
  until: shape.day.nullable(),
}

export const manner = z.object({
  id: shape.id,
  customerId: shape.id.nullable(),
  ...said,
  words: ofPerson('customers', said.words),
  /** Who answers for it. */
  staffId: z.number().nullable(),
  madeAt: z.string(),
  actorName: z.string().nullable(),
  endedAt: z.string().nullable(),
  version: shape.version,
})
export type Manner = z.infer<typeof manner>

const tag = 'Manners'
/** What is said of a manner. */
export const givenManner = z.object({
  rule: said.rule,
  channel: said.channel.default(null),
  fromMinute: said.fromMinute.default(null),
  toMinute: said.toMinute.default(null),
  weekdays: said.weekdays.default(null),
  askId: said.askId.default(null),
  words: shape.text(300).nullable().default(null),
  reason: shape.text(300).nullable().default(null),
  until: said.until.default(null),
})
export type GivenManner = z.output<typeof givenManner>

export const mannersContract = {
  list: endpoint({
    method: 'GET',
    path: '/customers/{id}/manners',
    summary: 'How a customer wants to be met, what is in force today',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ id: shape.id }),
    output: z.object({ items: z.array(manner) }),
  }),
  add: endpoint({
    method: 'POST',
    path: '/customers/{id}/manners',
    summary: 'Say how a customer wants to be met',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    status: 201,
    input: givenManner.extend({ id: shape.id }),
    output: manner,
  }),
  end: endpoint({
    method: 'PUT',
    path: '/manners/{id}/end',
    summary: 'It holds no more',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    edit: true,
    input: z.object({ id: shape.id }),
    output: manner,
  }),
  reopen: endpoint({
    method: 'DELETE',
    path: '/manners/{id}/end',
    summary: 'Ending it was a slip',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    edit: true,
    input: z.object({ id: shape.id }),
    output: manner,
  }),
  check: endpoint({
    method: 'GET',
    path: '/customers/{id}/manners/{way}',
    summary: 'Whether a customer may be met this way now, and why',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ id: shape.id, way: z.enum(ways) }),
    output: z.object({
      verdict: z.enum(['go', 'wait', 'ask', 'never']),
      /** The manners that say so. */
      because: z.array(shape.id),
      askIds: z.array(shape.id),
      /** When it may be: of `wait`. */
      from: z.string().nullable(),
    }),
  }),
}
