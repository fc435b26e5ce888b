import type { Config } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import type { Finding } from './finding.ts'

/** What a check may look at. */
export type Probe = {
  config: Config
  /** Both engines, as they are: nothing is migrated before a look. */
  ctx: Context
  /** The process that looks is itself the server, so its port is taken rightly. */
  serving: boolean
  /** Time does not matter: read whole files. */
  thorough: boolean
}

export type Check = {
  name: string
  /** What must be there for it to make sense; a check of the machine needs no engine. */
  needs: readonly ('records' | 'columns')[]
  run(probe: Probe): Promise<Finding[]>
}

/** A check of the machine alone: it works where no engine does. */
export type MachineProbe = Omit<Probe, 'ctx'>
