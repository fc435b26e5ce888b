import { networkInterfaces } from 'node:os'
import type { Config } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { modulesOf } from './modules.ts'
import type { House } from './open-house.ts'
import { houseJobs } from './schedule.ts'
import { startServer } from './serve.ts'
import { openQueue, startWork } from './work.ts'

export type Roles = {
  serves: boolean
  works: boolean
  /** Told when all runs; `addresses` is empty where nothing is served. */
  onOpen(addresses: string[]): Promise<void> | void
  /** Runs beside it until the signal, and is waited for. */
  beside?(ctx: Context): Promise<void>
}

/** Keeps an open house in service until the signal; then lets running work end. The caller closes the house. */
export async function runHouse(config: Config, house: House, signal: AbortSignal, roles: Roles): Promise<void> {
  const stops: (() => Promise<unknown>)[] = []
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
    const server = roles.serves ? await startServer(config, ctx, modules) : undefined
    if (server) stops.push(() => server.stop())
    await roles.onOpen(server ? addressesOf(config, server.port) : [])
    await Promise.all([roles.beside?.(ctx), aborted(signal)])
  } finally {
    for (const stop of stops.reverse()) await stop()
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

function addressesOf(config: Config, port: number): string[] {
  if (config.publicUrl) return [config.publicUrl.replace(/\/$/, '')]
  return hostsOf(config.host).map((host) => `http://${host}:${port}`)
}

function hostsOf(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [host.includes(':') ? `[${host}]` : host]
  const own = Object.values(networkInterfaces())
    .flat()
    .filter((one) => one?.family === 'IPv4' && !one.internal)
  return ['127.0.0.1', ...own.map((one) => one!.address)]
}
