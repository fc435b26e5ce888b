import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'
import { mannerRules } from './contract.ts'

const rule = z.enum(mannerRules)

/** How a customer wants to be met is known, or holds no more, or again. Subject: the manner. */
export const mannerSaid = fact('manners.said', z.object({ rule }))
export const mannerEnded = fact('manners.ended', z.object({ rule }))
export const mannerReopened = fact('manners.reopened', z.object({ rule }))
