import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { writeCsv, writeXlsx } from '#platform/files/index.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import { fromMinor } from '#platform/money.ts'
import type { Answer, Asks, ReportRow } from './contract.ts'
import { runReport } from './run-report.ts'

export const formats = ['csv', 'xlsx'] as const
export type Format = (typeof formats)[number]

/** The answer to a report as a table: a row each, the whole last; amounts in major units, shares from 0 to 1. */
export async function exportReport(
  ctx: Context,
  { name, asks, format, signal }: { name: string; asks: Asks; format: Format; signal?: AbortSignal },
): Promise<AsyncGenerator<Buffer>> {
  const [answer, { locale: ofShop }] = await Promise.all([runReport(ctx, { asks }, signal), merchantOf(ctx)])
  const locale = (ctx.actor.locale || ofShop) as Locale
  const compared = answer.before !== null
  const columns = [
    say(locale, `reports.split.${asks.split}`),
    ...asks.metrics.flatMap((key) => {
      const title = say(locale, `metrics.${key}`)
      if (!compared) return [title]
      return [
        title,
        say(locale, 'reports.before_of', { metric: title }),
        say(locale, 'reports.change_of', { metric: title }),
      ]
    }),
  ]
  const rows = [...answer.rows, answer.all].map((row) => [
    nameOf(row, locale),
    ...row.cells.flatMap((_, at) => cells(answer, row, at)),
  ])
  const options = { columns, numeric: columns.slice(1).map((_, at) => at + 1) }
  return format === 'xlsx' ? writeXlsx(rows, { ...options, sheet: name }) : writeCsv(rows, options)
}

function nameOf({ key, name, from }: ReportRow, locale: Locale): string {
  return key === 'all' ? say(locale, 'reports.all') : (from ?? name ?? say(locale, 'reports.unknown'))
}

function cells({ metrics, currency, before: compared }: Answer, row: ReportRow, at: number): string[] {
  const { value, before, change } = row.cells[at]!
  const plain = (one: number | null) =>
    one === null ? '' : metrics[at]!.unit === 'money' ? fromMinor(one, currency) : String(one)
  return compared ? [plain(value), plain(before), change === null ? '' : String(change)] : [plain(value)]
}
