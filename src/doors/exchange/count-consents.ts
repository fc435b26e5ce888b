import { sql } from 'kysely'
import { judged, type Outcome } from '#know/consent/index.ts'
import type { Context } from '#platform/context.ts'
import { wordOf } from './consents.ts'
import type { Comparison } from './contract.ts'
import type { Import } from './import.ts'
import { toldCustomers } from './told-customers.ts'

/** What would become of the permissions that a file tells. Whom the identities in the file lead to is known when it is applied: then that person's noes count too. */
export async function countConsents(ctx: Context, one: Import): Promise<NonNullable<Comparison['consents']>> {
  const told = sql`
    select seq as person, known_id as profile_id, ${wordOf(ctx)} from (${toldCustomers(one)}) as told, jsonb_each(doc) as one
     where key like '#consent %'`
  const { rows } = await sql<{ outcome: Outcome; count: number }>`
    select outcome, count(*) as count from (${await judged(ctx, told)}) as judged group by outcome`.execute(ctx.db)
  const counts = { allowed: 0, refused: 0, asked: 0, kept: 0, same: 0 }
  for (const { outcome, count } of rows) counts[outcome] = count
  return counts
}
