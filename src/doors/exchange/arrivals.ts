import { sql } from 'kysely'
import { namedWays } from '#know/arrivals/index.ts'
import type { Context } from '#platform/context.ts'
import type { Comparison } from './contract.ts'
import type { Import } from './import.ts'
import { toldCustomers } from './told-customers.ts'

// In the document that is staged of a person, where they came from is the entry `#arrival`: {way, campaign, at}.

/** Whether an import's file tells where customers came from. */
export function arrivalsTold({ preset }: Pick<Import, 'preset'>): boolean {
  return preset.columns['customer.source'] !== undefined || preset.columns['customer.campaign'] !== undefined
}

/** Where somebody came from is no value of a field: it goes to `incoming_arrivals`, where `saveArrivals` takes it. */
export async function setArrivalsAside(ctx: Context): Promise<void> {
  await sql`
    create temporary table incoming_arrivals on commit drop as
    select profile_id, doc -> '#arrival' ->> 'way' as way, doc -> '#arrival' ->> 'campaign' as campaign,
           (doc -> '#arrival' ->> 'at')::timestamptz as at, first_at
      from incoming_customers where doc -> '#arrival' is not null and state in ('new', 'changed')`.execute(ctx.db)
  await sql`update incoming_customers set doc = doc - '#arrival' where doc -> '#arrival' is not null`.execute(ctx.db)
  await sql`analyze incoming_arrivals`.execute(ctx.db)
}

/** Of how many people the file would say it anew, and how many of the sources that it names would be made. */
export async function countArrivals(ctx: Context, one: Import): Promise<NonNullable<Comparison['sources']>> {
  const { rows } = await sql<{ way: string | null; count: number }>`
    select doc -> '#arrival' ->> 'way' as way, count(*) as count from (${toldCustomers(one)}) as told
     where doc -> '#arrival' is not null and state in ('new', 'changed') group by 1`.execute(ctx.db)
  const names = [...new Map(rows.flatMap(({ way }) => (way ? [[way.toLowerCase(), way] as const] : []))).values()]
  const known = await namedWays(ctx, names)
  return { told: rows.reduce((sum, { count }) => sum + count, 0), fresh: names.length - known.size }
}
