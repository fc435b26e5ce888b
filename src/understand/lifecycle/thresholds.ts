import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { type Setting, saveSetting, settingOf } from '#platform/settings.ts'
import { type Thresholds, thresholds } from './contract.ts'
import { thresholdsChanged } from './facts.ts'
import { defaultThresholds } from './stage.ts'

/** The days at which customers leave a stage, and the version of the setting (0: the defaults). */
export function thresholdsOf(ctx: Context): Promise<Setting<Thresholds>> {
  return settingOf(ctx, 'lifecycle', thresholds, defaultThresholds)
}

/**
 * Saves new thresholds, made from the version that the editor saw. The stages follow by the loop that keeps them.
 * @throws Refusal `lifecycle.not_rising`, `http.stale`
 */
export async function saveThresholds(ctx: Context, value: Thresholds, version: number): Promise<Setting<Thresholds>> {
  if (!thresholds.safeParse(value).success) throw new Refusal('invalid', 'lifecycle.not_rising')
  return inTransaction(ctx, async (ctx) => {
    const before = await thresholdsOf(ctx)
    const saved = await saveSetting(ctx, 'lifecycle', thresholds, value, version)
    await announce(ctx, thresholdsChanged, { data: { before: before.value, after: saved.value } })
    return saved
  })
}
