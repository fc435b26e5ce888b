// Reads a file beside the thread that serves: a batch for each question, then `undefined`. The next one is read while the last is
// written, and no further.

import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '#platform/refusal.ts'
import { type Reading, type ReadRows, readRows } from './read-rows.ts'

export type Told = { rows: ReadRows | undefined } | { refused: Pick<Refusal, 'kind' | 'code' | 'params'> }

const port = parentPort!
const batches = readRows(workerData as Reading)
let next = batches.next()
next.catch(() => undefined)

port.on('message', () => {
  const given = next
  next = given.then(() => batches.next())
  next.catch(() => undefined)
  void given.then(
    ({ value }) => port.postMessage({ rows: value ?? undefined } satisfies Told, value ? ownMemory(value) : []),
    (error: unknown) => {
      if (!(error instanceof Refusal)) throw error
      const { kind, code, params } = error
      port.postMessage({ refused: { kind, code, params } } satisfies Told)
    },
  )
})

/** Goes over without being copied: what is not a piece of a memory that others share. */
function ownMemory({ texts }: ReadRows): ArrayBuffer[] {
  return Object.values(texts)
    .flat()
    .filter((text) => text.byteLength === text.buffer.byteLength)
    .map((text) => text.buffer as ArrayBuffer)
}
