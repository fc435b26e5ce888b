import { basename, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { ownFieldsOf } from '#know/fields/index.ts'
import { foundMerchant, merchantIfAny } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import type { TableShape } from '#platform/files/index.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Comparison, ImportProgress, ImportSummary } from './contract.ts'
import { guessPreset } from './guess.ts'
import { type Import, importOf } from './import.ts'
import type { Preset } from './preset.ts'
import { listPresets, presetOf } from './presets.ts'
import { progressOf } from './progress.ts'
import { hashOf, look, register } from './register.ts'
import { type Portions, run } from './run.ts'
import { columnsOf, missingTargets } from './stage/columns.ts'
import { start } from './start.ts'

export type FileImport = {
  path: string
  /** Code of a shipped or saved preset; guessed from the file's columns unless told. */
  preset?: string
  /** Told once what the file was taken for. */
  onPreset?(preset: Preset): void
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
export async function importFile(ctx: Context, wanted: FileImport): Promise<{ id: number; summary: ImportSummary }> {
  const one = await runFile(ctx, wanted, 'applied')
  if (one.state !== 'applied') throw whyNot(one)
  return { id: one.id, summary: one.summary! }
}

/** What an import of a file would change, with nothing written. @throws Refusal why it stopped */
export async function compareFile(ctx: Context, wanted: FileImport): Promise<{ id: number; comparison: Comparison }> {
  const one = await runFile(ctx, wanted, 'compared')
  if (one.state !== 'compared') throw whyNot(one)
  return { id: one.id, comparison: one.comparison! }
}

async function runFile(
  ctx: Context,
  { path, preset: code, onPreset, onProgress, signal, portions }: FileImport,
  goal: 'compared' | 'applied',
): Promise<Import> {
  const fileName = basename(path)
  const shape = await look(path, fileName)
  const preset = code ? await presetOf(ctx, code) : await guess(ctx, shape)
  onPreset?.(preset)
  if (!(await merchantIfAny(ctx))) {
    const name = preset.merchant ?? preset.source.name
    await foundMerchant(ctx, { name, zone: preset.zone, currency: preset.currency, locale: 'en' }, { name })
  }
  const fileHash = await hashOf(path)
  const id =
    (await unfinished(ctx, fileHash, preset.code, goal)) ??
    (await register(ctx, { fileName, path: resolve(path), uploaded: false, shape, preset, fileHash }))
  await start(ctx, id, goal)

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
  return importOf(ctx, id)
}

function whyNot(one: Import): Refusal {
  if (one.failure) return new Refusal('invalid', one.failure.code, one.failure.params)
  return new Refusal('conflict', one.state === 'cancelled' ? 'exchange.cancelled' : 'exchange.interrupted', {
    file: one.fileName,
  })
}

/** How the file is understood where nobody says. @throws Refusal `exchange.no_preset` where its columns tell too little */
async function guess(ctx: Context, shape: TableShape): Promise<Preset> {
  const merchant = await merchantIfAny(ctx)
  const presets = (await listPresets(ctx)).map((one) => one.preset)
  const { zone, currency } = merchant ?? { zone: 'UTC', currency: 'XXX' }
  const preset = guessPreset(shape, { presets, zone, currency, own: await ownFieldsOf(ctx) })
  // A file that no preset fits takes its zone and currency from the shop; without one they would be invented.
  const isKnown = presets.includes(preset)
  if ((!isKnown && !merchant) || missingTargets(columnsOf(preset, shape.columns)).length > 0) {
    const known = presets.map((one) => one.code).join(', ')
    throw new Refusal('invalid', 'exchange.no_preset', { file: shape.name, known })
  }
  return preset
}

/** The import of the same bytes with the same preset that did not come to its end. */
async function unfinished(
  ctx: Context,
  fileHash: string,
  presetCode: string,
  goal: 'compared' | 'applied',
): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    select id from imports
     where file_hash = ${fileHash} and preset ->> 'code' = ${presetCode} and not uploaded
       and goal = ${goal} and state in ('running', 'cancelled', 'failed')
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
