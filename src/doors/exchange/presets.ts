import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import { type Preset, presetShape } from './preset.ts'
import { shippedPresets } from './presets/shipped.ts'

export type KnownPreset = { preset: Preset; shipped: boolean; version: number }

/** All presets: the shipped ones, then the saved ones by name. */
export async function listPresets(ctx: Context): Promise<KnownPreset[]> {
  const { rows } = await sql<{ preset: Preset; version: number }>`
    select preset, version from import_presets order by preset ->> 'name' limit 500`.execute(ctx.db)
  return [
    ...shippedPresets.map((preset) => ({ preset, shipped: true, version: 0 })),
    ...rows.map((row) => ({ ...row, shipped: false })),
  ]
}

/** A preset by its code. @throws Refusal `exchange.unknown_preset` */
export async function presetOf(ctx: Context, code: string): Promise<Preset> {
  const shipped = shippedPresets.find((one) => one.code === code)
  if (shipped) return shipped
  const { rows } = await sql<{ preset: Preset }>`select preset from import_presets where code = ${code}`.execute(ctx.db)
  if (!rows[0]) {
    const known = (await listPresets(ctx)).map((one) => one.preset.code).join(', ')
    throw new Refusal('not_found', 'exchange.unknown_preset', { code, known })
  }
  return presetShape.parse(rows[0].preset)
}

/**
 * Saves a preset under its code, made from the version that the editor saw (0: a new one).
 * @throws Refusal `exchange.shipped_preset`, `http.stale`
 */
export async function savePreset(
  ctx: Context,
  preset: Preset,
  version: number,
): Promise<{ preset: Preset; version: number }> {
  if (shippedPresets.some((one) => one.code === preset.code)) {
    throw new Refusal('conflict', 'exchange.shipped_preset', { code: preset.code })
  }
  const { rows } =
    version === 0
      ? await sql<{ version: number }>`
          insert into import_presets (code, preset, changed_by)
          values (${preset.code}, ${JSON.stringify(preset)}::jsonb, ${ctx.actor.label})
              on conflict (code) do nothing returning version`.execute(ctx.db)
      : await sql<{ version: number }>`
          update import_presets
             set preset = ${JSON.stringify(preset)}::jsonb, version = version + 1, changed_at = clock_timestamp(), changed_by = ${ctx.actor.label}
           where code = ${preset.code} and version = ${version} returning version`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('stale', 'http.stale')
  return { preset, version: rows[0].version }
}

/** Deletes a saved preset; imports keep their own copy. @throws Refusal `exchange.shipped_preset`, `exchange.unknown_preset` */
export async function removePreset(ctx: Context, code: string): Promise<void> {
  if (shippedPresets.some((one) => one.code === code))
    throw new Refusal('conflict', 'exchange.shipped_preset', { code })
  const { rows } = await sql<{ code: string }>`delete from import_presets where code = ${code} returning code`.execute(
    ctx.db,
  )
  if (!rows[0]) throw new Refusal('not_found', 'exchange.unknown_preset', { code, known: '' })
}
