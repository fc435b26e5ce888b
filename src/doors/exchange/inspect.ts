import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { type Encoding, inspectTable, type TableShape } from '#platform/files/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Inspection } from './contract.ts'
import { coveredCell, seesFile } from './file-sight.ts'
import { type Import, importOf } from './import.ts'
import type { Preset, Target } from './preset.ts'
import { columnsOf, missingTargets } from './stage/columns.ts'

/** What an import's file looks like and how its columns are understood so far. */
export async function inspect(ctx: Context, id: number): Promise<Inspection> {
  const one = await importOf(ctx, id)
  return seenBy(ctx, one, inspectionOf(one.shape, one.preset))
}

/** Its cells only to who may see them. */
function seenBy(ctx: Context, one: Import, inspection: Inspection): Inspection {
  if (seesFile(ctx, one)) return inspection
  const sample = inspection.sample.map((row) => ({ ...row, cells: row.cells.map((cell) => cell && coveredCell) }))
  return { ...inspection, sample }
}

export function inspectionOf(shape: TableShape, preset: Preset): Inspection {
  const found = columnsOf(preset, shape.columns)
  const used = new Set(Object.values(found))
  return {
    format: shape.format,
    encoding: shape.format === 'csv' ? shape.encoding : null,
    delimiter: shape.format === 'csv' ? shape.delimiter : null,
    sheets: shape.format === 'xlsx' ? shape.sheets : [],
    sheet: shape.format === 'xlsx' ? shape.sheet : null,
    headerRow: shape.headerRow,
    columns: shape.columns,
    sample: shape.sample.slice(0, 20),
    mapped: Object.fromEntries(
      (Object.entries(found) as [Target, number][]).map(([target, at]) => [target, shape.columns[at]!]),
    ),
    unmapped: shape.columns.filter((_, at) => !used.has(at)),
    missing: missingTargets(found).map((targets) => targets.join(' ')),
  }
}

/**
 * Reads an import's file in another way: another sheet, another encoding.
 * @throws FileRefusal; Refusal `exchange.wrong_state` once it has run
 */
export async function lookAgain(
  ctx: Context,
  { id, sheet, encoding }: { id: number; sheet?: string; encoding?: Encoding },
): Promise<Inspection> {
  const one = await importOf(ctx, id)
  // Before the transaction: a large workbook takes its time.
  const shape = await inspectTable(one.path, { name: one.fileName, sheet, encoding })
  return change(ctx, id, one.version, { shape })
}

/** Says how the columns are understood. @throws Refusal `exchange.wrong_state`, `http.stale` */
export function usePreset(
  ctx: Context,
  version: number,
  { id, preset }: { id: number; preset: Preset },
): Promise<Inspection> {
  return change(ctx, id, version, { preset })
}

/** Only before anything is applied; what was read so far is read anew. */
async function change(
  ctx: Context,
  id: number,
  version: number,
  next: Partial<Pick<Import, 'shape' | 'preset'>>,
): Promise<Inspection> {
  return inTransaction(ctx, async (ctx) => {
    await sql`select 1 from imports where id = ${id} for update`.execute(ctx.db)
    const one = await importOf(ctx, id)
    if (one.version !== version) throw new Refusal('stale', 'http.stale')
    if (one.applies || !['waiting', 'compared', 'failed', 'cancelled', 'undone'].includes(one.state)) {
      throw new Refusal('conflict', 'exchange.wrong_state', { state: one.state })
    }
    const { shape, preset } = { ...one, ...next }
    await sql`
      update imports
         set shape = ${JSON.stringify(shape)}::jsonb, preset = ${JSON.stringify(preset)}::jsonb, state = 'waiting', cursor = '{}',
             comparison = null, summary = null, failure = null, rows_read = 0, rows_total = null, version = version + 1
       where id = ${id}`.execute(ctx.db)
    await sql`delete from import_problems where import_id = ${id}`.execute(ctx.db)
    return seenBy(ctx, one, inspectionOf(shape, preset))
  })
}
