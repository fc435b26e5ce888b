import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'

/** Somebody heard that a field of a customer still holds. Subject: the customer. */
export const fieldConfirmed = fact('fresh.confirmed', z.object({ field: z.string() }))

/** A field of a customer does not work any more. Subject: the customer. */
export const fieldDoubted = fact('fresh.doubted', z.object({ field: z.string() }))

/** After how long fields are asked about was changed. */
export const termsChanged = fact('fresh.terms_changed', z.object({}))
