import { existsSync } from 'node:fs'
import type { Config } from '#platform/config.ts'
import { examine, examineMachine } from './examine.ts'
import type { Finding } from './finding.ts'
import { openAsIs } from './open-as-is.ts'

/**
 * Looks at everything from outside: also where nothing starts. Starts the engines for the look where they do not run, and
 * changes nothing.
 */
export async function doctor(config: Config): Promise<Finding[]> {
  const machine = { config, serving: false, thorough: true }
  if (!existsSync(config.dataDir) && !(config.databaseUrl && config.clickhouseUrl)) {
    const none: Finding = {
      code: 'no_house',
      level: 'look',
      params: { path: config.dataDir },
      commands: ['regulars start'],
    }
    return [...(await examineMachine(machine)), none]
  }
  // Before the engines: their start clears what an earlier one left behind.
  const leftovers = (await examineMachine(machine)).filter(({ code }) => atRest.has(code))
  const open = await openAsIs(config).catch((error: Error) => error)
  if (open instanceof Error) {
    const refused: Finding = {
      code: 'engines_refused',
      level: 'wrong',
      params: { reason: open.message },
      commands: [`tail -50 ${config.dataDir}/engines.log`],
    }
    return [refused, ...(await examineMachine(machine))]
  }
  try {
    const found = await examine({ ...machine, ctx: open.ctx })
    return [...found, ...leftovers.filter(({ code }) => !found.some((one) => one.code === code))]
  } finally {
    await open.close()
  }
}

/** What is only seen while nothing runs. */
const atRest = new Set(['orphan_engine', 'stale_pid', 'foreign_lock'])
