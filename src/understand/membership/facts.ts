import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'
import { whys } from './contract.ts'

/**
 * A customer came into a segment, and left it. Subject: the segment; the profile is the customer's oldest. `why`: something that happened
 * (data), or a day that began (time). A question that is new or another, and history that is imported, change who is in without a word.
 */
export const segmentEntered = fact('membership.entered', z.object({ why: z.enum(whys) }))
export const segmentLeft = fact('membership.left', z.object({ why: z.enum(whys) }))
