import { z } from 'zod'
import { anyField, customerIdentifier, customerRow } from '#know/customers/contract.ts'
import { endpoint, ofPerson, shape } from '#platform/contract/index.ts'

const strength = z.enum(['strong', 'weak'])

/** A phone or an e-mail address of the shop itself: whoever has it is staff, or a test. */
export const ownIdentifier = z.object({
  kind: z.enum(['phone', 'email']),
  value: shape.text(254),
  mark: z.enum(['staff', 'test']),
})
export type OwnIdentifier = z.infer<typeof ownIdentifier>

/** strong: the same phone (or e-mail) is the same person; weak: it only proposes. */
export const identitySettings = z.object({
  phone: strength,
  email: strength,
  own: z.array(ownIdentifier).max(200),
})
export type IdentitySettings = z.infer<typeof identitySettings>

/** One kind of identifier and what it says of who somebody is. */
export const identityRule = z.object({
  kind: z.string(),
  strength,
  /** A person has one in its scope: two different ones are two people. */
  exclusive: z.boolean(),
  /** May be of several people. */
  sharable: z.boolean(),
  adjustable: z.boolean(),
})
export type IdentityRule = z.infer<typeof identityRule>

export const evidence = z.enum(['staff', 'suggestion', 'identifier'])
export const mark = z.enum(['staff', 'test'])

const person = customerRow

/** A field of the merged customer: what will be shown, from whom, and what the others say. */
export const previewField = z.object({
  field: anyField,
  value: ofPerson('customers', z.unknown()),
  masked: z.boolean().optional(),
  fromId: shape.id,
  source: z.string(),
  others: z.array(z.object({ customerId: shape.id, value: z.unknown(), masked: z.boolean().optional() })),
})
export type PreviewField = z.infer<typeof previewField>

/** Something that higher modules know of each, and how it will be. */
export const previewLine = z.object({
  /** Its name is the message `identity.preview.<what>`. */
  what: z.string(),
  unit: z.enum(['count', 'money', 'words']),
  /** By customer. Of `words` the value is a message's key. */
  before: z.array(z.object({ customerId: shape.id, value: z.union([z.number(), z.string()]).nullable() })),
  after: z.union([z.number(), z.string()]).nullable(),
})
export type PreviewLine = z.infer<typeof previewLine>

export const objection = z.enum(['contradicted', 'apart'])

export const mergePreview = z.object({
  into: person,
  from: z.array(person),
  fields: z.array(previewField),
  identifiers: z.array(
    customerIdentifier
      .pick({ kind: true, scope: true, value: true, masked: true, shared: true })
      .extend({ customerId: shape.id }),
  ),
  owner: z.object({ ownerId: z.number().nullable(), fromId: z.number().nullable() }),
  lines: z.array(previewLine),
  /** Why one may doubt that they are one person; no hindrance for staff. */
  objections: z.array(objection),
})
export type MergePreview = z.infer<typeof mergePreview>

/** A customer as it was before it was merged, called by what its own profiles say. */
const node = z.object({ id: shape.id, called: ofPerson('customers', z.string().nullable()) })

export const mergeEntry = z.object({
  id: shape.id,
  evidence,
  /** Of the identifier that tied them. */
  kind: z.string().nullable(),
  into: node,
  from: z.array(node),
  reason: z.string().nullable(),
  actor: z.string(),
  actorName: z.string().nullable(),
  at: z.string(),
  undoneAt: z.string().nullable(),
  undoneByName: z.string().nullable(),
})
export type MergeEntry = z.infer<typeof mergeEntry>

/** A profile of a customer: what it shares with the others, and whether it can stand alone. */
export const tiedProfile = z.object({
  id: shape.id,
  source: z.string(),
  externalId: ofPerson('customers', z.string()),
  /** Kinds of identifiers that another profile of the customer has too. */
  ties: z.array(z.string()),
  /** An order of nobody that was claimed. */
  claimed: z.boolean(),
  mayLeave: z.boolean(),
})
export type TiedProfile = z.infer<typeof tiedProfile>

const tag = 'Identity'
const reads = { tag, may: 'customers.read', scope: 'rows' } as const
const edits = { tag, may: 'customers.edit', scope: 'rows' } as const
const one = z.object({ id: shape.id })
const others = z.array(shape.id).min(1).max(20)
const reason = shape.text(300).optional()
const settings = z.object({ settings: identitySettings, version: z.number().int().min(0) })
const merged = z.object({ mergeId: shape.id, customerId: shape.id })
const said = z.enum(['staff', 'test', 'none']).nullable()
const markState = z.object({
  /** What holds; null: a customer like any other. */
  mark: mark.nullable(),
  /** What staff said; null: nothing, the rule decides. */
  said,
})

export const identityContract = {
  rules: endpoint({
    method: 'GET',
    path: '/identity/rules',
    summary:
      'How people are recognised: the kinds of identifiers in the order in which they are weighed, and the settings',
    tag,
    may: 'customers.read',
    scope: 'none',
    input: z.object({}),
    output: settings.extend({ rules: z.array(identityRule) }),
  }),
  saveRules: endpoint({
    method: 'PUT',
    path: '/identity/rules',
    summary: 'Say how much a phone and an e-mail address prove, and which are our own',
    description: 'If-Match is the version read; 0 before the first save. Who is tied already stays tied.',
    tag,
    may: 'identity.edit',
    scope: 'all',
    edit: true,
    input: identitySettings,
    output: settings,
  }),
  previewMerge: endpoint({
    ...reads,
    method: 'POST',
    path: '/customers/{id}/merge-previews',
    summary: 'How a customer will look when others are merged into it: field by field, and what speaks against it',
    rate: 'read',
    once: false,
    input: one.extend({ from: others }),
    output: mergePreview,
  }),
  merge: endpoint({
    ...edits,
    method: 'POST',
    path: '/customers/{id}/merges',
    summary: 'Say that others are the same person; their ids lead to this one from now on',
    description: 'Can be undone at any time, also after later orders and edits.',
    status: 201,
    input: one.extend({ from: others, reason }),
    output: merged,
  }),
  merges: endpoint({
    ...reads,
    method: 'GET',
    path: '/customers/{id}/merges',
    summary: 'Which merges made this customer what it is, newest first; undone ones too',
    input: one.extend(shape.pageInput),
    output: shape.pageOf(mergeEntry),
  }),
  undoMerge: endpoint({
    ...edits,
    method: 'POST',
    path: '/customer-merges/{mergeId}/undos',
    summary: 'Undo a merge, in whatever order: each profile goes back to whom it belonged',
    description:
      '`apart`: they are two people, so no identifier ties them again; taken for granted where an identifier did.',
    status: 201,
    input: z.object({ mergeId: shape.id, apart: z.boolean().optional() }),
    output: z.object({ customers: z.array(shape.id) }),
  }),
  profiles: endpoint({
    ...reads,
    method: 'GET',
    path: '/customers/{id}/profiles',
    summary: 'What a customer is made of: each source’s profile, and by what it is tied to the others',
    input: one,
    output: z.object({ items: z.array(tiedProfile) }),
  }),
  split: endpoint({
    ...edits,
    method: 'POST',
    path: '/customers/{id}/splits',
    summary: 'Say that some profiles are of another person: they become a customer of their own',
    description: 'Taken back by merging the two.',
    status: 201,
    input: one.extend({ profileIds: z.array(shape.id).min(1).max(100), reason }),
    output: z.object({ customerId: shape.id }),
  }),
  keepApart: endpoint({
    ...edits,
    method: 'POST',
    path: '/customers/{id}/others',
    summary: 'Say that two customers are not the same person: nothing ties or proposes them again',
    status: 201,
    input: one.extend({ otherId: shape.id }),
    output: z.object({}),
  }),
  letTogether: endpoint({
    ...edits,
    method: 'DELETE',
    path: '/customers/{id}/others/{otherId}',
    summary: 'Take back that two customers are not the same person',
    input: one.extend({ otherId: shape.id }),
    output: z.object({}),
  }),
  claim: endpoint({
    ...edits,
    method: 'POST',
    path: '/customers/{id}/claims',
    summary: 'Give an order of nobody, by the number on its receipt, to the customer who placed it',
    status: 201,
    input: one.extend({ number: shape.text(100), sourceId: shape.id.optional() }),
    output: z.object({ profileId: shape.id }),
  }),
  unclaim: endpoint({
    ...edits,
    method: 'DELETE',
    path: '/customers/{id}/claims/{profileId}',
    summary: 'Take a claimed order back: it is nobody’s again',
    input: one.extend({ profileId: shape.id }),
    output: z.object({}),
  }),
  mark: endpoint({
    ...reads,
    method: 'GET',
    path: '/customers/{id}/mark',
    summary: 'Whether the person is one of us or a test, and who says so',
    input: one,
    output: markState,
  }),
  saveMark: endpoint({
    ...edits,
    method: 'PUT',
    path: '/customers/{id}/mark',
    summary:
      'Say that the person is staff or a test, and left out of numbers; none: a customer all the same; null: by the rule',
    input: one.extend({ mark: said }),
    output: markState,
  }),
}
