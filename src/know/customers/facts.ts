import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'
import { identifierKinds } from './identifier-kind.ts'

const kind = z.enum(identifierKinds)

/** A customer is known. Subject: the customer. `fields`: what is said of it, without the values. */
export const customersAdded = fact('customers.added', z.object({ fields: z.array(z.string()) }))

/** Values of a customer changed. Subject: the customer. `undo`: by taking a change back. */
export const customersChanged = fact(
  'customers.changed',
  z.object({ fields: z.array(z.string()), undo: z.boolean().optional() }),
)

/** A phone, an e-mail address or a number was tied to a customer. Subject: the customer. */
export const identifierAdded = fact('customers.identifier_added', z.object({ kind }))

/** One was taken away. Subject: the customer. */
export const identifierRemoved = fact('customers.identifier_removed', z.object({ kind }))

/** A phone or an address is of several people, or of one after all. Subject: the customer at whom it was said. */
export const identifierShared = fact('customers.identifier_shared', z.object({ kind, shared: z.boolean() }))

/** Another member of staff looks after a customer; null: nobody. Subject: the customer. */
export const handedOver = fact('customers.handed_over', z.object({ from: z.int().nullable(), to: z.int().nullable() }))

/** A list of customers left the house as a file. */
export const customersExported = fact('customers.exported', z.object({ count: z.int(), columns: z.array(z.string()) }))
