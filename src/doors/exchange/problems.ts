import { sql } from 'kysely'
import { z } from 'zod'
import { shownNumber } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import { coveredCell, seesFile } from './file-sight.ts'
import { importOf } from './import.ts'

export type ImportProblem = {
  row: number
  reason: string
  columnName: string | null
  value: string | null
  params: Record<string, string | number>
}

type Page = { id: number; limit: number; after?: string }

/** Problems from a row on, in the order of the file. */
export async function problemsFrom(
  ctx: Context,
  importId: number,
  after: number,
  limit: number,
): Promise<ImportProblem[]> {
  const { rows } = await sql<ImportProblem>`
    select row, reason, column_name, value, params from import_problems
     where import_id = ${importId} and row > ${after} order by row limit ${limit}`.execute(ctx.db)
  return rows
}

/** A problem in words: where, what, and what was found there. */
export function problemText(locale: Locale, file: string, one: ImportProblem): string {
  return say(locale, one.reason, {
    file,
    row: one.row,
    line: 0,
    column: one.columnName ?? '',
    value: one.value ?? '',
    allowed: '',
    ...one.params,
  })
}

/** Rows that cannot be used, by row. @throws Refusal `exchange.unknown` */
export async function listProblems(ctx: Context, { id, limit, after }: Page) {
  const one = await importOf(ctx, id)
  const { fileName } = one
  const seen = seesFile(ctx, one)
  const rows = await problemsFrom(ctx, id, after ? readCursor(z.tuple([z.number()]), after)[0] : 0, limit + 1)
  const page = rows
    .slice(0, limit)
    .map((row) => (seen || row.value === null ? row : { ...row, value: coveredCell, params: {} }))
  return {
    items: page.map((one) => ({
      row: one.row,
      column: one.columnName,
      value: one.value,
      reason: one.reason,
      text: problemText(ctx.actor.locale as Locale, fileName, one),
    })),
    next: rows.length > limit ? cursorOf(page.at(-1)!.row) : undefined,
  }
}

type Leftover = {
  entity: 'products' | 'profiles' | 'orders'
  id: number
  key: string
  customerId: number | null
  reason: string
}

/** What an undo left, each with the reason. @throws Refusal `exchange.unknown` */
export async function listLeftovers(ctx: Context, { id, limit, after }: Page) {
  await importOf(ctx, id)
  const [entity, rowId] = after ? readCursor(z.tuple([z.string(), z.number()]), after) : ['', 0]
  const { rows } = await sql<Leftover>`
    select e.entity, e.row_id as id, coalesce(o.number, f.external_id, p.code) as key, map.customer_id, e.stays as reason
      from import_evidence e
      left join orders o on e.entity = 'orders' and o.id = e.row_id
      left join profiles f on e.entity = 'profiles' and f.id = e.row_id
      left join profile_customers map on map.profile_id = f.id
      left join products p on e.entity = 'products' and p.id = e.row_id
     where e.import_id = ${id} and e.stays is not null and (e.entity, e.row_id) > (${entity}, ${rowId}::bigint)
     order by e.entity, e.row_id limit ${limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map((one) => ({
      ...one,
      key: shownNumber(ctx, one.key ?? ''),
      text: say(ctx.actor.locale as Locale, one.reason),
    })),
    next: rows.length > limit && last ? cursorOf(last.entity, last.id) : undefined,
  }
}
