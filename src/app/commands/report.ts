import { createWriteStream } from 'node:fs'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Argument, type Command, Option } from 'commander'
import { append } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import { cohortsBy } from '#understand/cohorts/contract.ts'
import { cohortsOf } from '#understand/cohorts/index.ts'
import { definitionsFor } from '#understand/metrics/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { type Asks, asks, compare, reportMetrics, splits } from '#understand/reports/contract.ts'
import { exportReport, formats, reportsOf, runReport } from '#understand/reports/index.ts'
import { readQuestion } from '#understand/segments/index.ts'
import { wholeNumber } from './arguments.ts'
import { inHouse } from './in-house.ts'
import { tell, tellJson } from './terminal.ts'

type Json = { json?: boolean }
type Wanted = Json & {
  metrics?: string
  by: string
  where?: string
  from?: string
  to?: string
  months?: number
  compare: string
  asOf?: string
}

export function addReportCommands(program: Command): void {
  const command = program.command('report').description('numbers over whom you choose, divided as you like')
  command
    .command('metrics')
    .description('what each number means: formula, unit, days, records')
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  regulars report metrics | grep revenue')
    .action(({ json }: Json) =>
      inHouse(async (ctx) => {
        const items = definitionsFor(ctx)
        if (json) return tellJson({ items })
        for (const { key, name, formula, meaning } of items) tell(`${key}\t${name}\t${formula}\t${meaning}`)
      }),
    )
  command
    .command('list')
    .description('the reports that were saved')
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  regulars report list --json | jq .items[].name')
    .action(({ json }: Json) =>
      inHouse(async (ctx) => {
        const items = await reportsOf(ctx)
        if (json) return tellJson({ items })
        for (const one of items) tell(`${one.id}\t${one.name}\t${one.asks.metrics.join(', ')}\t${one.asks.split}`)
      }),
    )
  command
    .command('run')
    .description('the answer to a saved report, or to one told by options; amounts in minor units')
    .argument('[name]', 'name or number of a saved report')
    .option('--metrics <names>', `of: ${reportMetrics.join(', ')}`)
    .addOption(new Option('--by <split>', 'divided by').choices([...splits]).default('none'))
    .option('--where <question>', 'of whom, as text of a segment')
    .option('--from <day>', 'first day (YYYY-MM-DD, shop’s zone)')
    .option('--to <day>', 'last day')
    .option('--months <count>', 'the last so many months instead', wholeNumber)
    .addOption(new Option('--compare <with>', 'beside').choices(compare.options).default('none'))
    .option('--as-of <day>', 'as if this day were today')
    .option('--json', 'one line of JSON')
    .addHelpText(
      'after',
      "\nExamples:\n  regulars report run 各店营业额 --json\n  regulars report run --metrics revenue,buyers --by city --months 3 --compare year --where 'stage = active'",
    )
    .action((name: string | undefined, wanted: Wanted) =>
      inHouse(async (ctx) => {
        const asked = name === undefined ? await askedOf(ctx, wanted) : (await savedOf(ctx, name)).asks
        await projectAll(ctx)
        const answer = await runReport(ctx, { asks: asked, asOf: wanted.asOf })
        await append(ctx, { action: 'reports.run', outcome: 'seen', object: 'reports', rows: answer.rows.length })
        if (wanted.json) return tellJson(answer)
        tell(`${answer.sentence}: ${answer.period.from} … ${answer.period.to}`)
        for (const row of [...answer.rows, answer.all]) {
          tell([row.from ?? row.name ?? row.key, ...row.cells.map(({ value }) => value ?? '-')].join('\t'))
        }
      }),
    )
  command
    .command('export')
    .description('write the answer to a saved report to a file')
    .argument('<name>', 'name or number of the report')
    .addArgument(new Argument('<file>', 'ends in .csv or .xlsx'))
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  regulars report export 各店营业额 takings.xlsx')
    .action((name: string, file: string, { json }: Json) =>
      inHouse(async (ctx) => {
        const format = formats.find((one) => file.toLowerCase().endsWith(`.${one}`)) ?? 'csv'
        const report = await savedOf(ctx, name)
        await projectAll(ctx)
        const source = await exportReport(ctx, { name: report.name, asks: report.asks, format })
        await pipeline(Readable.from(source), createWriteStream(resolve(file), { mode: 0o600 }))
        await append(ctx, { action: 'reports.file', object: 'reports', objectId: String(report.id), outcome: 'done' })
        if (json) return tellJson({ file: resolve(file), format })
        tell(resolve(file))
      }),
    )
  command
    .command('cohorts')
    .description('who bought for the first time together, and how many of them bought again')
    .addOption(new Option('--by <what>', 'put together by').choices([...cohortsBy]).default('month'))
    .option('--months <count>', 'first purchases of the last so many months, at most 24', wholeNumber, 12)
    .option('--as-of <day>', 'only what was placed on or before this day counts')
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  regulars report cohorts --as-of 2011-12-09 --months 13 --json')
    .action(({ by, months, asOf, json }: Json & { by: 'month'; months: number; asOf?: string }) =>
      inHouse(async (ctx) => {
        await projectAll(ctx)
        const found = await cohortsOf(ctx, { by, months: Math.min(months, 24), asOf })
        if (json) return tellJson(found)
        for (const { key, name, newBuyers, cells } of [...found.rows, found.all]) {
          tell([name ?? key, newBuyers, ...cells.map((one) => `${one.boughtAgain}/${one.newBuyers}`)].join('\t'))
        }
      }),
    )
}

/** @throws Refusal `reports.unknown_one` */
async function savedOf(ctx: Context, name: string) {
  const found = (await reportsOf(ctx)).find((one) => one.name === name || String(one.id) === name)
  if (!found) throw new Refusal('not_found', 'reports.unknown_one')
  return found
}

/** @throws Refusal `segments.not_understood`, `http.invalid_input` */
async function askedOf(
  ctx: Context,
  { metrics = 'revenue', by, where, from, to, months, compare }: Wanted,
): Promise<Asks> {
  const { question, fault } = where ? await readQuestion(ctx, { text: where }) : {}
  if (fault) throw new Refusal('invalid', 'segments.not_understood', { before: '', why: fault.message })
  const period = from && to ? { from, to } : { last: months ?? 12, unit: 'months' }
  const parsed = asks.safeParse({ metrics: metrics.split(','), where: question, split: by, period, compare })
  if (!parsed.success) throw new Refusal('invalid', 'http.invalid_input')
  return parsed.data
}
