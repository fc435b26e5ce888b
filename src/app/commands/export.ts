import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Argument, type Command, InvalidArgumentError, Option } from 'commander'
import { exportProducts } from '#know/catalog/index.ts'
import { customerColumn } from '#know/customers/contract.ts'
import { exportCustomers, newestIds } from '#know/customers/index.ts'
import { exportOrders } from '#know/orders/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import { systemClock } from '#platform/clock.ts'
import { readConfig } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { isDay } from '#platform/days.ts'
import { type Locale, locales } from '#platform/i18n/index.ts'
import { listed } from '#understand/value/index.ts'
import { openHouse } from '../open-house.ts'
import { interruption, progressBar, tell, tellJson } from './terminal.ts'

type Wanted = { columns?: string[]; from?: string; to?: string; language?: Locale; json?: boolean }

const kinds = ['customers', 'orders', 'lines', 'products'] as const
type Kind = (typeof kinds)[number]

const columns: readonly string[] = [...customerColumn.options, ...listed.columns]

export function addExportCommand(program: Command): void {
  program
    .command('export')
    .description('write customers, orders, lines of orders or products to a CSV file, as the page’s export does')
    .addArgument(new Argument('<what>', 'what to write').choices(kinds))
    .argument('[file]', 'where to; standard output unless told')
    .option('--columns <names>', `of customers: ${columns.join(', ')}; all unless told`, namesOf)
    .option('--from <day>', 'of orders and lines: first day (YYYY-MM-DD, shop’s zone)', dayOf)
    .option('--to <day>', 'of orders and lines: last day', dayOf)
    .addOption(new Option('--language <tag>', 'of headings and words; the shop’s unless told').choices([...locales]))
    .option('--json', 'one line of JSON at the end')
    .addHelpText(
      'after',
      '\nWhat leaves is noted in the audit log.\n\nExamples:\n  regulars export customers customers.csv --columns name,phone,stage,revenue\n  regulars export lines march.csv --from 2026-03-01 --to 2026-03-31 --json\n  regulars export products | head',
    )
    .action((what: Kind, file: string | undefined, wanted: Wanted) => runExport(what, file, wanted))
}

async function runExport(what: Kind, file: string | undefined, wanted: Wanted): Promise<void> {
  const signal = interruption()
  const line = progressBar(() => systemClock.machine().getTime())
  const house = await openHouse(readConfig())
  try {
    const locale = wanted.language ?? ((await merchantOf(house.ctx)).locale as Locale)
    const ctx: Context = { ...house.ctx, actor: { ...house.ctx.actor, locale } }
    let bytes = 0
    async function* watched(): AsyncGenerator<Uint8Array> {
      for await (const piece of await sourceOf(ctx, what, { ...wanted, locale })) {
        bytes += piece.length
        line.show(`${(bytes / 1e6).toFixed(1)} MB`)
        yield piece
      }
    }
    if (file) await toFile(resolve(file), watched(), signal)
    else await pipeline(Readable.from(watched()), process.stdout, { signal, end: false })
    line.end()
    if (wanted.json) tellJson({ what, file: file ? resolve(file) : null, bytes })
    else if (file) tell(`${file}: ${bytes} bytes`)
  } finally {
    line.end()
    await house.close()
  }
}

async function sourceOf(
  ctx: Context,
  what: Kind,
  wanted: Wanted & { locale: Locale },
): Promise<AsyncIterable<Uint8Array>> {
  const { locale, from, to } = wanted
  if (what === 'products') return exportProducts(ctx, { locale })
  if (what !== 'customers') return exportOrders(ctx, { lines: what === 'lines', from, to, locale })
  const chosen = wanted.columns ?? [...columns]
  const more = chosen.some((column) => listed.columns.includes(column)) ? await listed.tell(ctx, undefined) : undefined
  return exportCustomers(ctx, newestIds(ctx), chosen, locale, more)
}

/** Written beside and renamed: a file that is cut off never has the name that was asked for. */
async function toFile(path: string, source: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void> {
  const draft = `${path}.${process.pid}.part`
  try {
    await pipeline(Readable.from(source), createWriteStream(draft, { mode: 0o600, flush: true }), { signal })
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

function namesOf(text: string): string[] {
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !columns.includes(name))
  if (unknown !== undefined) throw new InvalidArgumentError(`There is no column ${unknown}.`)
  return names
}

function dayOf(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('A day is written as 2026-03-01.')
  return text
}
