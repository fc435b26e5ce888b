import { createWriteStream } from 'node:fs'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import type { ImportProgress } from '#doors/exchange/contract.ts'
import { compareFile, type FileImport, importFile, unusableRows } from '#doors/exchange/index.ts'
import { systemClock } from '#platform/clock.ts'
import { readConfig } from '#platform/config.ts'
import { say } from '#platform/i18n/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { openHouse } from '../open-house.ts'
import { interruption, progressBar, tell, tellJson } from './terminal.ts'

type Wanted = { preset?: string; dryRun?: boolean; unusable?: string; json?: boolean }

export function addImportCommand(program: Command): void {
  program
    .command('import')
    .description('bring in customers, products and orders from a CSV or XLSX file')
    .argument('<file>', 'the file; .csv.gz is read as it is')
    .option(
      '--preset <code>',
      'how its columns are understood: online-retail, taobao-orders, taobao-items, shopify-orders, or one of your own; guessed unless told',
    )
    .option('--dry-run', 'show what would be new, changed, the same, conflicting or unusable, and write nothing')
    .option('--unusable <csv>', 'write the rows that cannot be used to this file, each with its reason')
    .option('--json', 'one line of JSON at the end')
    .addHelpText(
      'after',
      '\nA repeated or interrupted import goes on where it stopped; the same file twice changes nothing.\n\nExamples:\n  regulars import online_retail.csv.gz --preset online-retail --json\n  regulars import orders.xlsx --dry-run --unusable look-at-these.csv',
    )
    .action(async (file: string, wanted: Wanted) => {
      const config = readConfig()
      const signal = interruption()
      const line = progressBar(() => systemClock.machine().getTime())
      const house = await openHouse(config)
      const asked: FileImport = {
        path: resolve(file),
        preset: wanted.preset,
        onPreset: (preset) => wanted.preset ?? tell(`Taken for: ${preset.name} (--preset ${preset.code})`),
        onProgress: (progress) => line.show(progressText(progress), progress.share),
        signal,
      }
      try {
        const done = wanted.dryRun ? await compareFile(house.ctx, asked) : await importFile(house.ctx, asked)
        if (!wanted.dryRun) await projectAll(house.ctx)
        const result = 'summary' in done ? done.summary : done.comparison
        line.end()
        if (wanted.unusable) await pipeline(await unusableRows(house.ctx, done.id), createWriteStream(wanted.unusable))
        if (wanted.json) tellJson(result)
        else tell(JSON.stringify(result, null, 2))
      } finally {
        line.end()
        await house.close()
      }
    })
}

function progressText(progress: ImportProgress): string {
  const phase = progress.phase ? say('en', `exchange.phase.${progress.phase}`) : ''
  const rate = progress.rate ? `, ${Math.round(progress.rate)}/s` : ''
  const left = progress.secondsLeft ? `, about ${Math.ceil(progress.secondsLeft)} s left` : ''
  return `${phase}${rate}${left}`
}
