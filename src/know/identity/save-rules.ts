import { homeCountry, normalIdentifier } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { type Setting, saveSetting } from '#platform/settings.ts'
import { type IdentityRule, type IdentitySettings, identitySettings } from './contract.ts'
import { identityRulesChanged } from './facts.ts'
import { keepOwn } from './own-identifiers.ts'
import { rulesOf, settingsOf } from './settings.ts'

/** The rules as they hold, in their order, with the settings behind them. */
export async function readRules(
  ctx: Context,
): Promise<{ rules: IdentityRule[]; settings: IdentitySettings; version: number }> {
  const { value, version } = await settingsOf(ctx)
  const rules = [...(await rulesOf(ctx))].map(([kind, rule]) => ({
    kind,
    strength: rule.strength,
    exclusive: rule.exclusive ?? false,
    sharable: rule.sharable ?? false,
    adjustable: rule.adjustable ?? false,
  }))
  return { rules, settings: value, version }
}

/**
 * Saves how people are recognised, made from the version that the editor saw. Who is tied stays tied; what comes from now on is
 * weighed anew. Our own phones and addresses mark whoever has them, at once.
 * @throws Refusal `identity.own_impossible`, `http.stale`
 */
export function saveRules(ctx: Context, wanted: IdentitySettings, version: number): Promise<Setting<IdentitySettings>> {
  return inTransaction(ctx, async (ctx) => {
    const country = await homeCountry(ctx)
    const own = wanted.own.map(({ kind, value, mark }) => {
      const normal = normalIdentifier(kind, value, country)
      if (!normal) throw new Refusal('invalid', 'identity.own_impossible', { kind })
      return { kind, value: normal.value, mark }
    })
    const saved = await saveSetting(ctx, 'identity', identitySettings, { ...wanted, own }, version)
    await keepOwn(ctx, saved.value.own)
    const { phone, email } = saved.value
    await announce(ctx, identityRulesChanged, { data: { phone, email, own: saved.value.own.length } })
    return saved
  })
}
