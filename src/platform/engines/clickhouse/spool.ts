import { randomUUID } from 'node:crypto'
import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * Where the rows of inserts wait: on disk, so five million cost no memory, and the engine gets them only when all have
 * come. A client that breaks off inserts nothing (a ClickHouse server would keep the first blocks).
 */
export function openSpool(directory: string): { keep(body: Readable): Promise<SpooledFile> } {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  return {
    async keep(body) {
      const path = join(directory, randomUUID())
      const drop = (): Promise<void> => unlink(path).catch(() => {})
      const file = createWriteStream(path, { mode: 0o600 })
      try {
        await pipeline(body, file)
        return { path, bytes: file.bytesWritten, drop }
      } catch (error) {
        await drop()
        throw error
      }
    },
  }
}

export type SpooledFile = { path: string; bytes: number; drop(): Promise<void> }
