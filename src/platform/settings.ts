import { sql } from 'kysely'
import type { z } from 'zod'
import type { Context } from './context.ts'
import { Refusal } from './refusal.ts'

/** A document of the merchant's settings. Version 0: never saved, the defaults hold. */
export type Setting<T> = { value: T; version: number }

/**
 * Reads a settings document. What an older version of the house did not know yet comes from the defaults.
 * @param name the module's, as `lifecycle`
 * @throws Error when the stored document no longer fits its shape: a migration was forgotten
 */
export async function settingOf<T extends object>(
  ctx: Context,
  name: string,
  shape: z.ZodType<T>,
  defaults: T,
): Promise<Setting<T>> {
  const { rows } = await sql<{ value: object; version: number }>`
    select value, version from settings where name = ${name}`.execute(ctx.db)
  const stored = rows[0]
  if (!stored) return { value: defaults, version: 0 }
  const parsed = shape.safeParse({ ...defaults, ...stored.value })
  if (!parsed.success) throw new Error(`the setting ${name} does not fit its shape: ${parsed.error.message}`)
  return { value: parsed.data, version: stored.version }
}

/**
 * Saves a settings document as a whole, made from the version that the editor saw (0 for the defaults).
 * @throws Refusal `http.stale` when somebody saved meanwhile
 */
export async function saveSetting<T extends object>(
  ctx: Context,
  name: string,
  shape: z.ZodType<T>,
  value: T,
  version: number,
): Promise<Setting<T>> {
  const checked = shape.parse(value)
  const document = JSON.stringify(checked)
  const { rows } =
    version === 0
      ? await sql<{ version: number }>`
          insert into settings (name, value, changed_by) values (${name}, ${document}::jsonb, ${ctx.actor.label})
              on conflict (name) do nothing
          returning version`.execute(ctx.db)
      : await sql<{ version: number }>`
          update settings
             set value = ${document}::jsonb, version = version + 1, changed_at = clock_timestamp(), changed_by = ${ctx.actor.label}
           where name = ${name} and version = ${version}
          returning version`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('stale', 'http.stale')
  return { value: checked, version: rows[0].version }
}
