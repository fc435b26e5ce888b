import type { Context } from '#platform/context.ts'
import type { Module } from '#platform/module.ts'
import { rightsRouter } from './api.ts'
import { rightsContract } from './contract.ts'
import { eraseWaiting } from './erase.ts'
import { exportRoute } from './export-route.ts'
import { rightsFacts } from './facts.ts'
import { rightsOfPerson } from './person.ts'
import { type Registry, registryOf } from './registry.ts'

export type RightsPlugs = {
  /** All modules of the house, in the order of dependency; asked when somebody asks. */
  modules(): readonly Module[]
  /** Brings the columns up to all that is committed. */
  follow(ctx: Context): Promise<void>
}

/** What people may ask of us by law: their data, and to be forgotten. */
export function rights({ modules, follow }: RightsPlugs): Module {
  const registry = () => registryOfModules(modules())
  return {
    name: 'rights',
    api: { contract: rightsContract, router: rightsRouter },
    streams: [exportRoute(registry)],
    facts: rightsFacts,
    jobs: [
      {
        name: 'rights.erase',
        alone: true,
        cron: '*/10 * * * *', // takes up what a process that died has left
        run: async (ctx, _data, signal) => void (await eraseWaiting(ctx, { registry: registry(), follow, signal })),
      },
    ],
    person: rightsOfPerson,
  }
}

export function registryOfModules(modules: readonly Module[]): Registry {
  return registryOf(modules.flatMap(({ name, person }) => (person ? [{ ...person, module: name }] : [])))
}
