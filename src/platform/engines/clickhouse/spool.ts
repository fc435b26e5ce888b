import { randomUUID } from 'node:crypto'
import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** A file between a request and the engine. */
export type SpoolFile = {
  path: string
  fill(body: Readable): Promise<void>
  drop(): Promise<void>
}

/**
 * Where rows wait, on disk, so that five million cost no memory: those of an insert until all have come (a client that
 * breaks off inserts nothing; a ClickHouse server would keep the first blocks), and those of an answer until it is
 * whole (an error never comes in the middle of one, and a slow reader keeps no query running).
 */
export function openSpool(directory: string): { file(): SpoolFile } {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  return {
    file() {
      const path = join(directory, randomUUID())
      return {
        path,
        fill: (body) => pipeline(body, createWriteStream(path, { mode: 0o600 })),
        drop: () => unlink(path).catch(() => {}),
      }
    },
  }
}
