import { sql } from 'kysely'
import { duplicates } from '#know/duplicates/index.ts'
import type { Context } from '#platform/context.ts'
import { demoShopOf } from '../record.ts'

/** A larger shop is looked through for duplicates in its first night. */
const mostScanned = 100_000

/** The first look for those who may be the same, as each night's; once. */
export async function findDuplicates(ctx: Context, signal = new AbortController().signal): Promise<void> {
  const { rows } = await sql`select from duplicate_scans where state = 'done' limit 1`.execute(ctx.db)
  const shop = await demoShopOf(ctx)
  if (rows.length > 0 || !shop || shop.customers > mostScanned) return
  await duplicates.jobs?.find(({ name }) => name === 'duplicates.scan_all')?.run(ctx, {}, signal)
}
