import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Locale } from '#platform/i18n/index.ts'
import { Refusal } from '#platform/refusal.ts'

/** The one merchant (or mall) of this installation. */
export type Merchant = {
  name: string
  /** IANA name; calendar days of the shop are days of this zone. */
  zone: string
  /** ISO 4217; every amount is minor units of it. */
  currency: string
  /** The language of a new member of staff. */
  locale: Locale
  version: number
}

/** The merchant, or nothing before set-up. */
export async function merchantIfAny(ctx: Context): Promise<Merchant | undefined> {
  const { rows } = await sql<Merchant>`
    select name, zone, currency::text as currency, locale, version from merchant`.execute(ctx.db)
  return rows[0]
}

/** The merchant. @throws Refusal `shops.not_set_up` */
export async function merchantOf(ctx: Context): Promise<Merchant> {
  const merchant = await merchantIfAny(ctx)
  if (!merchant) throw new Refusal('unavailable', 'shops.not_set_up')
  return merchant
}
