import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'
import { bulkActs } from './contract.ts'

const what = z.enum(bulkActs)

/** An act on a whole list was asked for. Subject: the act. */
export const bulkBegun = fact('bulk.begun', z.object({ do: what }))

/** It came to its end. `changed`: at how many it changed anything. */
export const bulkDone = fact('bulk.done', z.object({ do: what, changed: z.int() }))

/** It was taken back. `kept`: where it was not, because somebody changed it since. */
export const bulkUndone = fact('bulk.undone', z.object({ do: what, undone: z.int(), kept: z.int() }))
