import type { Context } from '#platform/context.ts'
import { type Setting, settingOf } from '#platform/settings.ts'
import { type IdentitySettings, identitySettings } from './contract.ts'
import { type Rules, rules, rulesWith } from './rules.ts'

export const defaultSettings: IdentitySettings = {
  phone: rules.phone.strength,
  email: rules.email.strength,
  own: [],
}

/** What the merchant decided about recognising people. */
export function settingsOf(ctx: Context): Promise<Setting<IdentitySettings>> {
  return settingOf(ctx, 'identity', identitySettings, defaultSettings)
}

export async function rulesOf(ctx: Context): Promise<Rules> {
  const { value } = await settingsOf(ctx)
  return rulesWith({ phone: value.phone, email: value.email })
}
