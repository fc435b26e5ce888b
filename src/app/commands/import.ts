import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { ImportProgress } from '#doors/exchange/contract.ts'
import { importFile } from '#doors/exchange/index.ts'
import { systemClock } from '#platform/clock.ts'
import { readConfig } from '#platform/config.ts'
import { say } from '#platform/i18n/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { openHouse } from '../open-house.ts'
import { interruption, progressLine, tell, tellJson } from './terminal.ts'

type Wanted = { preset: string; json?: boolean }

export function addImportCommand(program: Command): void {
  program
    .command('import')
    .description('bring in customers, products and orders from a CSV or XLSX file')
    .argument('<file>', 'the file; .csv.gz is read as it is')
    .requiredOption(
      '--preset <code>',
      'how its columns are understood: online-retail, taobao-orders, shopify-orders, or one of your own',
    )
    .option('--json', 'one line of JSON at the end')
    .addHelpText(
      'after',
      '\nA repeated or interrupted import goes on where it stopped; the same file twice changes nothing.\n\nExamples:\n  regulars import online_retail.csv.gz --preset online-retail --json',
    )
    .action(async (file: string, wanted: Wanted) => {
      const config = readConfig()
      const signal = interruption()
      const line = progressLine(() => systemClock.machine().getTime())
      const house = await openHouse(config)
      try {
        const summary = await importFile(house.ctx, {
          path: resolve(file),
          preset: wanted.preset,
          onProgress: (progress) => line.show(progressText(progress)),
          signal,
        })
        await projectAll(house.ctx)
        line.end()
        if (wanted.json) tellJson(summary)
        else tell(JSON.stringify(summary, null, 2))
      } finally {
        line.end()
        await house.close()
      }
    })
}

function progressText(progress: ImportProgress): string {
  const phase = progress.phase ? say('en', `exchange.phase.${progress.phase}`) : ''
  const share = `${Math.floor(progress.share * 100)}%`
  const rate = progress.rate ? `, ${Math.round(progress.rate)}/s` : ''
  const left = progress.secondsLeft ? `, about ${Math.ceil(progress.secondsLeft)} s left` : ''
  return `${share} ${phase}${rate}${left}`
}
