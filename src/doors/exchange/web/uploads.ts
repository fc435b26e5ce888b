import { useSyncExternalStore } from 'react'
import { browserNow } from '#web/kit/minute.ts'
import { largestFile, sendFile } from './upload.ts'

/** A file on its way, waiting for its turn, or refused. */
export type Upload = {
  key: number
  name: string
  size: number
  state: 'waiting' | 'sending' | 'failed'
  sent: number
  /** Bytes a second; 0 until it is known. */
  rate: number
  error?: unknown
  /** Refused here, before anything was sent. */
  refused?: 'empty' | 'too_large'
}

type Going = Upload & { file: File; abort: AbortController }

let uploads: readonly Going[] = []
let lastKey = 0
let sending = false
const watchers = new Set<() => void>()

/** The uploads of this window. They go on while other pages are looked at; closing the window asks first. */
export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    () => uploads,
  )
}

/** Sends files one after the other. @param onDone called for each that has come in, with its import's id */
export function upload(files: readonly File[], onDone: (id: number, name: string) => void): void {
  change([
    ...uploads.filter((one) => one.state !== 'failed'),
    ...files.map((file): Going => {
      lastKey += 1
      const refused = file.size === 0 ? 'empty' : file.size > largestFile ? 'too_large' : undefined
      const state = refused ? 'failed' : 'waiting'
      const abort = new AbortController()
      return { key: lastKey, file, name: file.name, size: file.size, state, sent: 0, rate: 0, refused, abort }
    }),
  ])
  void sendAll(onDone)
}

/** Stops an upload, or takes a refused one off the list. What has been sent of it is thrown away by the server. */
export function dropUpload(key: number): void {
  uploads.find((one) => one.key === key)?.abort.abort()
  change(uploads.filter((one) => one.key !== key))
}

async function sendAll(onDone: (id: number, name: string) => void): Promise<void> {
  if (sending) return
  sending = true
  addEventListener('beforeunload', askFirst)
  for (let next = waiting(); next; next = waiting()) await send(next, onDone)
  removeEventListener('beforeunload', askFirst)
  sending = false
}

async function send(one: Going, onDone: (id: number, name: string) => void): Promise<void> {
  const began = browserNow()
  put(one.key, { state: 'sending' })
  try {
    const id = await sendFile(one.file, one.abort.signal, (sent) => {
      const seconds = (browserNow() - began) / 1000
      put(one.key, { sent: Math.min(sent, one.size), rate: seconds > 0.5 ? sent / seconds : 0 })
    })
    change(uploads.filter(({ key }) => key !== one.key))
    onDone(id, one.name)
  } catch (error) {
    if (!one.abort.signal.aborted) put(one.key, { state: 'failed', error })
  }
}

function waiting(): Going | undefined {
  return uploads.find((one) => one.state === 'waiting')
}

function askFirst(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

function put(key: number, what: Partial<Upload>): void {
  change(uploads.map((one) => (one.key === key ? { ...one, ...what } : one)))
}

function change(next: readonly Going[]): void {
  uploads = next
  for (const watcher of watchers) watcher()
}
