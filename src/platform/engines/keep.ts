import { setTimeout as sleep } from 'node:timers/promises'
import { EnginesError } from './engines-error.ts'
import type { RunningEngine } from './running-engine.ts'

export type KeptEngine = {
  /** Its address, once it answers. Rejects where it did not start, or was given up. */
  url(): Promise<string>
  stop(): Promise<void>
}

const MOST_RESTARTS = 5
const IN_MS = 60_000

type Life = {
  name: string
  /** Starts it, on the port it had before if there was one: holders know it by that address. */
  start(port?: number): Promise<RunningEngine>
  onRunning(engine: RunningEngine): void
  news(line: string): void
}

/**
 * Starts an engine and starts it again when it ends by itself (out of memory, a bug): a crash of an engine is not a
 * crash of the app. Five times a minute at most; then it stays down and says so.
 */
export function keep({ name, start, onRunning, news }: Life): KeptEngine {
  let stopping = false
  let running: RunningEngine | undefined
  const crashes: number[] = []

  async function launch(port?: number): Promise<RunningEngine> {
    running = await start(port)
    onRunning(running)
    void watch(running)
    return running
  }

  async function watch(engine: RunningEngine): Promise<void> {
    const how = await engine.ended
    while (!stopping) {
      crashes.push(performance.now())
      const recent = crashes.filter((at) => at > performance.now() - IN_MS).length
      if (recent > MOST_RESTARTS) {
        const words = `${name} ended ${recent} times in a minute: giving up. See engines.log.`
        latest = Promise.reject(new EnginesError(words))
        latest.catch(() => {})
        return news(words)
      }
      news(`${name} ended by itself (${how}); starting it again.`)
      await sleep(recent * 200)
      if (stopping) return
      try {
        latest = launch(engine.port)
        const again = await latest
        return news(
          again.port === engine.port ? `${name} runs again.` : `${name} runs on another port: restart the app.`,
        )
      } catch (error) {
        news(error instanceof Error ? error.message : String(error))
      }
    }
  }

  let latest = launch()
  latest.catch(() => {})
  return {
    url: () => latest.then((engine) => engine.url),
    async stop() {
      stopping = true
      await latest.catch(() => {})
      await running?.stop()
    },
  }
}
