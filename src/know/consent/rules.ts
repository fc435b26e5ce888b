import type { Context } from '#platform/context.ts'
import { type Setting, saveSetting, settingOf } from '#platform/settings.ts'
import { type ConsentRules, consentRules } from './contract.ts'

export const defaultRules: ConsentRules = { assumed: ['service'], confirmed: [], minorAge: 14 }

export function rulesOf(ctx: Context): Promise<Setting<ConsentRules>> {
  return settingOf(ctx, 'consent', consentRules, defaultRules)
}

/** @throws Refusal `http.stale` */
export function saveRules(ctx: Context, rules: ConsentRules, version: number): Promise<Setting<ConsentRules>> {
  return saveSetting(ctx, 'consent', consentRules, rules, version)
}
