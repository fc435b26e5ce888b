import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'
import { fieldKinds } from './contract.ts'

/** A field of the shop's own was made, changed, deleted. Subject: the field. */
export const fieldMade = fact('fields.made', z.object({ kind: z.enum(fieldKinds) }))
export const fieldChanged = fact('fields.changed', z.object({ fields: z.array(z.string()) }))
export const fieldRemoved = fact('fields.removed', z.object({}))
