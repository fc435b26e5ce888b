import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'
import { tagOrigins } from './contract.ts'

/** A customer got a tag. Subject: the tag, whose name tells of a person and stands in no fact. */
export const tagGiven = fact('tags.given', z.object({ origin: z.enum(tagOrigins) }))

/** A tag was taken away. `override`: although a rule, an import or a model says so. Subject: the tag. */
export const tagTaken = fact('tags.taken', z.object({ origin: z.enum(tagOrigins), override: z.boolean() }))

/** A tag of the shop was made, changed, deleted, or stands for another one too. Subject: the tag. */
export const tagMade = fact('tags.made', z.object({}))
export const tagChanged = fact('tags.changed', z.object({ fields: z.array(z.string()) }))
export const tagRemoved = fact('tags.removed', z.object({}))
export const tagMerged = fact('tags.merged', z.object({ other: z.int() }))
export const tagTakenOut = fact('tags.taken_out', z.object({ other: z.int() }))
