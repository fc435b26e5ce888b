import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'
import { kinds, laws, refusals } from './contract.ts'

/** Subject of all: the request. None stands on the timeline of a person. */
export const rightAsked = fact('rights.asked', z.object({ kind: z.enum(kinds), law: z.enum(laws) }))
export const rightRefused = fact('rights.refused', z.object({ refusal: z.enum(refusals) }))

/** The person's data left the house as a file. */
export const personExported = fact('rights.exported', z.object({ rows: z.int() }))

/** A person was erased: from the records, the columns and the files. `profiles`: the numbers by which others may know them. */
export const personErased = fact('rights.erased', z.object({ profiles: z.array(z.int()), customers: z.array(z.int()) }))

export const rightsFacts = [rightAsked, rightRefused, personExported, personErased]
