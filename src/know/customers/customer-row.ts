import { z } from 'zod'
import { ownKey } from '#know/fields/contract.ts'
import { ofPerson, shape } from '#platform/contract/index.ts'
import { birthdayShape } from './birthday.ts'
import { fieldKey, genders, sightKinds, someValues } from './field.ts'

/** Of a birthday that is masked only the month is told, in its own calendar. */
const maskedBirthday = z.strictObject({ calendar: z.enum(['solar', 'lunar']), month: z.number().int().min(1).max(12) })
export type MaskedBirthday = z.infer<typeof maskedBirthday>

/**
 * A customer as lists show it. A person without a name is called by `number`, phone or e-mail. What the reader's role is not
 * shown whole comes masked: 138****0000, z***@mail.example, a birthday's month, `***`; or null where it may not know of it.
 */
export const customerRow = z.object({
  id: shape.id,
  name: ofPerson('customers', z.string().nullable()),
  number: z.string().nullable(),
  gender: z.enum(genders).nullable(),
  birthday: z.union([birthdayShape, maskedBirthday]).nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  country: z.string().nullable(),
  province: z.string().nullable(),
  city: z.string().nullable(),
  /** The member of staff who looks after the person. */
  ownerId: z.number().nullable(),
  createdAt: z.string(),
  version: shape.version,
  /** Further fields, where columns asked for them. */
  more: someValues.optional(),
  /** Of which kinds something is there that is not shown whole. */
  masked: z.array(z.enum(sightKinds)).optional(),
})
export type CustomerRow = z.infer<typeof customerRow>

/** Columns of a list: what stands in the row, and any further field. */
export const customerColumn = z.enum([...fieldKey.options, 'number', 'phone', 'email', 'owner', 'createdAt'])
export type CustomerColumn = z.infer<typeof customerColumn>

/** A column, or a field of the shop's own. */
export const anyColumn = z.union([customerColumn, ownKey])
export type AnyColumn = z.infer<typeof anyColumn>

/** How a search found somebody. */
export const matchedBy = z.enum(['name', 'phone', 'email', 'number', 'order'])
export const foundCustomer = customerRow.extend({ matched: matchedBy })
export type FoundCustomer = z.infer<typeof foundCustomer>
