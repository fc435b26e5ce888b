import { networkInterfaces } from 'node:os'
import type { Command } from 'commander'
import { setUpToken } from '#know/staff/index.ts'
import { type Config, readConfig } from '#platform/config.ts'
import { modulesOf } from '../modules.ts'
import { type House, openHouse } from '../open-house.ts'
import { houseJobs } from '../schedule.ts'
import { startServer } from '../serve.ts'
import { openQueue, startWork } from '../work.ts'
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
  const house = await openHouse(config, tell)
  const stops: (() => Promise<void>)[] = [() => house.close()]
  try {
    const queue = await openQueue(house.databaseUrl, house.ctx)
    stops.push(() => queue.stop({ graceful: true, timeout: 15_000 }))
    const ctx = { ...house.ctx, queue }
    const modules = modulesOf(config)
    if (roles.works) {
      const worker = await startWork(ctx, queue, {
        jobs: [...houseJobs, ...modules.flatMap((module) => module.jobs ?? [])],
        listeners: modules.flatMap((module) => module.listens ?? []),
        loops: modules.flatMap((module) => module.loops ?? []),
      })
      stops.push(() => worker.stop())
    }
    if (roles.serves) {
      const server = await startServer(config, ctx, modules)
      stops.push(() => server.stop())
      await greet(config, house, server.port)
    } else {
      tell('Working. Ctrl-C stops.')
    }
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
    tell('Stopping…')
    process.exitCode = 0
  } finally {
    for (const stop of stops.reverse()) await stop()
  }
}

/** Says where the shop is. While there is no owner the address carries the one-time set-up token, behind the #: it reaches no log. */
async function greet(config: Config, house: House, port: number): Promise<void> {
  const token = await setUpToken(house.ctx)
  const path = token ? `/setup#token=${token}` : '/'
  const addresses = config.publicUrl
    ? [config.publicUrl.replace(/\/$/, '')]
    : hostsOf(config.host).map((host) => `http://${host}:${port}`)
  process.stdout.write(`\nRegulars 熟客\n${addresses.map((address) => `  ${address}${path}\n`).join('')}`)
  process.stdout.write(token ? 'Open the address once to make the owner’s account and the shop.\n' : 'Ctrl-C stops.\n')
}

function hostsOf(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [host.includes(':') ? `[${host}]` : host]
  const own = Object.values(networkInterfaces())
    .flat()
    .filter((one) => one?.family === 'IPv4' && !one.internal)
  return ['127.0.0.1', ...own.map((one) => one!.address)]
}
