import { Worker } from 'node:worker_threads'
import type { Rows } from './rows.ts'
import type { FromThread, Made, ThreadStart, ToThread } from './train-thread.ts'

/**
 * Makes a model in a thread of its own: this one only hands lines on and writes what comes back.
 * @param options.read the lines of `signalsSql`, whole customers each time; read twice
 * @param options.write takes rows, in their order
 * @throws the signal's reason where it ends it
 */
export async function trainBeside(
  start: ThreadStart,
  { read, write, signal }: { read(): AsyncIterable<string>; write(rows: Rows): Promise<void>; signal?: AbortSignal },
): Promise<Made> {
  signal?.throwIfAborted()
  const thread = new Worker(new URL('./train-thread.ts', import.meta.url), { workerData: start })
  const stop = () => void thread.terminate()
  signal?.addEventListener('abort', stop, { once: true })
  const { promise: made, resolve, reject } = Promise.withResolvers<Made>()
  let written = Promise.resolve()
  let taken: (() => void) | undefined
  thread.on('message', (message: FromThread) => {
    if (message.kind === 'rows') {
      written = written.then(() => write(message.rows))
      written.catch(reject)
    } else if (message.kind === 'more') taken?.()
    else {
      const { kind: _, ...all } = message
      written.then(() => resolve(all), reject)
    }
  })
  thread.once('error', reject)
  thread.once('exit', (code) => {
    if (code !== 0) reject(signal?.aborted ? signal.reason : new Error('the training ended before it was done'))
  })
  made.catch(() => undefined)
  const tell = async (message: ToThread) => {
    const done = new Promise<void>((go) => {
      taken = go
    })
    thread.postMessage(message)
    await Promise.race([done, made])
    // What it made of it is written before it gets more: neither side runs ahead of the other.
    await written
  }
  try {
    for await (const learn of read()) await tell({ learn })
    await tell({ learnt: true })
    for await (const list of read()) await tell({ list })
    thread.postMessage({ end: true } satisfies ToThread)
    return await made
  } finally {
    signal?.removeEventListener('abort', stop)
    await thread.terminate()
  }
}
