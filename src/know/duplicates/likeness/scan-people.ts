import { Worker } from 'node:worker_threads'
import type { FoundPair } from './found.ts'
import type { Learnt } from './learnt.ts'
import type { Person } from './person.ts'
import type { FromLeader, ThreadStart, ToLeader } from './scan-thread.ts'

export type Scan = { pairs: FoundPair[]; looked: number; people: number; learnt: Learnt }
export type Progress = { step: 'reading' | 'learning' | 'comparing'; done: number; of: number }

export type ScanOptions = {
  /** Threads that compare; more than cores help nothing. */
  threads?: number
  /** About how many people come. */
  expected?: number
  /** Pairs below this probability are not kept. */
  atLeast?: number
  signal?: AbortSignal
  tell?: (progress: Progress) => void
}

/**
 * Finds who among these people is probably the same, in threads of its own: this one only hands people on, batch by batch. A
 * million take up to a gigabyte there. Ends at once when `signal` says so.
 * @throws the signal's reason
 */
export async function scanPeople(
  batches: AsyncIterable<Person[]> | Iterable<Person[]>,
  { threads = 2, expected = 1024, atLeast = 0.5, signal, tell }: ScanOptions = {},
): Promise<Scan> {
  signal?.throwIfAborted()
  const start: ThreadStart = { kind: 'leader', threads, expected, atLeast }
  const leader = new Worker(new URL('./scan-thread.ts', import.meta.url), { workerData: start })
  const stop = () => void leader.terminate()
  signal?.addEventListener('abort', stop, { once: true })
  const { promise, resolve, reject } = Promise.withResolvers<Scan>()
  let more: (() => void) | undefined
  leader.on('message', (message: FromLeader) => {
    if (message.kind === 'more') more?.()
    else if (message.kind === 'progress') tell?.(message)
    else {
      const { kind: _, ...scan } = message
      resolve(scan)
    }
  })
  leader.once('error', reject)
  leader.once('exit', () => reject(signal?.aborted ? signal.reason : new Error('the scan ended before it was done')))
  // Heard of below; until then it is no unhandled fault.
  promise.catch(() => undefined)
  const send = (message: ToLeader) => leader.postMessage(message)
  try {
    let done = 0
    let taken = Promise.resolve()
    for await (const people of batches) {
      signal?.throwIfAborted()
      // The next batch is read while this one is taken.
      await Promise.race([taken, promise])
      taken = new Promise<void>((go) => {
        more = go
      })
      send({ people })
      done += people.length
      tell?.({ step: 'reading', done, of: Math.max(done, expected) })
    }
    send({ end: true })
    return await promise
  } finally {
    signal?.removeEventListener('abort', stop)
    await leader.terminate()
  }
}
