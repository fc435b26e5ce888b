import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { inspectTable, type TableShape } from '#platform/files/index.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Preset } from './preset.ts'

export type NewImport = {
  fileName: string
  path: string
  uploaded: boolean
  shape: TableShape
  preset: Preset
  /** SHA-256, hex; computed where absent. */
  fileHash?: string
}

/** Writes an import down, with its file looked at but not read: state `waiting`. @returns its id */
export async function register(ctx: Context, one: NewImport): Promise<number> {
  const { size } = await stat(one.path)
  const { rows } = await sql<{ id: number }>`
    insert into imports (file_name, path, uploaded, file_size, file_hash, shape, preset, actor)
    values (${one.fileName}, ${one.path}, ${one.uploaded}, ${size}, ${one.fileHash ?? (await hashOf(one.path))},
            ${JSON.stringify(one.shape)}::jsonb, ${JSON.stringify(one.preset)}::jsonb, ${ctx.actor.label})
    returning id`.execute(ctx.db)
  return rows[0]!.id
}

/** Looks at a file that lies where somebody named it. @throws FileRefusal; Refusal `exchange.file_gone` */
export async function look(path: string, name: string): Promise<TableShape> {
  try {
    return await inspectTable(path, { name })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'EISDIR') throw new Refusal('not_found', 'exchange.file_gone', { file: name })
    if (code === 'EACCES') throw new Refusal('unavailable', 'exchange.file_closed', { file: name })
    throw error
  }
}

/** SHA-256 of a file's bytes, read in pieces: about 1 s a gigabyte. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
