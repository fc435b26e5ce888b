import type { Command } from 'commander'
import { setUpToken } from '#know/staff/index.ts'
import { readConfig } from '#platform/config.ts'
import { openHouse } from '../open-house.ts'
import { runHouse } from '../run-house.ts'
import { interruption, tell } from './terminal.ts'

export function addStartCommands(program: Command): void {
  program
    .command('start', { isDefault: true })
    .description('start the shop: pages, API and background work in one process')
    .addHelpText('after', '\nExamples:\n  regulars start\n  PORT=8080 HOST=0.0.0.0 regulars start')
    .action(() => run({ serves: true, works: true }))
  program
    .command('serve')
    .description('answer pages and API only; another process does the work')
    .action(() => run({ serves: true, works: false }))
  program
    .command('work')
    .description('do background work only')
    .action(() => run({ serves: false, works: true }))
}

async function run(roles: { serves: boolean; works: boolean }): Promise<void> {
  const config = readConfig()
  const signal = interruption()
  signal.addEventListener('abort', () => tell('Stopping…'), { once: true })
  const house = await openHouse(config, tell)
  try {
    await runHouse(config, house, signal, {
      ...roles,
      async onOpen(addresses) {
        if (!roles.serves) tell('Working. Ctrl-C stops.')
        else greet(addresses, await setUpToken(house.ctx))
      },
    })
    process.exitCode = 0
  } finally {
    await house.close()
  }
}

/** Says where the shop is. While there is no owner the address carries the one-time set-up token, behind the #: it reaches no log. */
function greet(addresses: readonly string[], token: string | undefined): void {
  const path = token ? `/setup#token=${token}` : '/'
  process.stdout.write(`\nRegulars 熟客\n${addresses.map((address) => `  ${address}${path}\n`).join('')}`)
  process.stdout.write(token ? 'Open the address once to make the owner’s account and the shop.\n' : 'Ctrl-C stops.\n')
}
