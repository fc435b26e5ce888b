import type { Command } from 'commander'
import { setUpToken } from '#know/staff/index.ts'
import { readConfig } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { openHouse } from '../open-house.ts'
import { runHouse } from '../run-house.ts'
import { interruption, tell, tellJson } from './terminal.ts'

type Told = { json?: boolean }

export function addStartCommands(program: Command): void {
  program
    .command('start', { isDefault: true })
    .description('start the shop: pages, API and background work in one process')
    .option('--json', 'one line of JSON when it runs')
    .addHelpText('after', '\nExamples:\n  regulars start\n  PORT=8080 HOST=0.0.0.0 regulars start')
    .action((options: Told) => run({ serves: true, works: true }, options))
  program
    .command('serve')
    .description('answer pages and API only; another process does the work')
    .option('--json', 'one line of JSON when it runs')
    .addHelpText('after', '\nExample, two beside each other:\n  PORT=7301 regulars serve\n  PORT=7302 regulars serve')
    .action((options: Told) => run({ serves: true, works: false }, options))
  program
    .command('work')
    .description('do background work only')
    .option('--json', 'one line of JSON when it runs')
    .addHelpText('after', '\nExample:\n  DATABASE_URL=postgres://… CLICKHOUSE_URL=http://… regulars work')
    .action((options: Told) => run({ serves: false, works: true }, options))
}

async function run(roles: { serves: boolean; works: boolean }, { json }: Told): Promise<void> {
  const config = readConfig()
  const signal = interruption()
  signal.addEventListener('abort', () => tell('Stopping…'), { once: true })
  const house = await openHouse(config, tell)
  try {
    await runHouse(config, house, signal, {
      ...roles,
      async onOpen(addresses) {
        if (json) tellJson({ addresses, setUp: roles.serves ? await setUpPath(house.ctx) : null })
        else if (!roles.serves) tell('Working. Ctrl-C stops.')
        else greet(addresses, await setUpToken(house.ctx))
      },
    })
    process.exitCode = 0
  } finally {
    await house.close()
  }
}

/** Where the owner is made, while there is none. */
async function setUpPath(ctx: Context): Promise<string | null> {
  const token = await setUpToken(ctx)
  return token ? `/setup#token=${token}` : null
}

/** Says where the shop is. While there is no owner the address carries the one-time set-up token, behind the #: it reaches no log. */
function greet(addresses: readonly string[], token: string | undefined): void {
  const path = token ? `/setup#token=${token}` : '/'
  process.stdout.write(`\nRegulars 熟客\n${addresses.map((address) => `  ${address}${path}\n`).join('')}`)
  process.stdout.write(token ? 'Open the address once to make the owner’s account and the shop.\n' : 'Ctrl-C stops.\n')
}
