import { setTimeout as sleep } from 'node:timers/promises'
import { makeDataDir } from './data-dir.ts'
import type { EngineName } from './state-file.ts'
import { type Lease, type News, takeLease } from './take-lease.ts'

export type EngineConfig = {
  /** Where the embedded engines keep their data; made where it is missing. One supervisor owns it at a time. */
  dataDir: string
  /** Given: this Postgres is used, none is started. */
  databaseUrl?: string
  /** Given: this ClickHouse is used, none is started. */
  clickhouseUrl?: string
  /** False turns off syncing to disk: for tests only. The first holder decides for all. Default true. */
  durable?: boolean
}

export type Engines = {
  databaseUrl: string
  clickhouseUrl: string
  /** Gives the engines back. The last holder's call resolves when they are stopped: left as they were found. */
  release(): Promise<void>
}

const AGAIN_MS = 5000

/**
 * Starts the engines that have no URL, or joins those that run for this data directory: a server, workers and
 * commands may hold them at once, and one that is killed gives them back too. Should the supervisor die, holders get
 * themselves a new one, and the engines come back under the same addresses.
 *
 * @throws EnginesError whose message says what to do
 */
export async function holdEngines(config: EngineConfig, onNews: News = () => {}): Promise<Engines> {
  const wants: EngineName[] = []
  if (!config.databaseUrl) wants.push('postgres')
  if (!config.clickhouseUrl) wants.push('clickhouse')
  const given = { postgres: config.databaseUrl, clickhouse: config.clickhouseUrl }
  if (wants.length === 0) return engines(given, async () => {})

  const asked = { dataDir: makeDataDir(config.dataDir), wants, durable: config.durable ?? true }
  let released = false
  let lease = await takeLease(asked, onNews)
  const urls = lease.urls
  void holdOn()

  async function holdOn(): Promise<void> {
    while (true) {
      await lease.gone
      if (released) return
      onNews('The supervisor of the engines is gone; starting a new one.')
      const next = await takeLease(asked, onNews).catch((error: Error) => error)
      if (next instanceof Error) {
        onNews(next.message)
        await sleep(AGAIN_MS, undefined, { ref: false })
        continue
      }
      lease = next
      if (released) return lease.giveBack()
      if (wants.some((name) => lease.urls[name] !== urls[name])) onNews('An engine has a new address: restart the app.')
    }
  }

  return engines({ ...given, ...urls }, async () => {
    if (released) return
    released = true
    await lease.giveBack()
  })
}

function engines({ postgres = '', clickhouse = '' }: Lease['urls'], release: () => Promise<void>): Engines {
  return { databaseUrl: postgres, clickhouseUrl: clickhouse, release }
}
