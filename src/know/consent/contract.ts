import { z } from 'zod'
import { endpoint, ofPerson, shape } from '#platform/contract/index.ts'
import { channels, decisions, purposes, subjects, suppressionReasons, ways } from './consent.ts'

export { type Channel, channels, type Purpose, purposes, type Subject } from './consent.ts'

/** What the shop holds to, beyond what each person said. */
export const consentRules = z.strictObject({
  /** Purposes that need no yes; a no counts all the same. Whether the law lets you is for you to know. */
  assumed: z.array(z.enum(purposes)).max(purposes.length),
  /** Channels on which a yes that somebody else told us waits until the person confirms it. */
  confirmed: z.array(z.enum(channels)).max(channels.length),
  /** Below this age nothing is sold to anybody: 14 by PIPL, 13 to 16 by GDPR. */
  minorAge: z.number().int().min(0).max(21),
})
export type ConsentRules = z.infer<typeof consentRules>

const anyChannel = z.enum([...channels, 'any'])
const anyPurpose = z.enum([...purposes, 'any'])

const reason = z.object({
  /** Its words are `consent.why.<code>`. */
  code: z.string(),
  at: z.string().optional(),
  until: z.string().nullable().optional(),
  way: z.enum(ways).optional(),
  actorName: z.string().nullable().optional(),
  why: z.enum(suppressionReasons).optional(),
  left: z.number().optional(),
})
export type ReasonShown = z.infer<typeof reason>

const answer = z.object({ may: z.enum(['yes', 'no', 'unknown']), reasons: z.array(reason) })
export type AnswerShown = z.infer<typeof answer>

/** What is allowed of a customer now, and why. */
export const consentPicture = z.object({
  /** Each channel with each purpose. */
  cells: z.array(answer.extend({ channel: z.enum(channels), purpose: z.enum(purposes) })),
  /** How many addresses there are for a channel. */
  addresses: z.record(z.string(), z.number()),
  personal: ofPerson('customers', answer),
  /** What is on now: a pause, fewer messages, nothing personal, a minor, deceased. */
  marks: z.array(
    z.object({ subject: z.enum(subjects), until: z.string().nullable(), at: z.string(), way: z.enum(ways) }),
  ),
  /** Messages that the person has allowed one by one. */
  balances: z.array(
    z.object({ channel: z.enum(channels), app: z.string(), template: z.string(), balance: z.number() }),
  ),
})
export type ConsentPicture = z.infer<typeof consentPicture>

/** One word as it stands in the ledger. */
export const consentWord = z.object({
  id: shape.id,
  subject: z.enum(subjects),
  channel: anyChannel,
  purpose: anyPurpose,
  brandId: z.number().nullable(),
  decision: z.enum(decisions),
  until: z.string().nullable(),
  way: z.enum(ways),
  /** What was shown then, and in which language. */
  text: ofPerson('customers', z.object({ locale: z.string(), words: z.string() }).nullable()),
  proof: z.string().nullable(),
  shopId: z.number().nullable(),
  actor: z.string(),
  actorName: z.string().nullable(),
  at: z.string(),
  recordedAt: z.string(),
  /** Taken back, because the import that told it was undone: it was never said. */
  withdrawnAt: z.string().nullable(),
})
export type ConsentWord = z.infer<typeof consentWord>

const said = z
  .object({
    subject: z.enum(subjects),
    channel: anyChannel.default('any'),
    purpose: anyPurpose.default('any'),
    brandId: shape.id.max(2_147_483_647).nullable().default(null),
    decision: z.enum(['allowed', 'refused', 'on', 'off']),
    /** A yes or a pause ends here. */
    until: shape.instant.nullable().default(null),
  })
  .refine(({ subject, decision }) => (subject === 'contact') === ['allowed', 'refused'].includes(decision), {
    message: 'contact is allowed or refused, all else is on or off',
  })

const tag = 'Consent'
const one = z.object({ id: shape.id })
const rules = z.object({ rules: consentRules, version: z.number() })

export const consentContract = {
  get: endpoint({
    method: 'GET',
    path: '/customers/{id}/consent',
    summary: 'What a customer allows now: each channel with each purpose, and why',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: one,
    output: consentPicture,
  }),
  history: endpoint({
    method: 'GET',
    path: '/customers/{id}/consents',
    summary: 'The ledger of a customer’s consents, newest first, with the evidence',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ id: shape.id, ...shape.pageInput }),
    output: shape.pageOf(consentWord),
  }),
  record: endpoint({
    method: 'POST',
    path: '/customers/{id}/consents',
    summary: 'Write down what a customer said; nothing is ever changed or taken out',
    description: 'What opens a way to somebody needs `proof`: where the evidence is.',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    status: 201,
    input: z.object({
      id: shape.id,
      said: z.array(said).min(1).max(40),
      text: z.object({ locale: shape.locale, words: shape.text(4000) }).optional(),
      proof: shape.text(300).optional(),
      shopId: shape.id.max(2_147_483_647).optional(),
      at: shape.instant.optional(),
    }),
    output: consentPicture,
  }),
  grant: endpoint({
    method: 'POST',
    path: '/customers/{id}/consent-grants',
    summary: 'The customer allowed messages one by one: a tap on a WeChat subscription is one message of one template',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    status: 201,
    input: z.object({
      id: shape.id,
      channel: z.enum(['wechat', 'wecom']).default('wechat'),
      app: shape.text(64),
      template: shape.text(128),
      count: z.number().int().min(1).max(20).default(1),
      /** Of the tap: told again, it counts once. */
      reference: shape.text(128),
    }),
    output: z.object({ balance: z.number() }),
  }),
  link: endpoint({
    method: 'POST',
    path: '/customers/{id}/preference-links',
    summary: 'The address of the page on which a customer chooses; the same each time',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    once: false,
    input: one,
    output: z.object({
      path: z.string(),
      /** Where the person says the yes that is still awaited. */
      confirms: z.array(z.object({ channel: z.enum(channels), purpose: z.enum(purposes), path: z.string() })),
    }),
  }),
  suppress: endpoint({
    method: 'POST',
    path: '/suppressions',
    summary: 'Addresses that must not be written to, as another system lists them; kept as keyed hashes',
    tag,
    may: 'privacy.manage',
    scope: 'all',
    rate: 'heavy',
    once: false,
    input: z.object({
      kind: z.enum(['email', 'phone']),
      addresses: z.array(shape.text(254)).min(1).max(5000),
      purpose: anyPurpose.default('any'),
      reason: z.enum(['complained', 'bounced', 'listed']).default('listed'),
    }),
    output: z.object({ added: z.number(), unusable: z.number() }),
  }),
  rules: endpoint({
    method: 'GET',
    path: '/consent-rules',
    summary: 'What the shop holds to beyond what each person said',
    tag,
    may: 'privacy.manage',
    scope: 'none',
    input: z.object({}),
    output: rules,
  }),
  saveRules: endpoint({
    method: 'PUT',
    path: '/consent-rules',
    summary: 'Change what the shop holds to',
    tag,
    may: 'privacy.manage',
    scope: 'all',
    proof: true,
    input: rules,
    output: rules,
  }),
}
