import { Worker } from 'node:worker_threads'
import type { Answer, Question } from './forecast-thread.ts'

/** A thread that answers one question at a time. */
export type Beside = (question: Question) => Promise<Answer>

/**
 * Works with a thread of its own, which ends with the work, or at once when `signal` says so.
 * @throws the signal's reason
 */
export async function beside<T>(signal: AbortSignal | undefined, work: (ask: Beside) => Promise<T>): Promise<T> {
  signal?.throwIfAborted()
  const thread = new Worker(new URL('./forecast-thread.ts', import.meta.url))
  const stop = () => void thread.terminate()
  signal?.addEventListener('abort', stop, { once: true })
  const broken = new Promise<never>((_, reject) => {
    thread.once('error', reject)
    thread.once('exit', () => reject(signal?.aborted ? signal.reason : new Error('the thread ended before its work')))
  })
  // Heard of below; until then it is no unhandled fault.
  broken.catch(() => undefined)
  const ask: Beside = (question) => {
    const answered = new Promise<Answer>((resolve) => {
      thread.once('message', resolve)
    })
    thread.postMessage(question)
    return Promise.race([answered, broken])
  }
  try {
    return await work(ask)
  } finally {
    signal?.removeEventListener('abort', stop)
    await thread.terminate()
  }
}
