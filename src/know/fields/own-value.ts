import { z } from 'zod'
import { shape } from '#platform/contract/index.ts'
import type { OwnField } from './contract.ts'

/** A value of an own field: text and link as text, a day as such, number and money (minor units) as numbers, choices as ids. */
export type OwnValue = string | number | boolean | number[]

/** What a value of the field must be. */
export function ownShape({ kind, choices }: Pick<OwnField, 'kind' | 'choices'>): z.ZodType<OwnValue> {
  const chosen = z.number().refine((id) => choices.some((one) => one.id === id), { message: 'fields.no_choice' })
  switch (kind) {
    case 'text':
      return shape.text(1000)
    case 'number':
      return z.number().min(-9e15).max(9e15)
    case 'money':
      return shape.minor
    case 'day':
      return shape.day
    case 'yesno':
      return z.boolean()
    case 'choice':
      return chosen
    case 'choices':
      // One form for the same choices, so that saying them again is no change.
      return z
        .array(chosen)
        .min(1)
        .max(200)
        .transform((ids) => [...new Set(ids)].sort((a, b) => a - b))
    case 'link':
      return z.url({ protocol: /^https?$/ }).max(500)
  }
}
