import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { sql } from 'kysely'
import { ownFieldsOf } from '#know/fields/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { type Encoding, inspectTable } from '#platform/files/index.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Inspection } from './contract.ts'
import { guessPreset } from './guess.ts'
import { inspectionOf } from './inspect.ts'
import { listPresets, presetOf } from './presets.ts'
import { register } from './register.ts'

/** Largest upload in bytes. */
export const largestUpload = 4 * 1024 ** 3

export type Upload = {
  /** What people call the file; only its last part is used, for messages. */
  name: string
  preset?: string
  /** Where it is not guessed rightly: a person's choice. */
  encoding?: Encoding
  body: ReadableStream<Uint8Array>
}

/**
 * Takes a file in as it comes, never whole in memory, hashing it on the way, looks at it and proposes how to understand it. What
 * does not come in whole, or is no table, leaves nothing behind.
 * @param folder where uploads lie, readable by us alone
 * @throws FileRefusal; Refusal `exchange.too_large`, `exchange.disk_full`, `exchange.upload_broken`
 */
export async function upload(
  ctx: Context,
  folder: string,
  { name, preset, encoding, body }: Upload,
): Promise<{ id: number; inspection: Inspection }> {
  const fileName = name.split(/[/\\]/).at(-1)!.slice(0, 200) || 'file'
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, randomUUID())
  try {
    const fileHash = await save(path, fileName, body)
    const shape = await inspectTable(path, { name: fileName, encoding })
    const { zone, currency } = await merchantOf(ctx)
    const presets = (await listPresets(ctx)).map((one) => one.preset)
    const chosen = preset
      ? await presetOf(ctx, preset)
      : guessPreset(shape, { presets, zone, currency, own: await ownFieldsOf(ctx) })
    const id = await register(ctx, { fileName, path, uploaded: true, shape, preset: chosen, fileHash })
    return { id, inspection: inspectionOf(shape, chosen) }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

async function save(path: string, file: string, body: ReadableStream<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  let size = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      hash.update(chunk)
      if (size > largestUpload) done(new Refusal('too_large', 'exchange.too_large', { file, allowed: '4 GB' }))
      else done(null, chunk)
    },
  })
  try {
    await pipeline(Readable.fromWeb(body), counted, createWriteStream(path, { mode: 0o600, flush: true }))
  } catch (error) {
    throw uploadTrouble(error, file)
  }
  return hash.digest('hex')
}

/** A full disk and a browser that was closed are told; the rest is a bug. */
export function uploadTrouble(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Refusal('unavailable', 'exchange.disk_full', { file })
  if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || (error as Error)?.name === 'AbortError') {
    return new Refusal('invalid', 'exchange.upload_broken', { file })
  }
  return error
}

/** Days that the file of an ended import is kept, for the file of unusable rows and another try. */
const keptDays = 30

/** Deletes uploads of imports that ended long ago, and of those that were never run. */
export async function deleteOldUploads(ctx: Context): Promise<number> {
  const before = new Date(ctx.clock.machine().getTime() - keptDays * 86_400_000)
  const { rows } = await sql<{ path: string }>`
    update imports set uploaded = false
     where uploaded and state not in ('running', 'undoing') and coalesce(ended_at, created_at) < ${before}
    returning path`.execute(ctx.db)
  for (const { path } of rows) await unlink(path).catch(() => undefined)
  return rows.length
}
