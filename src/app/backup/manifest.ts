import { z } from 'zod'

// What stands in `manifest.json` of a backup; docs/operations/backup-format.md describes it for other programs.

/** Raised when an older Regulars could not read the file any more. */
export const FORMAT = 1

const count = z.number().int().min(0)
const hash = z.string().regex(/^[0-9a-f]{64}$/)
/** With its schema: `public.orders`. */
const name = z.string().regex(/^\w+\.\w+$/)
const piece = z.object({ member: z.string(), at: count, bytes: count, sha256: hash })
const part = z.object({ bytes: count, sha256: hash, pieces: z.array(piece) })

const table = part.extend({
  name: z.string().regex(/^\w+(\.\w+)?$/),
  columns: z.array(z.string().regex(/^\w+$/)).min(1),
  rows: count,
})

export const manifestShape = z.object({
  format: z.literal(FORMAT),
  /** Of Regulars. */
  version: z.string(),
  /** Machine time of the snapshot. */
  madeAt: z.iso.datetime(),
  head: piece,
  records: z.object({
    /** The Postgres that it was made on: `18.4`. */
    server: z.string(),
    /** The migrations that the tables were made by, in order. */
    migrations: z.array(z.string()).min(1),
    tables: z.array(table),
    partitions: z.array(
      z.object({
        table: name,
        name,
        bound: z.string().regex(/^(DEFAULT|FOR VALUES FROM \('[-+:. \d]+'\) TO \('[-+:. \d]+'\))$/),
      }),
    ),
    /** The last value given; those never used are absent. */
    sequences: z.array(z.object({ name, last: z.string().regex(/^-?\d+$/) })),
  }),
  /** Tables that are truth in ClickHouse. What is a projection is not here: it is made anew. */
  columns: z.object({ migrations: z.array(z.string()), tables: z.array(table) }),
  /** Jobs that waited, one JSON object a line. */
  jobs: part.extend({ rows: count }),
  /** Files of the data folder, and the settings file. */
  files: z.array(
    part.extend({
      name: z
        .string()
        .regex(/^[\w][\w./-]*$/)
        .refine((name) => !name.includes('..')),
    }),
  ),
})

export type Manifest = z.infer<typeof manifestShape>
export type ManifestTable = z.infer<typeof table>
