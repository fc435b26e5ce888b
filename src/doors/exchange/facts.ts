import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'

/** A file was applied as a whole. Subject: the import. */
export const importApplied = fact('exchange.applied', z.object({ orders: z.int(), lines: z.int(), customers: z.int() }))

/** An import was taken back. Subject: the import. `left`: records that stay, each with a reason. */
export const importUndone = fact('exchange.undone', z.object({ left: z.int() }))
