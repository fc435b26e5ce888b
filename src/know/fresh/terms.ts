import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { type Setting, saveSetting, settingOf } from '#platform/settings.ts'
import { type FreshTerms, freshTerms } from './contract.ts'
import { termsChanged } from './facts.ts'

/** What changes in a life: reach and place soon, work and taste later, who somebody is never. */
const defaults: FreshTerms = {
  months: { phone: 12, email: 18, address: 6, city: 12, occupation: 24, income: 24, preferences: 12 },
}

export function termsOf(ctx: Context): Promise<Setting<FreshTerms>> {
  return settingOf(ctx, 'fresh', freshTerms, defaults)
}

/** @throws Refusal `http.stale` */
export function saveTerms(ctx: Context, version: number, terms: FreshTerms): Promise<Setting<FreshTerms>> {
  return inTransaction(ctx, async (ctx) => {
    const saved = await saveSetting(ctx, 'fresh', freshTerms, terms, version)
    await announce(ctx, termsChanged, { data: {} })
    return saved
  })
}
