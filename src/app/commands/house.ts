import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { systemClock } from '#platform/clock.ts'
import { readConfig } from '#platform/config.ts'
import { projectAll, rebuild } from '#understand/projection/index.ts'
import { modulesOf } from '../modules.ts'
import { openHouse } from '../open-house.ts'
import { openApiOf } from '../openapi.ts'
import { interruption, progressBar, tell, tellJson } from './terminal.ts'

export function addHouseCommands(program: Command): void {
  program
    .command('migrate')
    .description('bring both engines to this version and end')
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nEvery start does this too. Example:\n  regulars backup && regulars migrate --json')
    .action(async (options: { json?: boolean }) => {
      const applied: string[] = []
      const house = await openHouse(readConfig(), (line) => (line.endsWith('.sql') ? applied.push(line) : tell(line)))
      await house.close()
      if (options.json) tellJson({ applied })
      else tell(`${applied.map((name) => `${name}\n`).join('')}Up to date.`)
    })

  program
    .command('rebuild')
    .description('make the columns anew from the records, while the shop runs')
    .option('--json', 'one line of JSON at the end')
    .addHelpText('after', '\nExample:\n  regulars rebuild --json')
    .action(async (options: { json?: boolean }) => {
      const signal = interruption()
      const line = progressBar(() => systemClock.machine().getTime())
      const house = await openHouse(readConfig(), tell)
      try {
        const result = await rebuild(house.ctx, { signal, onProgress: (text) => line.show(text) })
        await projectAll(house.ctx)
        line.end()
        if (options.json) tellJson(result)
        else tell('The columns are new.')
      } finally {
        await house.close()
      }
    })

  program
    .command('openapi')
    .description('write the OpenAPI 3.1 document')
    .argument('[file]', 'where to; standard output unless told')
    .addHelpText('after', '\nExample:\n  regulars openapi openapi.json')
    .action(async (file?: string) => {
      const text = `${JSON.stringify(await openApiOf(modulesOf(readConfig())), null, 2)}\n`
      if (file) await writeFile(file, text)
      else process.stdout.write(text)
    })
}
