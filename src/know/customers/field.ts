import { z } from 'zod'
import { isOwnKey, type OwnKey, ownKey } from '#know/fields/contract.ts'
import { positionIn } from '#know/regions/contract.ts'
import { type SightKind, sightKinds } from '#know/staff/contract.ts'
import { shape } from '#platform/contract/index.ts'
import { birthdayShape } from './birthday.ts'

export { type SightKind, sightKinds }

export const fieldGroups = ['person', 'place', 'life'] as const
export type FieldGroup = (typeof fieldGroups)[number]

/** How a value is typed in: one line, several lines, one of a few, a birthday. */
export type FieldInput = 'line' | 'lines' | 'choice' | 'birthday'

type FieldOptions = {
  group: FieldGroup
  input: FieldInput
  shape: z.ZodType
  /** More than an order needs to know (PIPL): marked on screen, exported only when chosen. */
  sensitive?: boolean
  /** Shown on the customer's row, so lists need no further read. */
  shown?: boolean
  /** How much of it a role is shown (sight.ts); without one every reader of customers is. */
  kind?: SightKind
}

/** Where exactly somebody is: `30.2741, 120.1551`, latitude and longitude, WGS-84. */
const positionShape = shape.text(60).refine((text) => positionIn(text) !== undefined, { message: 'no_position' })

export const genders = ['female', 'male', 'other'] as const

/**
 * What can be said of a customer: the one list from which contract, forms, import mapping, export and history come.
 * Each value has its source, actor and time. Phones, e-mails and numbers are identifiers (identifier.ts).
 */
export const fields = {
  name: { group: 'person', input: 'line', shape: shape.text(120), shown: true },
  gender: { group: 'person', input: 'choice', shape: z.enum(genders), shown: true },
  birthday: { group: 'person', input: 'birthday', shape: birthdayShape, shown: true, kind: 'birthday' },
  country: { group: 'place', input: 'line', shape: shape.text(80), shown: true },
  province: { group: 'place', input: 'line', shape: shape.text(80), shown: true },
  city: { group: 'place', input: 'line', shape: shape.text(80), shown: true },
  district: { group: 'place', input: 'line', shape: shape.text(80) },
  address: { group: 'place', input: 'line', shape: shape.text(300), kind: 'address' },
  position: { group: 'place', input: 'line', shape: positionShape, kind: 'address' },
  postcode: { group: 'place', input: 'line', shape: shape.text(20), kind: 'address' },
  occupation: { group: 'life', input: 'line', shape: shape.text(120) },
  income: { group: 'life', input: 'line', shape: shape.text(80), sensitive: true, kind: 'notes' },
  education: { group: 'life', input: 'line', shape: shape.text(80), sensitive: true, kind: 'notes' },
  personality: { group: 'life', input: 'lines', shape: shape.text(500), sensitive: true, kind: 'notes' },
  preferences: { group: 'life', input: 'lines', shape: shape.text(1000) },
  notes: { group: 'life', input: 'lines', shape: shape.text(4000), sensitive: true, kind: 'notes' },
} satisfies Record<string, FieldOptions>

export type FieldKey = keyof typeof fields
export type FieldValues = { [K in FieldKey]: z.output<(typeof fields)[K]['shape']> }

export const fieldKeys = Object.keys(fields) as FieldKey[]
export const fieldKey = z.enum(fieldKeys)

/** A field that every shop has, or one of this shop's own. */
export type AnyField = FieldKey | OwnKey
export const anyField = z.union([fieldKey, ownKey])

/** A field with its defaults filled in. */
export function fieldOf(key: FieldKey): Required<Omit<FieldOptions, 'kind'>> & Pick<FieldOptions, 'kind'> {
  return { sensitive: false, shown: false, ...fields[key] }
}

export type SomeValues = Partial<FieldValues> & { [K in OwnKey]?: unknown }
export type ValueEdits = { [K in FieldKey]?: FieldValues[K] | null } & { [K in OwnKey]?: unknown }

/** Some fields' values. What stands in own fields is looked at with their definitions (own-values.ts). */
export const someValues = withOwn(shapes((one) => one.optional())) as unknown as z.ZodType<SomeValues, SomeValues>

/** An edit of some fields: left out stays, null empties. */
export const valueEdits = withOwn(shapes((one) => one.nullable().optional())) as unknown as z.ZodType<
  ValueEdits,
  ValueEdits
>

function withOwn(known: Record<string, z.ZodType>) {
  return z
    .object(known)
    .catchall(z.unknown())
    .superRefine((values, check) => {
      for (const key of Object.keys(values)) {
        if (!(key in known) && !isOwnKey(key)) check.addIssue({ code: 'unrecognized_keys', keys: [key] })
      }
    })
}

function shapes(wrap: (one: z.ZodType) => z.ZodType): Record<string, z.ZodType> {
  return Object.fromEntries(fieldKeys.map((key) => [key, wrap(fields[key].shape)]))
}
