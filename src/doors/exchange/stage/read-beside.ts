import { Worker } from 'node:worker_threads'
import { Refusal } from '#platform/refusal.ts'
import { type Reading, type ReadRows, readRows } from './read-rows.ts'
import type { Told } from './reading-thread.ts'

/** Smaller files are read in less time than a thread takes to begin. */
const worthAThread = 1024 ** 2

/**
 * What a row leaves behind dies in a young generation as large as this; in the 4 MB ones that the house runs with, a third of the time
 * went into moving it. Only while an import reads, and only in its thread.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 32 }

/**
 * Reads a file and understands its rows, batch by batch: a long one in a thread of its own, so that who serves meanwhile is not held up.
 * @throws FileRefusal where the file breaks, after the rows before; the signal's reason
 */
export async function* readBeside(reading: Reading, signal: AbortSignal): AsyncGenerator<ReadRows> {
  if (reading.shape.size < worthAThread) {
    yield* readRows(reading, signal)
    return
  }
  signal.throwIfAborted()
  const thread = new Worker(new URL('./reading-thread.ts', import.meta.url), { workerData: reading, resourceLimits })
  const stop = () => void thread.terminate()
  signal.addEventListener('abort', stop, { once: true })
  const broken = new Promise<never>((_, reject) => {
    thread.once('error', reject)
    thread.once('exit', () => reject(signal.aborted ? signal.reason : new Error('the thread ended before its file')))
  })
  // Heard of below; until then it is no unhandled fault.
  broken.catch(() => undefined)
  try {
    for (;;) {
      const told = new Promise<Told>((resolve) => {
        thread.once('message', resolve)
      })
      thread.postMessage('next')
      const answer = await Promise.race([told, broken])
      if ('refused' in answer) throw new Refusal(answer.refused.kind, answer.refused.code, answer.refused.params)
      if (!answer.rows) return
      yield answer.rows
    }
  } finally {
    signal.removeEventListener('abort', stop)
    await thread.terminate()
  }
}
