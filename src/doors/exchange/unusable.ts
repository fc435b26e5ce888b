import { stat } from 'node:fs/promises'
import type { Context } from '#platform/context.ts'
import { readTable, writeCsv } from '#platform/files/index.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import { Refusal } from '#platform/refusal.ts'
import { seesFile } from './file-sight.ts'
import { importOf } from './import.ts'
import { type ImportProblem, problemsFrom, problemText } from './problems.ts'

/**
 * The rows that cannot be used as a CSV of their own, each with its original cells and the reason, so that it can be put right and
 * imported: orders that were held back stand in it whole. The cells are read from the file again, not kept in the database; of a row
 * with the wrong number of cells only its beginning is known.
 * @throws Refusal `exchange.unknown`, `exchange.not_shown` to whom people's data is masked and who did not bring the file, `exchange.file_gone` where the file lies there no more
 */
export async function unusableRows(ctx: Context, id: number): Promise<AsyncGenerator<Buffer>> {
  const one = await importOf(ctx, id)
  if (!seesFile(ctx, one)) throw new Refusal('forbidden', 'exchange.not_shown')
  const locale = ctx.actor.locale as Locale
  const { size } = await stat(one.path).catch(() => ({ size: -1 }))
  if (size !== one.fileSize) throw new Refusal('gone', 'exchange.file_gone', { file: one.fileName })
  const { columns } = one.shape
  const reason = (problem: ImportProblem) => problemText(locale, one.fileName, problem)

  async function* rows(): AsyncGenerator<string[]> {
    const problems = eachProblem(ctx, id)
    let next = await problems.next()
    if (next.done) return
    // Of rows whose cells do not fit the header, the reader gives only the beginning.
    const shortened = (problem: ImportProblem) => [
      ...columns.map((_, at) => (at === 0 ? (problem.value ?? '') : '')),
      String(problem.row),
      reason(problem),
    ]
    try {
      for await (const piece of readTable(one.path, one.shape, { fromRow: next.value.row, batch: 2_000 })) {
        for (const { row, cells } of piece.rows) {
          while (!next.done && next.value.row < row) {
            yield shortened(next.value)
            next = await problems.next()
          }
          if (next.done) return
          if (next.value.row !== row) continue
          yield [...cells, String(row), reason(next.value)]
          next = await problems.next()
        }
      }
    } catch (error) {
      // A file that breaks somewhere was refused there; its rows before that are all there is.
      if (!(error instanceof Refusal)) throw error
    }
    while (!next.done) {
      yield shortened(next.value)
      next = await problems.next()
    }
  }
  return writeCsv(rows(), {
    columns: [...columns, say(locale, 'exchange.row_column'), say(locale, 'exchange.reason_column')],
  })
}

async function* eachProblem(ctx: Context, id: number): AsyncGenerator<ImportProblem> {
  for (let after = 0; ; ) {
    const page = await problemsFrom(ctx, id, after, 1_000)
    yield* page
    if (page.length < 1_000) return
    after = page.at(-1)!.row
  }
}
