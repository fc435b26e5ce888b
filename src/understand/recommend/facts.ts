import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'
import { refusalWhys } from './contract.ts'

/** A product is not for a customer, or may be after all. Subject: the product. */
export const productRefused = fact('recommend.refused', z.object({ why: z.enum(refusalWhys) }))
export const refusalTakenBack = fact('recommend.taken_back', z.object({}))
