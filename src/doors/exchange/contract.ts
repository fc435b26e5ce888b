import { z } from 'zod'
import { endpoint, ofPerson, shape } from '#platform/contract/index.ts'
import { presetShape, target } from './preset.ts'

export * from './preset.ts'

/**
 * waiting: the file lies here, its columns can be corrected; running: see `goal` and `phase`; compared: the dry run is done;
 * cancelled and failed can be run again and go on where they stopped.
 */
export const importState = z.enum([
  'waiting',
  'running',
  'compared',
  'applied',
  'cancelled',
  'failed',
  'undoing',
  'undone',
])
export type ImportState = z.infer<typeof importState>

/** stage: reading the file; sort: gathering its orders; compare: the dry run; then what is written, in this order. */
export const importPhase = z.enum([
  'stage',
  'sort',
  'compare',
  'products',
  'customers',
  'orders',
  'steps',
  'reviews',
  'undo',
])
export type ImportPhase = z.infer<typeof importPhase>

export const importGoal = z.enum(['compared', 'applied'])

/** new: not known yet; changed: known, told otherwise now; same: nothing to do; conflicting: not applied, each with a reason. */
const counts = z.object({ new: z.number(), changed: z.number(), same: z.number(), conflicting: z.number() })

export const compareSample = z.object({
  entity: z.enum(['products', 'customers', 'orders']),
  state: z.enum(['new', 'changed', 'conflicting']),
  /** Product code, the source's customer number, order number. */
  key: z.string(),
  /** The row of the file that told it first. */
  row: z.number(),
  /** Message key of the reason; conflicting only. */
  reason: z.string().optional(),
  /** Old and new of each field that differs; amounts as decimal text. */
  fields: z.array(z.object({ field: z.string(), old: z.string().nullable(), new: z.string().nullable() })),
})
export type CompareSample = z.infer<typeof compareSample>

export const comparison = z.object({
  products: counts,
  customers: counts,
  orders: counts,
  /** Lines of the orders in each state. */
  lines: counts,
  /**
   * What the file says of permissions, where it says anything: kept: a refusal stands; asked: waits for the person's own yes; same:
   * said before.
   */
  consents: z
    .object({ allowed: z.number(), refused: z.number(), asked: z.number(), kept: z.number(), same: z.number() })
    .optional(),
  /** What the file says of how far orders are, where it says anything: a step of a parcel each. */
  steps: counts.optional(),
  /** What the file says of goods, where it says anything. */
  reviews: counts.optional(),
  /** Of how many customers it says where they came from; how many sources it names that the shop does not have yet. */
  sources: z.object({ told: z.number(), fresh: z.number() }).optional(),
  /** Rows that cannot be used, and rows held back because their order lacks such a row. */
  unusableRows: z.number(),
  heldBackOrders: z.number(),
  /** At most 10 of each entity and state. */
  samples: z.array(compareSample),
})
export type Comparison = z.infer<typeof comparison>

/** What a file said, counted over the file, whatever of it was known before. */
export const importSummary = z.object({
  lines: z.number(),
  /** Documents in all: sales, cancellations, adjustments. */
  orders: z.number(),
  cancellations: z.number(),
  adjustments: z.number(),
  customers: z.number(),
  anonymousLines: z.number(),
  products: z.number(),
  countries: z.number(),
  /** Major units; void documents count nothing. */
  revenue: z.number(),
  /** Of orders' ways, where the file tells of them. */
  steps: z.number().optional(),
  reviews: z.number().optional(),
})
export type ImportSummary = z.infer<typeof importSummary>

const progress = z.object({
  phase: importPhase.nullable(),
  /** Rows of the file read, and in all (an estimate until the file is read). */
  rowsRead: z.number(),
  rowsTotal: z.number().nullable(),
  /** Of the whole run, 0 to 1. */
  share: z.number(),
  /** Rows or records a second in this phase. */
  rate: z.number().nullable(),
  secondsLeft: z.number().nullable(),
})
export type ImportProgress = z.infer<typeof progress>

export const importRow = z.object({
  id: shape.id,
  fileName: z.string(),
  fileSize: z.number(),
  state: importState,
  goal: z.enum(['compared', 'applied', 'undone']).nullable(),
  progress,
  presetName: z.string(),
  problems: z.number(),
  summary: importSummary.nullable(),
  /** What stopped it, in the reader's language. */
  failure: z.object({ code: z.string(), text: z.string() }).nullable(),
  /** Something of it stands in the records, so it can be undone. */
  applies: z.boolean(),
  createdAt: z.string(),
  beganAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  actor: z.string(),
  version: shape.version,
})
export type ImportRow = z.infer<typeof importRow>

export const oneImport = importRow.extend({
  preset: presetShape,
  comparison: comparison.nullable(),
  /** The last import of a file with the same bytes that was applied. */
  sameFileAs: z.object({ id: shape.id, endedAt: z.string().nullable() }).nullable(),
})
export type OneImport = z.infer<typeof oneImport>

export const inspection = z.object({
  format: z.enum(['csv', 'xlsx']),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  sheets: z.array(z.string()),
  sheet: z.string().nullable(),
  headerRow: z.number(),
  columns: z.array(z.string()),
  sample: z.array(z.object({ row: z.number(), cells: z.array(ofPerson('imports', z.string())) })),
  /** What each target's column is, by the preset that the import has now. */
  mapped: z.partialRecord(target, z.string()),
  /** Columns that mean nothing to us so far. */
  unmapped: z.array(z.string()),
  /** What must still be told before it can run: message keys. */
  missing: z.array(z.string()),
})
export type Inspection = z.infer<typeof inspection>

const byId = z.object({ id: shape.id })
const may = { tag: 'Import', may: 'exchange.import', scope: 'all' } as const

export const exchangeContract = {
  list: endpoint({
    ...may,
    method: 'GET',
    path: '/imports',
    summary: 'Imports, newest first',
    input: z.object(shape.pageInput),
    output: shape.pageOf(importRow),
  }),
  get: endpoint({
    ...may,
    method: 'GET',
    path: '/imports/{id}',
    summary: 'One import with its progress and comparison',
    input: byId,
    output: oneImport,
  }),
  inspect: endpoint({
    ...may,
    method: 'GET',
    path: '/imports/{id}/inspection',
    summary: 'What the file looks like and how its columns are understood',
    rate: 'heavy',
    input: byId,
    output: inspection,
  }),
  look: endpoint({
    ...may,
    method: 'POST',
    path: '/imports/{id}/inspection',
    summary: 'Read the file in another way: another sheet or encoding',
    rate: 'heavy',
    once: false,
    input: byId.extend({
      sheet: z.string().max(200).optional(),
      encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'windows-1252']).optional(),
    }),
    output: inspection,
  }),
  usePreset: endpoint({
    ...may,
    method: 'PUT',
    path: '/imports/{id}/preset',
    summary: 'Say how the columns are understood',
    description: 'Only before the import runs, or after a dry run, which then has to be made anew.',
    edit: true,
    input: byId.extend({ preset: presetShape }),
    output: inspection,
  }),
  run: endpoint({
    ...may,
    method: 'POST',
    path: '/imports/{id}/runs',
    summary: 'Compare (dry run) or apply; goes on where a cancelled or failed run stopped',
    input: byId.extend({ goal: importGoal }),
    output: oneImport,
  }),
  cancel: endpoint({
    ...may,
    method: 'POST',
    path: '/imports/{id}/cancellation',
    summary: 'Stop between two chunks; what is applied stays until it is undone',
    once: false,
    input: byId,
    output: oneImport,
  }),
  undo: endpoint({
    ...may,
    method: 'POST',
    path: '/imports/{id}/undo',
    summary: 'Remove what rests on this import alone',
    input: byId,
    output: oneImport,
  }),
  leftovers: endpoint({
    ...may,
    method: 'GET',
    path: '/imports/{id}/leftovers',
    summary: 'What an undo left, each with the reason',
    input: byId.extend(shape.pageInput),
    output: shape.pageOf(
      z.object({
        entity: z.enum(['products', 'profiles', 'orders']),
        id: shape.id,
        /** Product code, the source's customer number, order number. */
        key: z.string(),
        /** The customer whom a profile belongs to. */
        customerId: z.number().nullable(),
        reason: z.string(),
        text: z.string(),
      }),
    ),
  }),
  problems: endpoint({
    ...may,
    method: 'GET',
    path: '/imports/{id}/problems',
    summary: 'Rows that cannot be used, by row',
    input: byId.extend(shape.pageInput),
    output: shape.pageOf(
      z.object({
        row: z.number(),
        column: z.string().nullable(),
        value: ofPerson('imports', z.string().nullable()),
        reason: z.string(),
        text: z.string(),
      }),
    ),
  }),
  remove: endpoint({
    ...may,
    method: 'DELETE',
    path: '/imports/{id}',
    summary: 'Forget a file that was never applied, or was undone',
    input: byId,
    output: z.object({}),
  }),
  presets: endpoint({
    ...may,
    method: 'GET',
    path: '/import-presets',
    summary: 'Shipped and saved presets',
    input: z.object({}),
    output: z.object({
      items: z.array(z.object({ preset: presetShape, shipped: z.boolean(), version: z.number() })),
    }),
  }),
  savePreset: endpoint({
    ...may,
    method: 'PUT',
    path: '/import-presets/{code}',
    summary: 'Save a preset under its code; the shipped ones cannot be replaced',
    input: z.object({ code: z.string().max(40), preset: presetShape, version: z.number().int().min(0) }),
    output: z.object({ preset: presetShape, version: z.number() }),
  }),
  removePreset: endpoint({
    ...may,
    method: 'DELETE',
    path: '/import-presets/{code}',
    summary: 'Delete a saved preset',
    input: z.object({ code: z.string().max(40) }),
    output: z.object({}),
  }),
}

/*
 * Beside the contract, as streams:
 * PUT /api/imports/file with the file's bytes as the body, its name in the header X-File-Name (percent-encoded), and
 *   optionally X-Preset (a preset's code) and X-Encoding (one of `look`'s): answers 201 {id, inspection}. At most 4 GB.
 * GET /api/imports/:id/unusable: the rows that cannot be used, as CSV with the reason in the reader's language.
 */
