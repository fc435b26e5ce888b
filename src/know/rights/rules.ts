import type { Context } from '#platform/context.ts'
import { type Setting, saveSetting, settingOf } from '#platform/settings.ts'
import { type RightsRules, rightsRules } from './contract.ts'

/** PIPL asks for an answer in time; 15 working days is what its regulations and the courts take for that. GDPR: one month. */
export const defaultRules: RightsRules = { law: 'pipl', piplWorkingDays: 15, gdprMonths: 1, otherDays: 30 }

export function rulesOf(ctx: Context): Promise<Setting<RightsRules>> {
  return settingOf(ctx, 'rights', rightsRules, defaultRules)
}

/** @throws Refusal `http.stale` */
export function saveRules(ctx: Context, rules: RightsRules, version: number): Promise<Setting<RightsRules>> {
  return saveSetting(ctx, 'rights', rightsRules, rules, version)
}
