import type { Command } from 'commander'
import { readConfig } from '#platform/config.ts'
import { fromMinor } from '#platform/money.ts'
import { overview } from '#understand/metrics/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { openHouse } from '../open-house.ts'
import { tell, tellJson } from './terminal.ts'

type Wanted = { asOf?: string; from?: string; to?: string; json?: boolean }

export function addInsightCommands(program: Command): void {
  program
    .command('overview')
    .description('the shop at a glance, as of a day')
    .option('--as-of <day>', 'only what was placed on or before this day (YYYY-MM-DD, shop’s zone); today unless told')
    .option('--from <day>', 'first day of the period')
    .option('--to <day>', 'last day of the period')
    .option('--json', 'one line of JSON; amounts in major units')
    .addHelpText('after', '\nExample:\n  regulars overview --as-of 2011-12-10 --json')
    .action(async ({ asOf, from, to, json }: Wanted) => {
      const house = await openHouse(readConfig())
      try {
        await projectAll(house.ctx)
        const found = await overview(house.ctx, { asOf, from, to })
        const { new: fresh, ...stages } = found.stages
        const metrics = Object.fromEntries(
          found.metrics.map(({ key, unit, value }) => [
            key,
            unit === 'money' && value !== null ? Number(fromMinor(value, found.currency)) : value,
          ]),
        )
        const result = {
          asOf: found.asOf,
          period: found.period,
          currency: found.currency,
          stages,
          new: fresh,
          ...metrics,
        }
        if (json) tellJson(result)
        else tell(JSON.stringify(result, null, 2))
      } finally {
        await house.close()
      }
    })
}
