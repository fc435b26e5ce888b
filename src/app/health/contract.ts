import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'

/** Something that is not as it should be, in the reader's language. */
export const finding = z.object({
  code: z.string(),
  /** wrong: data is in danger, or something does not work. look: it works, and should be looked at. */
  level: z.enum(['wrong', 'look']),
  what: z.string(),
  why: z.string(),
  mend: z.string(),
  /** What to type on the machine, in order. */
  commands: z.array(z.string()),
})
export type Finding = z.infer<typeof finding>

const engine = z.object({
  up: z.boolean(),
  /** Of its server; absent while it is down. */
  version: z.string().optional(),
  /** Ours to start and stop. */
  embedded: z.boolean(),
  /** Bytes that its data takes; absent while it is down. */
  bytes: z.number().optional(),
})

export const houseHealth = z.object({
  /** Nothing is wrong. */
  ok: z.boolean(),
  /** Machine time of the look. */
  at: shape.instant,
  version: z.string(),
  node: z.string(),
  machine: z.string(),
  /** How many checks were made. */
  checks: z.int(),
  findings: z.array(finding),
  records: engine,
  columns: engine,
  disk: z.object({ path: z.string(), free: z.number(), total: z.number() }),
  memory: z.object({ process: z.number(), machine: z.number() }),
  queue: z.object({ waiting: z.int(), running: z.int(), failed: z.int(), oldestSeconds: z.number() }).nullable(),
  projection: z.object({ lagSeconds: z.number(), pendingRows: z.number() }).nullable(),
  /** The newest whole backup. */
  backup: z.object({ at: shape.instant, bytes: z.number() }).nullable(),
})
export type HouseHealth = z.infer<typeof houseHealth>

export const healthContract = {
  look: endpoint({
    method: 'GET',
    path: '/health',
    summary: 'How this installation is: engines, disk, queue, lag, backup, and what is not right with what to do',
    tag: 'System',
    may: 'system.read',
    scope: 'none',
    rate: 'heavy',
    input: z.object({}),
    output: houseHealth,
  }),
}
