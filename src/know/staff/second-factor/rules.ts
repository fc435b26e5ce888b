import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { type Setting, saveSetting, settingOf } from '#platform/settings.ts'
import { rulesChanged } from '../facts.ts'
import { factorOf } from './factor.ts'

const rules = z.object({ requireFactor: z.boolean() })

/** What the merchant demands of everybody's sign-in. */
export type SignInRules = z.infer<typeof rules>

/** The rules, and the version of the setting (0: never saved). */
export function rulesOf(ctx: Context): Promise<Setting<SignInRules>> {
  return settingOf(ctx, 'staff', rules, { requireFactor: false })
}

/**
 * Changes the rules. Who has no second factor is led to set one up at the next sign-in; sessions that run go on until then.
 * @throws Refusal `staff.factor_yourself_first`, `http.stale`
 */
export function saveRules(ctx: Context, value: SignInRules, version: number): Promise<Setting<SignInRules>> {
  return inTransaction(ctx, async (ctx) => {
    const { actor } = ctx
    if (value.requireFactor && actor.kind === 'staff' && !(await factorOf(ctx, actor.id ?? 0)).secret) {
      throw new Refusal('conflict', 'staff.factor_yourself_first')
    }
    const saved = await saveSetting(ctx, 'staff', rules, value, version)
    if (!value.requireFactor) await sql`update staff_sessions set factor_due = false where factor_due`.execute(ctx.db)
    await announce(ctx, rulesChanged, { data: saved.value })
    return saved
  })
}
