import { closeSync, openSync, writeSync } from 'node:fs'

/** What a client asks of the shop, and marks with words of its own by which the records can be asked afterwards. */
export type What = 'customer' | 'order' | 'cancellation' | 'edit' | 'read'

/**
 * One try, as a client saw it. `ok`: the shop said yes; `no`: it said no, and nothing may have happened; `unknown`: the answer was lost.
 * `of` is the row that was acted on, `id` the row that was made, `version` the one that the answer told.
 */
export type Told = {
  client: number
  what: What
  mark: string
  outcome: 'ok' | 'no' | 'unknown'
  of?: number
  id?: number
  from?: number
  version?: number
  /** Minor units, of an order. */
  amount?: number
  /** Asked again under the same Idempotency-Key after it had been answered. */
  again?: boolean
}

/** The clients' side of the story. What was answered is on disk before anything counts on it. */
export type History = { told: readonly Told[]; tell(one: Told): void; close(): void }

export function keepHistory(path: string): History {
  const told: Told[] = []
  const file = openSync(path, 'a')
  return {
    told,
    tell(one) {
      writeSync(file, `${JSON.stringify(one)}\n`)
      told.push(one)
    },
    close() {
      closeSync(file)
    },
  }
}
