import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { type Setting, saveSetting, settingOf } from '#platform/settings.ts'
import { type ClassNames, classNames, type ValueClass } from './contract.ts'
import { classesNamed } from './facts.ts'

const none: ClassNames = { retain: null, develop: null, loyal: null, ordinary: null }

/** What the shop calls its classes, in every language; null: as the house does. Version 0: nobody named any. */
export function classNamesOf(ctx: Context): Promise<Setting<ClassNames>> {
  return settingOf(ctx, 'value.names', classNames, none)
}

/** @throws Refusal `http.stale`, `value.taken_name` */
export function saveClassNames(ctx: Context, names: ClassNames, version: number): Promise<Setting<ClassNames>> {
  const given = Object.values(names).flatMap((name) => name?.toLowerCase() ?? [])
  if (new Set(given).size < given.length) throw new Refusal('invalid', 'value.taken_name')
  return inTransaction(ctx, async (ctx) => {
    const saved = await saveSetting(ctx, 'value.names', classNames, names, version)
    await announce(ctx, classesNamed, { data: {} })
    return saved
  })
}

/** Says messages in a language with what the shop calls its classes in the place of `web.value.…`. */
export async function sayNamed(
  ctx: Context,
  locale: Locale,
): Promise<(key: string, params?: Record<string, string | number>) => string> {
  const { value: names } = await classNamesOf(ctx)
  return (key, params) => {
    const own = key.startsWith('web.value.') && names[key.slice('web.value.'.length) as ValueClass]
    return own || say(locale, key, params)
  }
}
