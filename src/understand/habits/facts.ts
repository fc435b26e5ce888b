import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'
import { habit } from './contract.ts'

/** A customer's habit has drifted from one half year to the next. Subject: the customer. */
export const habitDrifted = fact('habits.drifted', z.object({ habit }))
