import { sql } from 'kysely'
import { sourceOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { addCustomer } from '../add-customer.ts'
import type { CustomerPage } from '../contract.ts'
import type { FieldValues } from '../field.ts'
import { refresh } from '../refresh.ts'
import type { Origin } from '../say-values.ts'

type Told = Partial<FieldValues> & { phones?: string[]; emails?: string[]; member?: string }

/** For tests: a customer added by hand. */
export function aCustomer(ctx: Context, { phones = [], emails = [], member, ...values }: Told): Promise<CustomerPage> {
  return addCustomer(ctx, { values, phones, emails, member, anyway: true })
}

/** For tests: what another source says of a customer, at an instant. @returns the id of its profile */
export function alsoSaid(
  ctx: Context,
  customerId: number,
  {
    source,
    origin,
    at,
    shopId,
    ...values
  }: Partial<FieldValues> & { source: string; origin: Origin; at?: string; shopId?: number },
): Promise<number> {
  return inTransaction(ctx, async (ctx) => {
    const { id } = await sourceOf(ctx, source, { name: source, kind: 'import', shopId })
    const { rows } = await sql<{ id: number }>`
      with made as (insert into profiles (source_id, external_id) values (${id}, ${`buyer-${customerId}`}) returning id),
      mapped as (insert into profile_customers (profile_id, customer_id) select id, ${customerId} from made)
      select id from made`.execute(ctx.db)
    const profileId = rows[0]!.id
    await sql`
      insert into profile_values (profile_id, field, value, origin, actor, at)
      select ${profileId}, key, value, ${origin}, 'import:1', ${at ?? ctx.clock.now().toISOString()}::timestamptz
        from jsonb_each(${JSON.stringify(values)}::jsonb)`.execute(ctx.db)
    await refresh(ctx, [customerId])
    return profileId
  })
}

/** For tests: an order of a profile in a shop. */
export async function anOrderOf(ctx: Context, profileId: number, shopId: number, number: string): Promise<void> {
  await sql`
    insert into orders (profile_id, source_id, shop_id, number, kind, placed_at, day, amount, line_count)
    values (${profileId}, 1, ${shopId}, ${number}, 'sale', '2026-03-01T04:00Z', '2026-03-01', 100, 1)`.execute(ctx.db)
}
