import { basename, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { foundMerchant, merchantIfAny } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { ImportProgress, ImportSummary } from './contract.ts'
import { type Import, importOf } from './import.ts'
import { presetOf } from './presets.ts'
import { progressOf } from './progress.ts'
import { hashOf, look, register } from './register.ts'
import { type Portions, run } from './run.ts'
import { start } from './start.ts'

export type FileImport = {
  path: string
  /** Code of a shipped or saved preset. */
  preset: string
  onProgress?(progress: ImportProgress): void
  signal?: AbortSignal
  /** How much is written in one transaction; as in the job unless told. */
  portions?: Portions
}

/**
 * Imports a file where it lies, to the end: for the command line. In a house without a merchant the preset's zone, currency
 * and name found one. A run of the same file that was killed or cancelled is gone on with.
 * @throws Refusal why it stopped; what is applied by then stays until it is undone, and the same command goes on
 */
export async function importFile(
  ctx: Context,
  { path, preset: code, onProgress, signal, portions }: FileImport,
): Promise<ImportSummary> {
  const preset = await presetOf(ctx, code)
  const fileName = basename(path)
  const shape = await look(path, fileName)
  if (!(await merchantIfAny(ctx))) {
    const name = preset.merchant ?? preset.source.name
    await foundMerchant(ctx, { name, zone: preset.zone, currency: preset.currency, locale: 'en' }, { name })
  }
  const fileHash = await hashOf(path)
  const id =
    (await unfinished(ctx, fileHash, preset.code)) ??
    (await register(ctx, { fileName, path: resolve(path), uploaded: false, shape, preset, fileHash }))
  await start(ctx, id, 'applied')

  const ended = new AbortController()
  const told = onProgress ? tell(ctx, id, onProgress, ended.signal) : undefined
  try {
    const stop = signal ?? new AbortController().signal
    // A server beside us may have taken it up first: then its work is waited for.
    while (!(await run(ctx, id, stop, portions)) && !stop.aborted)
      await pause(500, undefined, { signal: stop }).catch(() => undefined)
  } finally {
    ended.abort()
    await told
  }
  return outcome(await importOf(ctx, id))
}

function outcome(one: Import): ImportSummary {
  if (one.state === 'applied') return one.summary!
  if (one.failure) throw new Refusal('invalid', one.failure.code, one.failure.params)
  throw new Refusal('conflict', one.state === 'cancelled' ? 'exchange.cancelled' : 'exchange.interrupted', {
    file: one.fileName,
  })
}

/** The import of the same bytes with the same preset that did not come to its end. */
async function unfinished(ctx: Context, fileHash: string, presetCode: string): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    select id from imports
     where file_hash = ${fileHash} and preset ->> 'code' = ${presetCode} and not uploaded
       and goal = 'applied' and state in ('running', 'cancelled', 'failed')
     order by id desc limit 1`.execute(ctx.db)
  return rows[0]?.id
}

async function tell(
  ctx: Context,
  id: number,
  onProgress: (progress: ImportProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await pause(300, undefined, { signal }).catch(() => undefined)
    onProgress(progressOf(await importOf(ctx, id)))
  }
}
